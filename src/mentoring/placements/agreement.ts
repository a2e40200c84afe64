import type { Words } from '../../words.js'
import type { AgeGroup } from './ages.js'

export const PARTIES = ['SCHOOL', 'COMPANY', 'STUDENT', 'GUARDIAN', 'REFERENT', 'TUTOR'] as const
export type Party = (typeof PARTIES)[number]

export const PARTY_WORDS: Readonly<Record<Party, Words>> = {
  SCHOOL: { fr: 'Le lycée', en: 'The lycée' },
  COMPANY: { fr: 'L’entreprise', en: 'The company' },
  STUDENT: { fr: 'L’élève', en: 'The student' },
  GUARDIAN: { fr: 'Le responsable légal', en: 'The legal guardian' },
  REFERENT: { fr: 'L’enseignant référent', en: 'The teacher in charge' },
  TUTOR: { fr: 'Le tuteur', en: 'The tutor' },
}

export const MANNERS = ['PAPER', 'ELECTRONIC'] as const
export type Manner = (typeof MANNERS)[number]

/** Who must sign: a minor's guardian too (D124-4). */
export function partiesFor(age: AgeGroup): Party[] {
  return PARTIES.filter((party) => party !== 'GUARDIAN' || age !== 'ADULT')
}

export type AgreementState = 'TO_SIGN' | 'PARTLY_SIGNED' | 'SIGNED'

export const AGREEMENT_WORDS: Readonly<Record<AgreementState, Words>> = {
  TO_SIGN: { fr: 'à signer', en: 'to be signed' },
  PARTLY_SIGNED: { fr: 'signée en partie', en: 'partly signed' },
  SIGNED: { fr: 'signée', en: 'signed' },
}

export function agreementState(age: AgeGroup, signed: readonly string[]): AgreementState {
  const waited = unsignedParties(age, signed)
  if (waited.length === 0) return 'SIGNED'
  return waited.length === partiesFor(age).length ? 'TO_SIGN' : 'PARTLY_SIGNED'
}

export function unsignedParties(age: AgeGroup, signed: readonly string[]): Party[] {
  return partiesFor(age).filter((party) => !signed.includes(party))
}

/** What is written by hand of the mentions that D124-4 asks for, each under its number there. */
export const WRITTEN_MENTIONS = [
  'CURRICULUM',
  'SKILLS',
  'ACTIVITIES',
  'DURATION',
  'SPECIAL_HOURS',
  'SUPERVISION',
  'GRATUITY',
  'PROTECTION',
] as const
export type WrittenMention = (typeof WRITTEN_MENTIONS)[number]
export type Mentions = Readonly<Partial<Record<WrittenMention, string>>>

/** The list of the article goes on after its ninth mention; what follows could not be read. */
export const MENTIONS_VERIFIED = false

export const MENTION_WORDS: Readonly<
  Record<WrittenMention, Readonly<{ number: number; words: Words }>>
> = {
  CURRICULUM: {
    number: 1,
    words: { fr: 'Formation et volume d’heures par an', en: 'Curriculum and yearly hours' },
  },
  SKILLS: { number: 3, words: { fr: 'Compétences à acquérir', en: 'Competences to acquire' } },
  ACTIVITIES: { number: 4, words: { fr: 'Activités confiées', en: 'Tasks given' } },
  DURATION: {
    number: 5,
    words: { fr: 'Durée totale de présence', en: 'Total duration of presence' },
  },
  SPECIAL_HOURS: {
    number: 6,
    words: {
      fr: 'Présence la nuit, le dimanche ou un jour férié',
      en: 'Presence at night, on Sundays or on public holidays',
    },
  },
  SUPERVISION: {
    number: 7,
    words: { fr: 'Encadrement par le lycée et l’entreprise', en: 'Supervision by both sides' },
  },
  GRATUITY: { number: 8, words: { fr: 'Gratification', en: 'Gratuity' } },
  PROTECTION: { number: 9, words: { fr: 'Protection sociale', en: 'Social protection' } },
}

/** Mention 2, which the plan holds. */
const NAMES: Words = {
  fr: 'Noms de l’enseignant référent et du tuteur',
  en: 'Names of the teacher in charge and of the tutor',
}

/** PFMP-15: the mentions that are not there yet, by their number. */
export function missingMentions(
  written: Mentions,
  { hasReferent }: Readonly<{ hasReferent: boolean }>,
): Readonly<{ number: number; words: Words }>[] {
  const missing = WRITTEN_MENTIONS.filter((mention) => !written[mention]?.trim()).map(
    (mention) => MENTION_WORDS[mention],
  )
  const names = hasReferent ? [] : [{ number: 2, words: NAMES }]
  return [...missing, ...names].toSorted((one, other) => one.number - other.number)
}
