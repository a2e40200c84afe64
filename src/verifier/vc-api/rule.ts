import type { Words } from '../../words.js'
import type { Json } from '../../credential/values.js'

/** One thing that a specification demands of a document. */
export type Rule = Readonly<{
  code: string
  /** Where it is demanded: "VCDM 2.0, 4.3". */
  source: string
  words: Words
  /** JSON Pointers of the places where a document does not keep it. */
  broken: (document: Json, now: Date) => readonly string[]
}>

export type Problem = Readonly<{ code: string; pointer: string; words: Words; source?: string }>

/** Problems that are told at most: whoever breaks more has enough to mend. */
const MOST_PROBLEMS = 20

export function problemsOf(document: Json, rules: readonly Rule[], now: Date): readonly Problem[] {
  return rules
    .flatMap(({ broken, code, source, words }) =>
      broken(document, now).map((pointer) => ({ code, pointer, words, source })),
    )
    .slice(0, MOST_PROBLEMS)
}

/** The pointer of a property, if its value is there and not as it should be. */
export function unless(
  document: Json,
  property: string,
  isRight: (value: unknown) => boolean,
): string[] {
  const value = document[property]
  return value === undefined || isRight(value) ? [] : [`/${property}`]
}

/** The places of the values of a property, one or several, that are not as they should be. */
export function eachUnless(
  document: Json,
  property: string,
  isRight: (value: unknown) => boolean,
): string[] {
  const value = document[property]
  if (value === undefined) return []
  if (!Array.isArray(value)) return isRight(value) ? [] : [`/${property}`]
  if (value.length === 0) return [`/${property}`]
  return value.flatMap((one, at) => (isRight(one) ? [] : [`/${property}/${at}`]))
}
