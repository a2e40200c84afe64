import { CONFUSABLES } from './confusables.data.js'

const LOOKS_LIKE = new Map(
  CONFUSABLES.flatMap(([target, codes]) =>
    codes.split(' ').map((code) => [String.fromCodePoint(parseInt(code, 16)), target] as const),
  ),
)
/** Longer than any name; what is longer is compared by its beginning. */
const MAX_CHARS = 500

/**
 * What is left of a name when all that deceives an eye is taken away: two names with one skeleton may be taken for each
 * other. On top of UTS #39, capitals, accents, spaces and signs don't count, so `I`, `i`, `l` and `1` are one letter,
 * and so are `m` and `rn`. It is for comparing, never for showing.
 *
 * @returns letters and digits alone, Latin wherever a letter looks Latin; '' for a name that has none
 * @see https://www.unicode.org/reports/tr39/#Confusable_Detection
 */
export function skeleton(name: string): string {
  const seen = name.slice(0, MAX_CHARS).normalize('NFD').replaceAll(UNSEEN, '')
  return replaced(replaced(seen).normalize('NFKD').toLowerCase()).replaceAll(SIGNS, '')
}

/** What a reader doesn't see, and accents. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{C}\p{M}]/gu
const SIGNS = /[^\p{L}\p{N}]/gu

function replaced(text: string): string {
  return [...text].map((letter) => LOOKS_LIKE.get(letter) ?? letter).join('')
}
