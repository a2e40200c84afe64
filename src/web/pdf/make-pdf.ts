import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { buffer } from 'node:stream/consumers'
import type { Language } from '../../words.js'
import { GAP, INK, MARGIN, SIZES, SOFT } from './look.js'
import { Sheet } from './sheet.js'

export type PdfSpec = Readonly<{
  /** Shown as the name of the window, and read out first. */
  title: string
  language: Language
  /** The same content and instant make the same bytes. */
  createdAt: Date
  /** At the foot of every page, before its number. */
  foot: string
  /** Tests read what is not compressed. */
  compress?: boolean
}>

/** In which the names of Europe can be written, and which may be embedded. */
const FONTS = {
  text: 'DejaVuSans.ttf',
  bold: 'DejaVuSans-Bold.ttf',
  serif: 'DejaVuSerif-Bold.ttf',
  mono: 'DejaVuSansMono.ttf',
} as const
export type FontName = keyof typeof FONTS

/**
 * A PDF for people, those who hear it included: tagged (PDF/UA), with its language, its title and
 * its fonts inside. The library is loaded for the first one that is asked for.
 */
export async function makePdf(spec: PdfSpec, write: (sheet: Sheet) => void): Promise<Buffer> {
  const { default: PdfDocument } = await import('pdfkit')
  const fonts = await loadFonts()
  const doc = new PdfDocument({
    size: 'A4',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + SIZES.small + 2 * GAP },
    pdfVersion: '1.7',
    // The types of the library do not know it yet.
    subset: 'PDF/UA' as 'PDF/A-3a',
    tagged: true,
    displayTitle: true,
    lang: spec.language,
    bufferPages: true,
    compress: spec.compress ?? true,
    // Without a font of its own it would begin with one that is not embedded.
    font: fonts.text as unknown as string,
    info: {
      Title: spec.title,
      Producer: 'Sceau',
      Creator: 'Sceau',
      CreationDate: spec.createdAt,
      ModDate: spec.createdAt,
    },
  })
  const bytes = buffer(doc)
  for (const [name, font] of Object.entries(fonts)) doc.registerFont(name, font)
  const root = doc.struct('Document')
  doc.addStructure(root)
  doc.fillColor(INK)
  write(new Sheet(doc, root))
  root.end()
  addFeet(doc, spec)
  doc.end()
  return bytes
}

let loaded: Promise<Readonly<Record<FontName, Buffer>>> | undefined

function loadFonts(): Promise<Readonly<Record<FontName, Buffer>>> {
  const { resolve } = createRequire(import.meta.url)
  const read = async () =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(FONTS).map(
          async ([name, file]) =>
            [name, await readFile(resolve(`dejavu-fonts-ttf/ttf/${file}`))] as const,
        ),
      ),
    ) as Record<FontName, Buffer>
  return (loaded ??= read())
}

/** Which page of how many: known only when all is written. */
function addFeet(doc: PDFKit.PDFDocument, { foot, language }: PdfSpec): void {
  const { count } = doc.bufferedPageRange()
  for (let at = 0; at < count; at++) {
    doc.switchToPage(at)
    doc.page.margins.bottom = 0
    const number = `${{ fr: 'page', en: 'page' }[language]} ${at + 1} / ${count}`
    doc.markContent('Artifact', { type: 'Pagination' })
    doc.font('text').fontSize(SIZES.small).fillColor(SOFT)
    const y = doc.page.height - MARGIN
    const width = doc.page.width - 2 * MARGIN
    doc.text(foot, MARGIN, y, { width: width - 80, height: SIZES.small * 1.5, ellipsis: true })
    doc.text(number, MARGIN, y, { width, align: 'right', lineBreak: false })
    doc.endMarkedContent()
  }
}
