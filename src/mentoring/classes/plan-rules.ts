import { refusedBy, wrongField } from '../refusals.js'

/** PT-18: the companies on one side, the équipe pédagogique on the other. */
export const SIDES = ['COMPANY', 'TEAM'] as const
export type Side = (typeof SIDES)[number]

/** PT-18: « contributions professionnelles sur les 5 ans » */
export const PLAN_YEARS = 5
const MAX_TEXT = 4_000

/**
 * PT-18: one text for each of the five school years.
 *
 * @throws {DomainError} rule-refused, or invalid-request for one that is too long
 */
export function toPlanYears(texts: readonly string[]): string[] {
  const years = Array.from({ length: PLAN_YEARS }, (_, at) => (texts[at] ?? '').trim())
  const missing = years.indexOf('')
  if (missing !== -1 || texts.length > PLAN_YEARS) {
    const year = missing === -1 ? PLAN_YEARS + 1 : missing + 1
    throw refusedBy('PT-18', `/year${year}`, {
      fr: `Le plan porte sur les cinq années, de 1 à 5 ; l’année ${year} ${missing === -1 ? 'est de trop' : 'est vide'}. Corrigez-la.`,
      en: `The plan covers the five years, 1 to 5; year ${year} ${missing === -1 ? 'is one too many' : 'is empty'}. Correct it.`,
    })
  }
  const long = years.findIndex((text) => text.length > MAX_TEXT)
  if (long === -1) return years
  throw wrongField(`/year${long + 1}`, {
    fr: `Ce texte a plus de ${MAX_TEXT} caractères. Raccourcissez-le.`,
    en: `This text has more than ${MAX_TEXT} characters. Shorten it.`,
  })
}

export type SignOff = Readonly<{ side: Side; personId: number }>

/**
 * PT-18: each side signs once, by two persons.
 *
 * @throws {DomainError} rule-refused
 */
export function assertMaySign(signed: readonly SignOff[], next: SignOff): void {
  if (signed.some(({ side }) => side === next.side)) {
    throw refusedBy('PT-18', '/side', {
      fr: 'Cette version du plan est déjà signée de ce côté. Il n’y a rien à faire.',
      en: 'This version of the plan is signed on this side already. There is nothing to do.',
    })
  }
  if (!signed.some(({ personId }) => personId === next.personId)) return
  throw refusedBy('PT-18', '/side', {
    fr: 'Vous avez signé pour l’autre côté : le plan est commun, une autre personne signe pour celui-ci.',
    en: 'You signed for the other side: the plan is joint, somebody else signs for this one.',
  })
}

export function isAgreed(signed: readonly Pick<SignOff, 'side'>[]): boolean {
  return SIDES.every((side) => signed.some((one) => one.side === side))
}
