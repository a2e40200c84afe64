/**
 * What no cell holds: control characters but tab and line feed, halves of surrogate pairs, and the two
 * code points that XML does not know. A carriage return, alone or with its line feed, becomes a line feed.
 */
export function cleanText(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').toWellFormed().replaceAll(REMOVED, '')
}

// toWellFormed has made U+FFFD of each half of a pair, which says nothing either.
const REMOVED = /[^\P{Cc}\t\n]|[\uFFFD\uFFFE\uFFFF]/gu

/**
 * Whether a spreadsheet program might take a text for a formula: its first sign, after apostrophes, spaces
 * and what is not seen, is = + - @ in any width, or it begins with a tab or a line break.
 */
export function looksLikeFormula(text: string): boolean {
  if (/^'*[\t\r\n]/.test(text)) return true
  const [, first = ''] = /^(?:'|[\s\p{Cc}\p{Cf}\p{Z}])*(.)/su.exec(text) ?? []
  // U+2212, the minus sign proper, is one to some programs; no normal form makes a hyphen of it.
  return /^[=+\-@\u2212]/.test(first.normalize('NFKC'))
}
