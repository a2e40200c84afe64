import { SaxesParser, type SaxesTagNS } from 'saxes'
import { LIMITS } from './limits.js'

/** Open Badges 3.0, section 5.3. */
const NAMESPACE = 'https://purl.imsglobal.org/ob/v3p0'
const OLD_NAMESPACE = 'http://openbadges.org'
const SVG = 'http://www.w3.org/2000/svg'

/** A picture has some hundreds. */
const MAX_ELEMENTS = 20_000

export type UnbakedSvg =
  | Readonly<{ kind: 'credential' | 'older'; text: string }>
  | Readonly<{ kind: 'none' | 'ambiguous' | 'svg' | 'svg_dtd' }>

/**
 * Puts a badge into an SVG of our own making: the namespace on `<svg>` and one
 * `<openbadges:credential>` right after it.
 *
 * @throws {RangeError} for an SVG that holds a badge already, or does not start with `<svg`
 */
export function bakeSvg(svg: string, text: string): string {
  const start = /^\s*<svg\b[^>]*?(?<end>>)/.exec(svg)
  if (!start || start[0].endsWith('/>') || svg.includes('openbadges')) {
    throw new RangeError('This is not a plain SVG without a badge.')
  }
  // Inside CDATA only `]]>` can't stand; in JSON the same text may be written with an escape.
  const safe = text.replaceAll(']]>', ']]\\u003e')
  const opened = start[0].replace(/>$/, ` xmlns:openbadges="${NAMESPACE}">`)
  const element = `<openbadges:credential><![CDATA[${safe}]]></openbadges:credential>`
  return `${opened}${element}${svg.slice(start[0].length)}`
}

/** Takes the badge out of an SVG, without ever resolving an entity. */
export function unbakeSvg(svg: string): UnbakedSvg {
  if (svg.length > LIMITS.imageBytes) return { kind: 'svg' }
  // A bare DOCTYPE names the standard; one with a subset could define entities.
  if (/<!DOCTYPE[^<>[]*\[/i.test(svg) || /<!ENTITY/i.test(svg)) return { kind: 'svg_dtd' }
  const reader = new BadgeReader()
  try {
    reader.read(svg)
  } catch {
    return { kind: 'svg' }
  }
  return reader.answer()
}

/** What SAX events tell: how deep we are, which badge element is open, what it holds. */
class BadgeReader {
  readonly #found: { older: boolean; verify: string; text: string; depth: number }[] = []
  #depth = 0
  #elements = 0
  #open = false
  #isSvg = false

  read(svg: string): void {
    const parser = new SaxesParser({ xmlns: true })
    parser.on('error', (error) => {
      throw error
    })
    parser.on('opentag', (tag) => this.#enter(tag))
    parser.on('closetag', () => {
      this.#depth -= 1
      this.#open = false
    })
    parser.on('cdata', (text) => this.#add(text))
    parser.on('text', (text) => this.#add(text))
    parser.write(svg).close()
  }

  answer(): UnbakedSvg {
    if (!this.#isSvg) return { kind: 'svg' }
    const current = this.#found.filter(({ older }) => !older)
    const [first, second] = current.length > 0 ? current : this.#found
    if (!first) return { kind: 'none' }
    if (second || first.depth !== 1) return { kind: 'ambiguous' }
    // In Open Badges 2.0 the attribute of a hosted badge is only the address of what stands inside.
    const { older, verify, text } = first
    return older
      ? { kind: 'older', text: text.trim() || verify.trim() }
      : { kind: 'credential', text: `${verify}${text}`.trim() }
  }

  #enter(tag: SaxesTagNS): void {
    if (this.#depth > LIMITS.depth || ++this.#elements > MAX_ELEMENTS)
      throw new RangeError('more elements, or deeper ones, than a picture has')
    if (this.#depth === 0) this.#isSvg = tag.local === 'svg' && (tag.uri === SVG || tag.uri === '')
    const older = tag.uri === OLD_NAMESPACE && tag.local === 'assertion'
    if (older || (tag.uri === NAMESPACE && tag.local === 'credential')) {
      const verify = Object.values(tag.attributes).find(({ local }) => local === 'verify')
      this.#found.push({ older, verify: verify?.value ?? '', text: '', depth: this.#depth })
      this.#open = true
    } else this.#open = false
    this.#depth += 1
  }

  #add(text: string): void {
    const last = this.#found.at(-1)
    if (!this.#open || !last) return
    last.text += text.trim() === '' ? '' : text
  }
}
