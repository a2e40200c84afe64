import type { CheckLine } from '../components/blocks.js'
import type { Tone } from '../components/status.js'
import { GAP, INK, LINE, MARGIN, SHAPES, SIZES, SOFT, TONES } from './look.js'
import type { FontName } from './make-pdf.js'

type Doc = PDFKit.PDFDocument
type Element = PDFKit.PDFStructureElement
type Look = Readonly<{
  font?: FontName
  size?: number
  colour?: string
  width?: number
  /** The rest is left out, with an ellipsis. */
  height?: number
}>

/** In points from the left and the top of the page. */
export type Box = Readonly<{ x: number; y: number; width: number; height: number }>

const TERM_WIDTH = 132
const MARK = 13
const BIG_MARK = 30

/** What a page of paper is made of, from top to bottom; each part stands in the tree of tags too. */
export class Sheet {
  readonly #doc: Doc
  readonly #root: Element

  constructor(doc: Doc, root: Element) {
    this.#doc = doc
    this.#root = root
  }

  heading(level: 1 | 2 | 3, text: string): void {
    const size = [SIZES.title, SIZES.heading, SIZES.text][level - 1] ?? SIZES.text
    if (level > 1) this.#doc.moveDown(level === 2 ? 0.8 : 0.3)
    // A heading doesn't stay behind alone at the foot of a page.
    this.makeRoom(size * 7)
    this.#tagged(this.#root, `H${level}`, text, { font: level === 3 ? 'bold' : 'serif', size })
    this.#doc.moveDown(0.3)
  }

  paragraph(text: string, look: Look = {}): void {
    this.#tagged(this.#root, 'P', text, look)
    this.#doc.moveDown(0.5)
  }

  /** The one sentence that counts, with its shape, in a double frame. */
  verdict(tone: Tone, text: string): void {
    const doc = this.#doc
    const inner = this.#width - BIG_MARK - 5 * GAP
    doc.font('serif').fontSize(SIZES.verdict)
    const height =
      Math.max(doc.heightOfString(printable(text), { width: inner }), BIG_MARK) + 4 * GAP
    this.makeRoom(height)
    const top = doc.y
    this.#artifact(() => {
      doc.lineWidth(1).strokeColor(TONES[tone])
      doc.rect(MARGIN, top, this.#width, height).stroke()
      doc.rect(MARGIN + 3, top + 3, this.#width - 6, height - 6).stroke()
    })
    this.#shape(tone, { x: MARGIN + 2 * GAP, y: top + (height - BIG_MARK) / 2, side: BIG_MARK })
    const textHeight = doc.heightOfString(printable(text), { width: inner })
    doc.x = MARGIN + BIG_MARK + 4 * GAP
    doc.y = top + (height - textHeight) / 2
    const look = { font: 'serif', size: SIZES.verdict, colour: TONES[tone], width: inner } as const
    this.#tagged(this.#root, 'P', text, look)
    doc.x = MARGIN
    doc.y = top + height + 1.5 * GAP
  }

  /** Terms and their values, side by side. */
  facts(facts: readonly (readonly [term: string, value: string])[]): void {
    const doc = this.#doc
    const list = this.#open(this.#root, 'L')
    for (const [term, value] of facts) {
      const width = this.#width - TERM_WIDTH
      doc.font('text').fontSize(SIZES.text)
      this.makeRoom(doc.heightOfString(printable(value), { width }))
      const item = this.#open(list, 'LI')
      const top = doc.y
      this.#tagged(item, 'Lbl', term, { colour: SOFT, width: TERM_WIDTH - GAP })
      const below = doc.y
      doc.x = MARGIN + TERM_WIDTH
      doc.y = top
      this.#tagged(item, 'LBody', value, { width })
      doc.x = MARGIN
      doc.y = Math.max(below, doc.y) + GAP / 2
      item.end()
    }
    list.end()
    doc.moveDown(0.3)
  }

  /** What was checked: its title, its result in a shape and a word, and the sentence. */
  checks(checks: readonly CheckLine[]): void {
    const doc = this.#doc
    const list = this.#open(this.#root, 'L')
    for (const { title, tone, word, message } of checks) {
      doc.font('text').fontSize(SIZES.text)
      const width = this.#width - MARK - GAP
      this.makeRoom(doc.heightOfString(printable(message), { width }) + 3 * SIZES.text)
      const top = doc.y
      this.#rule(top)
      this.#shape(tone, { x: MARGIN, y: top + GAP / 2 + 1, side: MARK })
      const item = this.#open(list, 'LI')
      const body = this.#open(item, 'LBody')
      doc.x = MARGIN + MARK + GAP
      doc.y = top + GAP / 2 + 1
      this.#tagged(body, 'P', `${title} – ${word}`, { font: 'bold', colour: TONES[tone], width })
      doc.y += 1
      this.#tagged(body, 'P', message, { width })
      body.end()
      item.end()
      doc.x = MARGIN
      doc.y += GAP / 2
    }
    list.end()
    this.#rule(doc.y)
    doc.y += GAP / 2
  }

