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

/** The words of a text as they are compared: without capitals, accents and joined letters. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const spelt = plain.replaceAll(/[œæøđłß]/g, (letter) => SPELT[letter] ?? letter)
  return spelt.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Letters that no normal form takes apart, as people write them who do not find them on their keys. */
const SPELT: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ß: 'ss',
}
