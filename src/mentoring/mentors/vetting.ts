import type { Words } from '../../words.js'
import { ageOn } from '../days.js'
import { refusedBy } from '../refusals.js'
import type { SessionFormat } from '../schemes/scheme.js'
import type { Warning } from '../warnings.js'

/** MENT-01: who has looked at a mentor's antecedents; never what they found. */
export const VETTINGS = [
  'A_VERIFIER',
  'VERIFIE_PAR_ACADEMIE',
  'VERIFIE_PAR_STRUCTURE',
  'REFUSE',
] as const
export type VettingCode = (typeof VETTINGS)[number]

export const VETTING_WORDS: Readonly<Record<VettingCode, Words>> = {
  A_VERIFIER: { fr: 'À vérifier', en: 'To be verified' },
  VERIFIE_PAR_ACADEMIE: { fr: 'Vérifié par l’académie', en: 'Verified by the academy' },
  VERIFIE_PAR_STRUCTURE: { fr: 'Vérifié par la structure', en: 'Verified by the structure' },
  REFUSE: { fr: 'Refusé', en: 'Refused' },
}

export type Vetting = Readonly<{
  vetting: VettingCode
  /** Last day on which it holds; null: until somebody says otherwise. */
  renewBy: string | null
}>

export function toVetting(text: string): VettingCode | undefined {
  return VETTINGS.find((one) => one === text)
}

/** Whether somebody has verified the mentor, and it still holds on the day. */
export function isVetted({ vetting, renewBy }: Vetting, day: string): boolean {
  if (vetting === 'A_VERIFIER' || vetting === 'REFUSE') return false
  return renewBy === null || day <= renewBy
}

const MAJORITY = 18

/** @param birthDate YYYY-MM-DD */
export function isMinor(birthDate: string, day: string): boolean {
  return ageOn(birthDate, day) < MAJORITY
}

/** A session as MENT-01 sees it. */
export type MentoringCase = Readonly<{
  format: SessionFormat
  day: string
  hasMinor: boolean
  schoolAdultPresent: boolean
  /** Whether the academy says so: what else warns is then refused. */
  isRequired: boolean
  /** In the order of what was asked: what is known of each, in whatever organisation. */
  mentors: readonly (readonly Vetting[])[]
}>

/**
 * MENT-01: a mentor who was refused leads nothing; one to one with a minor, the mentor is verified or an adult of
 * the school is there, which warns, or is refused where the academy says so.
 *
 * @throws {DomainError} rule-refused
 */
export function judgeMentors(session: MentoringCase): Warning[] {
  const { format, day, hasMinor, schoolAdultPresent, mentors } = session
  const refused = mentors.findIndex((known) => known.some(({ vetting }) => vetting === 'REFUSE'))
  if (refused >= 0) throw refusedBy('MENT-01', `/mentorIds/${refused}`, REFUSED)
  const isAlone = format === 'INDIVIDUEL' && hasMinor && !schoolAdultPresent
  if (!isAlone) return []
  const isVerified = mentors.every((known) => known.some((one) => isVetted(one, day)))
  if (isVerified) return []
  if (session.isRequired) throw refusedBy('MENT-01', '/schoolAdultPresent', REQUIRED)
  return [NOT_VERIFIED]
}

const REFUSED: Words = {
  fr: 'Ce mentor a été refusé : il n’encadre aucune séance. Choisissez un autre mentor.',
  en: 'This mentor was refused: they lead no session. Choose another mentor.',
}
const REQUIRED: Words = {
  fr: 'Votre académie n’admet une séance individuelle avec un mineur que si le mentor est vérifié à cette date ou si un adulte de l’établissement était présent. Indiquez sa présence, ou faites vérifier le mentor.',
  en: 'Your academy allows a one-to-one session with a minor only if the mentor is verified on that day or an adult of the school was there. Say that one was, or have the mentor verified.',
}
const NOT_VERIFIED: Warning = {
  rule: 'MENT-01',
  words: {
    fr: 'Séance individuelle avec un mineur : le mentor n’est pas vérifié à cette date et aucun adulte de l’établissement n’était présent. Indiquez sa présence, ou confirmez.',
    en: 'One-to-one session with a minor: the mentor is not verified on that day and no adult of the school was there. Say that one was, or confirm.',
  },
}
