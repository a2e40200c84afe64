import sharp from 'sharp'
import { sha256 } from '../credential/digest.js'

/** The picture as PNG, `size` pixels wide and high. */
export async function renderPng(svg: string, size: number): Promise<Buffer> {
  // The drawings are 480 pixels at 72 dots an inch; a higher density draws, rather than enlarges.
  const density = Math.max(72, Math.ceil((72 * size) / 480))
  return sharp(Buffer.from(svg), { density })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toBuffer()
}

/** The same on white, without an alpha channel: as it is printed. */
export async function renderFlatPng(svg: string, size: number): Promise<Buffer> {
  return sharp(await renderPng(svg, size))
    .flatten({ background: '#fff' })
    .png()
    .toBuffer()
}

export type PngRenderer = (svg: string, size: number) => Promise<Buffer>

/** A renderer that remembers the last `most` pictures it made, for one that is asked for again. */
export function rememberPngs(most: number, draw: PngRenderer = renderPng): PngRenderer {
  const made = new Map<string, Promise<Buffer>>()
  return (svg, size) => {
    const key = `${size}.${sha256(svg).toString('base64')}`
    const png = made.get(key) ?? draw(svg, size)
    made.delete(key)
    made.set(key, png)
    png.catch(() => made.delete(key))
    const [oldest] = made.keys()
    if (made.size > most && oldest !== undefined) made.delete(oldest)
    return png
  }
}
