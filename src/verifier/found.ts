import type { Words } from '../words.js'
import type { CheckName, Result } from './report.js'

export type Warning = Readonly<{ code: string; words: Words }>

/** What one check found, before it is told in a language. */
export type Found = Readonly<{
  result: Result
  /** Names the reason, for programs; stable from version to version. */
  code: string
  words: Words
  /** What a reader should know beside it. */
  warnings?: readonly Warning[]
  /** Of the key behind a signature: since when it is revoked, if the signature says that it is older. */
  revokedAt?: Date
}>

/** The checks that were made of one credential, by name; a name that is missing was not checked. */
export type FoundChecks = Partial<Record<CheckName, Found>>

export const NOT_MADE: Found = {
  result: 'unknown',
  code: 'not_checked',
  words: {
    fr: 'Pas vérifié : une vérification qui passe avant celle-ci n’a pas réussi.',
    en: 'Not checked: a check that comes before this one did not succeed.',
  },
}

/**
 * What several things of one kind (proofs, status entries) amount to: a failure decides, then a doubt.
 *
 * @param none for an empty list
 */
export function worstOf(found: readonly Found[], none: Found = NOT_MADE): Found {
  const order: readonly Result[] = ['fail', 'unknown', 'pass', 'not_applicable']
  const [worst] = order.flatMap((one) => found.find(({ result }) => result === one) ?? [])
  return worst ?? none
}
