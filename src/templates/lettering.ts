import { CAPITAL, GLYPHS } from './glyphs.data.js'

/** Letters a picture may hold, so that they can still be read on a phone. */
export const MAX_LETTERS = 28

const SIZE = { largest: 20, smallest: 11 }
/** Between two letters, as a part of the type size: capitals want air. */
const TRACKING = 0.08
/** From one base line to the next, as a part of the type size. */
const LEADING = 1.15

/** A line of lettering: its letters, their size, and how wide they are in units of the picture. */
export type Line = Readonly<{ letters: string; size: number; width: number }>

/** The letters of a text that can't be drawn, each once. */
export function undrawable(text: string): string[] {
  return [...new Set(capitals(text))].filter((letter) => GLYPHS[letter] === undefined)
}

/**
 * The text on one line, or on two where that lets its letters be larger.
 *
 * @param room width that a line may have
 * @returns undefined when the letters would be too small to read
 */
export function layOut(text: string, room: number): readonly Line[] | undefined {
  // A line may also end after a hyphen.
  const parts = capitals(text)
    .trim()
    .split(/(?<=\s|-)/)
  const line = (from: number, to?: number) =>
    parts.slice(from, to).join('').trim().replace(/\s+/g, ' ')
  if (line(0) === '') return []
  const ways = [[line(0)], ...parts.slice(1).map((_, at) => [line(0, at + 1), line(at + 1)])]
  const [best] = ways
    .map((lines) => measure(lines, room))
    .sort((a, b) => b.size - a.size || a.width - b.width)
  if (!best || best.size < SIZE.smallest) return undefined
  const { lines, size } = best
  return lines.map((letters) => ({ letters, size, width: widthOf(letters) * size }))
}

/** The lines as SVG paths, centred on `x`, with their middle on `y`. */
export function drawLines(lines: readonly Line[], x: number, y: number): string {
  return lines
    .map((line, at) => {
      const base =
        y + line.size * ((CAPITAL / 1000) * 0.5 + LEADING * (at - (lines.length - 1) / 2))
      return drawLine(line, x - line.width / 2, base)
    })
    .join('')
}

function drawLine({ letters, size }: Line, left: number, base: number): string {
  let x = 0
  const glyphs = [...letters].map((letter) => {
    const [width, outline] = GLYPHS[letter] ?? [0, '']
    const at = x
    x += width + TRACKING * 1000
    return outline === '' ? '' : `<path transform="translate(${Math.round(at)} 0)" d="${outline}"/>`
  })
  const scale = (size / 1000).toFixed(5)
  return `<g transform="translate(${left.toFixed(2)} ${base.toFixed(2)}) scale(${scale})">${glyphs.join('')}</g>`
}

function measure(lines: readonly string[], room: number) {
  const width = Math.max(...lines.map(widthOf))
  return { lines, width, size: Math.min(room / width, SIZE.largest) }
}

/** Of a line whose type size is 1. */
function widthOf(line: string): number {
  const letters = [...line]
  const advance = letters.reduce((sum, letter) => sum + (GLYPHS[letter]?.[0] ?? 0), 0)
  return advance / 1000 + TRACKING * Math.max(0, letters.length - 1)
}

function capitals(text: string): string {
  return text.normalize('NFC').replaceAll("'", '’').toLocaleUpperCase('fr')
}
