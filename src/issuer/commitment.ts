import {
  assertSignable,
  FUNCTION,
  lengthFaultOf,
  textWithin,
  type Length,
} from '../people/signed-text.js'
import type { Words } from '../words.js'

/** What a person types when they commit. */
const TYPED = {
  function: FUNCTION,
  comment: {
    least: 20,
    most: 1_000,
    cure: {
      fr: 'Dites ce que l’élève sait faire et comment vous l’avez vu',
      en: 'Say what the student can do and how you saw it',
    },
  },
  reason: {
    least: 5,
    most: 300,
    cure: { fr: 'Donnez la raison en quelques mots', en: 'Give the reason in a few words' },
  },
  note: {
    least: 0,
    most: 300,
    cure: { fr: 'Écrivez une note plus courte', en: 'Write a shorter note' },
  },
} as const satisfies Readonly<Record<string, Length>>
type Typed = keyof typeof TYPED

/** What is wrong with the length of what was typed; undefined: nothing. */
export function lengthFault(what: Typed, typed: string): Words | undefined {
  return lengthFaultOf(TYPED[what], typed)
}

/** In which function somebody commits, as they say it. @throws {DomainError} invalid-request */
export function toFunction(text: string): string {
  return textOf('function', text)
}

/** Why a dossier is refused or a badge revoked. @throws {DomainError} invalid-request */
export function toReason(text: string): string {
  return textOf('reason', text)
}

/** What staff note for each other; null for nothing. @throws {DomainError} invalid-request */
export function toNote(text = ''): string | null {
  return textOf('note', text) || null
}

/**
 * The comment of an endorsement. It is signed and shown to everybody, so what may not be signed is
 * refused here, while its author can still mend it.
 *
 * @param forbidden the student's names and birth date
 * @throws {DomainError} invalid-request
 */
export async function toComment(text: string, forbidden: readonly string[]): Promise<string> {
  const comment = textOf('comment', text)
  await assertSignable('/comment', comment, forbidden)
  return comment
}

/** A text as it is kept: tidy, and neither too short nor too long. @throws {DomainError} invalid-request */
export function textOf(what: Typed, typed: string): string {
  return textWithin(TYPED[what], `/${what}`, typed)
}
