import { DomainError } from '../errors.js'
import type { Words } from '../words.js'

/** Why a badge is held, as its holder is told. */
export const HOLD_REASONS = {
  fact: {
    fr: 'un fait sur lequel le badge repose est en cours d’examen',
    en: 'a fact that the badge rests on is being examined',
  },
  error: {
    fr: 'le badge contient peut-être une erreur',
    en: 'there may be an error in the badge',
  },
  recipient: {
    fr: 'le badge a peut-être été délivré à la mauvaise personne',
    en: 'the badge may have been issued to the wrong person',
  },
  company: {
    fr: 'l’entreprise qui l’a endossé demande un examen',
    en: 'the company that endorsed it asks for an examination',
  },
  other: {
    fr: 'le lycée vérifie que tout est en ordre',
    en: 'the school checks that all is in order',
  },
} as const satisfies Readonly<Record<string, Words>>
export type HoldReason = keyof typeof HOLD_REASONS

/** Why a badge is replaced, as its holder is told. */
export const REPLACEMENT_REASONS = {
  fact: {
    fr: 'un fait sur lequel le badge reposait a été corrigé',
    en: 'a fact that the badge rested on was corrected',
  },
  comment: {
    fr: 'le commentaire de l’entreprise devait être corrigé',
    en: 'the company’s comment had to be corrected',
  },
  error: {
    fr: 'le badge contenait une erreur',
    en: 'there was an error in the badge',
  },
} as const satisfies Readonly<Record<string, Words>>
export type ReplacementReason = keyof typeof REPLACEMENT_REASONS

/** @throws {DomainError} invalid-request for what is not in the list */
export function toHoldReason(text: string): HoldReason {
  return chosen(HOLD_REASONS, text)
}

/** @throws {DomainError} invalid-request for what is not in the list */
export function toReplacementReason(text: string): ReplacementReason {
  return chosen(REPLACEMENT_REASONS, text)
}

function chosen<Code extends string>(list: Readonly<Record<Code, Words>>, text: string): Code {
  const code = (Object.keys(list) as Code[]).find((one) => one === text)
  if (code !== undefined) return code
  const words = {
    fr: 'Choisissez une raison dans la liste : l’élève la lira.',
    en: 'Choose a reason from the list: the student will read it.',
  }
  throw new DomainError('invalid-request', words, { fields: [{ pointer: '/reason', words }] })
}