  /** Sentences, each behind a dash. */
  list(items: readonly string[]): void {
    const doc = this.#doc
    const list = this.#open(this.#root, 'L')
    for (const text of items) {
      doc.font('text').fontSize(SIZES.text)
      const width = this.#width - 2 * GAP
      this.makeRoom(doc.heightOfString(printable(text), { width }))
      const top = doc.y
      const item = this.#open(list, 'LI')
      this.#tagged(item, 'Lbl', '–', { width: GAP })
      doc.x = MARGIN + 2 * GAP
      doc.y = top
      this.#tagged(item, 'LBody', text, { width })
      item.end()
      doc.x = MARGIN
      doc.y += GAP / 2
    }
    list.end()
  }

  /** What is seen and not read, with the words that stand for it. */
  figure(alt: string, { x, y, width, height }: Box, draw: (doc: Doc) => void): void {
    const doc = this.#doc
    const bbox: [number, number, number, number] = [x, y, x + width, y + height]
    const before = [doc.x, doc.y] as const
    const element = doc.struct('Figure', { alt: printable(alt), bbox } as object, () => draw(doc))
    this.#root.add(element)
    ;[doc.x, doc.y] = before
  }

  /** What is only drawn: the words beside it say the same. */
  ornament(draw: (doc: Doc) => void): void {
    const before = [this.#doc.x, this.#doc.y] as const
    this.#artifact(() => draw(this.#doc))
    ;[this.#doc.x, this.#doc.y] = before
  }

  /** Writes within a column that begins at a place; afterwards the page goes on below it, at the left. */
  column({ x, y, width }: Omit<Box, 'height'>, write: () => void): void {
    this.#doc.x = x
    this.#doc.y = y
    this.#column = width
    write()
    this.#column = undefined
    this.#doc.x = MARGIN
  }

  /** How high a paragraph would be, what follows it included. */
  heightOf(
    text: string,
    { font = 'text', size = SIZES.text, width = this.#width }: Look = {},
  ): number {
    const doc = this.#doc.font(font).fontSize(size)
    return doc.heightOfString(printable(text), { width, lineGap: size * 0.18 }) + size * 0.6
  }

  get y(): number {
    return this.#doc.y
  }

  set y(y: number) {
    this.#doc.y = y
  }

  #column: number | undefined

  get #width(): number {
    return this.#column ?? this.#doc.page.width - 2 * MARGIN
  }

  #open(parent: Element, type: string): Element {
    const element = this.#doc.struct(type)
    parent.add(element)
    return element
  }

  #tagged(parent: Element, type: string, text: string, look: Look): void {
    const doc = this.#doc
    const { font = 'text', size = SIZES.text, colour = INK, width = this.#width, height } = look
    const write = () => {
      doc.font(font).fontSize(size).fillColor(colour)
      const cut = height === undefined ? {} : { height, ellipsis: '…' }
      doc.text(printable(text), { width, lineGap: size * 0.18, ...cut })
    }
    parent.add(doc.struct(type, {}, write))
  }

  #shape(tone: Tone, { x, y, side }: Readonly<{ x: number; y: number; side: number }>): void {
    this.#artifact(() => {
      const doc = this.#doc
      doc
        .save()
        .translate(x, y)
        .scale(side / 24)
      doc.lineWidth(2).lineCap('round').lineJoin('round')
      doc.path(SHAPES[tone]).stroke(TONES[tone])
      doc.restore()
    })
  }

  #rule(y: number): void {
    this.#artifact(() => {
      const doc = this.#doc
      doc.lineWidth(0.75).strokeColor(LINE)
      doc
        .moveTo(MARGIN, y)
        .lineTo(MARGIN + this.#width, y)
        .stroke()
    })
  }

  /** What is only drawn is not read out: the words beside it say the same. */
  #artifact(draw: () => void): void {
    this.#doc.markContent('Artifact', { type: 'Layout' })
    draw()
    this.#doc.endMarkedContent()
  }

  /** Begins a page where so much does not fit on this one any more. */
  makeRoom(height: number): void {
    const { page, y } = this.#doc
    const bottom = page.height - page.margins.bottom
    if (y > page.margins.top && y + height > bottom) this.#doc.addPage()
  }
}

/** Letters only: what steers a line (line ends, directions, nothing at all) is left out. */
function printable(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, (match) => (/\s/.test(match) ? ' ' : ''))
}
