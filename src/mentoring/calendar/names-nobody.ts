/** Shorter ones are words of their own, or initials: a topic would say nothing any more. */
const SHORTEST = 3

/**
 * Whether none of the names stands in a text, as a word, whatever its capitals and accents. Of a name in
 * several parts each part counts: « Le Goff-Martin » is also Goff and Martin.
 */
export function namesNobody(text: string, names: readonly string[]): boolean {
  const said = new Set(wordsOf(text))
  return !names.flatMap(wordsOf).some((word) => word.length >= SHORTEST && said.has(word))
}

function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return plain.match(/[\p{L}\p{N}]+/gu) ?? []
}
