import type { Words } from '../../words.js'

/** Why a school may refuse an erasure (RGPD, article 17, 3). */
export const REFUSALS = {
  LEGAL_HOLD: {
    fr: 'La loi oblige à garder ces données, ou une procédure est en cours',
    en: 'The law requires these data to be kept, or proceedings are under way',
  },
  PUBLIC_INTEREST: {
    fr: 'Le lycée en a encore besoin pour sa mission de service public',
    en: 'The school still needs them for its public task',
  },
  IDENTITY: {
    fr: 'Le lycée n’a pas pu s’assurer de l’identité de qui demande',
    en: 'The school could not make sure of who asks',
  },
} as const satisfies Readonly<Record<string, Words>>
export type RefusalCode = keyof typeof REFUSALS
export const REFUSAL_CODES = Object.keys(REFUSALS) as [RefusalCode, ...RefusalCode[]]
