import type { SignInProvider } from '../../config.js'
import type { Assignment } from '../../context.js'
import { DomainError } from '../../errors.js'

/** What a provider says of somebody; nothing of it is kept but issuer and subject. */
export type Claims = Readonly<Record<string, unknown>>

/** A role that somebody holds now, and the numbers of its organisation. */
export type HeldRole = Readonly<{
  role: Assignment['role']
  uai: string | null
  siret: string | null
}>

/**
 * Whether what a provider says fits who somebody is here. ProConnect speaks for agents of the organisation with `siret`;
 * EduConnect for a pupil of the school with `FrEduCtEleveUAI`, and for guardians, who have no account here.
 *
 * @throws {DomainError} rule-refused
 */
export function assertFits(
  { kind, name }: Pick<SignInProvider, 'kind' | 'name'>,
  claims: Claims,
  held: readonly HeldRole[],
): void {
  if (kind === 'proconnect' && !held.some(({ siret }) => siret !== null && siret === claims.siret))
    throw otherOrganisation(name)
  if (kind !== 'educonnect') return
  if (!affiliationsOf(claims).some((one) => /^eleve[12]d$/.test(one))) throw notAPupil(name)
  const school = claims.FrEduCtEleveUAI
  if (!held.some(({ role, uai }) => role === 'student' && uai !== null && uai === school))
    throw otherSchool(name)
}

function affiliationsOf({ FrEduCtPersonAffiliation: said }: Claims): string[] {
  return [said].flat().filter((one) => typeof one === 'string')
}

const MOST_CHARS = 80

/** How a provider calls somebody, to be shown to them alone; null if it does not say. */
export function labelOf(claims: Claims): string | null {
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : '')
  const whole = `${text('given_name')} ${text('usual_name') || text('family_name')}`.trim()
  const said = whole || text('name') || text('preferred_username') || text('email')
  const label = said.normalize('NFC').replaceAll(/[\p{C}\s]+/gu, ' ')
  return label.trim() === '' ? null : [...label.trim()].slice(0, MOST_CHARS).join('')
}

/**
 * Nobody removes what alone lets them in.
 *
 * @param left ways in that they have afterwards
 * @throws {DomainError} rule-refused
 */
export function assertWayLeft(left: number): void {
  if (left > 0) return
  throw new DomainError('rule-refused', {
    fr: 'C’est votre seul moyen de vous connecter. Ajoutez-en d’abord un autre, par exemple une clé d’accès.',
    en: 'This is your only way to sign in. Add another first, such as a passkey.',
  })
}

function otherOrganisation(name: string): DomainError {
  return new DomainError('rule-refused', {
    fr: `${name} vous présente au nom d’une organisation (SIRET) dans laquelle vous n’avez pas de rôle ici. Choisissez-y l’organisation de votre rôle, ou demandez à votre établissement ou à votre entreprise de vous inviter.`,
    en: `${name} presents you in the name of an organisation (SIRET) in which you hold no role here. Choose there the organisation of your role, or ask your school or company to invite you.`,
  })
}

function notAPupil(name: string): DomainError {
  return new DomainError('rule-refused', {
    fr: `${name} ne vous présente pas comme élève. Ici, seuls les élèves se connectent par ${name} ; un responsable légal répond par le lien qu’il a reçu.`,
    en: `${name} does not present you as a pupil. Only pupils sign in by ${name} here; a guardian answers by the link that they were sent.`,
  })
}

function otherSchool(name: string): DomainError {
  return new DomainError('rule-refused', {
    fr: `${name} vous présente comme élève d’un établissement (UAI) qui n’est pas le vôtre ici. Demandez à votre établissement de vérifier votre inscription.`,
    en: `${name} presents you as a pupil of a school (UAI) that is not yours here. Ask your school to check your enrolment.`,
  })
}
