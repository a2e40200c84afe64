import type { Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { hashOf } from '../../people/secrets.js'
import { findPerson, type Person } from '../../people/store.js'
import type { Version } from '../../templates/store.js'
import type { Words } from '../../words.js'
import { isStale } from '../next-move.js'
import { organisationNames } from '../readers.js'
import { expiredWords } from '../rules.js'
import { requirementView, restsOn, type RequirementView } from '../rests-on.js'
import { listDossiersOfIds, type Dossier } from '../store/dossiers.js'
import { getStudent } from '../../mentoring/students/store.js'
import { stepAt } from './ask-company.js'
import { findCompanyLink, LINK_STEPS, type CompanyLink, type LinkStep } from './store.js'

/** Wrong codes after which a link opens nothing. */
export const MAX_WRONG_CODES = 5

export type CompanyVisit = Readonly<{
  link: CompanyLink
  step: LinkStep
  dossier: Dossier
  person: Person
  /** The given name alone: whom it is about. */
  student: string
  school: string
  company: string
  version: Version
  requirements: readonly RequirementView[]
  /** What stands against the step: a fact that changed. */
  obstacle: Words | undefined
}>

/**
 * What is behind a link. To look at it uses nothing up: scanners of mail open every link that they see.
 *
 * @throws {DomainError} not-found for what is no link; gone for one that was used or closed, has expired, or whose
 *   dossier is not what it was
 */
export async function visitByLink(ctx: Context, token: string): Promise<CompanyVisit> {
  const { link, step } = await linkOf(ctx, token)
  const [dossier] = await listDossiersOfIds(ctx.db, [link.dossier_id])
  const person = await findPerson(ctx.db, link.person_id)
  if (!dossier || !person) throw unknown()
  const closed = closedBecause(ctx, link, dossier)
  if (closed) throw new DomainError('gone', closed)
  const { version, weighed, obstacle } = await restsOn(ctx, dossier)
  const nameOf = await organisationNames(ctx)
  const student = await getStudent(ctx.db, dossier.student_id)
  return {
    ...{ link, step, dossier, person, version, obstacle },
    student: student.given_name,
    school: nameOf(dossier.school_id),
    company: nameOf(dossier.company_id),
    requirements: weighed.map((one) => requirementView(ctx, one)),
  }
}

/** @throws {DomainError} not-found */
export async function linkOf(
  ctx: Context,
  token: string,
): Promise<{ link: CompanyLink; step: LinkStep }> {
  const link = await findCompanyLink(ctx.db, hashOf(token))
  const step = LINK_STEPS.find((one) => one === link?.step)
  if (!link || !step) throw unknown()
  return { link, step }
}

/** EN-03, EN-04, EN-08: what changes a dossier voids the link; so does time. */
function closedBecause(ctx: Context, link: CompanyLink, dossier: Dossier): Words | undefined {
  const { approvalDays } = ctx.config.limits
  if (link.used_at !== null) return USED
  if (link.revoked_at !== null) return REPLACED
  if (ctx.now() >= new Date(link.expires_at)) return EXPIRED
  if (link.wrong_codes >= MAX_WRONG_CODES) return GUESSED
  if (stepAt(dossier.state) !== link.step || dossier.digest !== link.digest) return CHANGED
  if (isStale(dossier, approvalDays, ctx.now())) return expiredWords(approvalDays)
  return link.step === 'endorse' && !ctx.config.endorseByLink ? OFF : undefined
}

function unknown(): DomainError {
  return new DomainError('not-found', {
    fr: 'Ce lien n’existe pas. Vérifiez que vous l’avez copié en entier, ou demandez-en un nouveau.',
    en: 'This link does not exist. Check that you copied all of it, or ask for a new one.',
  })
}

export const USED: Words = {
  fr: 'Ce lien a déjà servi : il n’y a plus rien à faire. Si ce n’était pas vous, ou si c’est faux, dites-le au lycée.',
  en: 'This link has served already: there is nothing more to do. If it was not you, or if it is wrong, tell the school.',
}
const REPLACED: Words = {
  fr: 'Ce lien ne sert plus : un plus récent l’a remplacé. Ouvrez le dernier que vous avez reçu.',
  en: 'This link serves no more: a newer one has replaced it. Open the last one that you received.',
}
const EXPIRED: Words = {
  fr: 'Ce lien a expiré. Demandez-en un nouveau à qui vous l’a fait envoyer.',
  en: 'This link has expired. Ask whoever had it sent to you for a new one.',
}
const GUESSED: Words = {
  fr: 'Trop de codes faux ont été essayés : ce lien ne sert plus. Demandez-en un nouveau à qui vous l’a fait envoyer.',
  en: 'Too many wrong codes were tried: this link serves no more. Ask whoever had it sent to you for a new one.',
}
const CHANGED: Words = {
  fr: 'Le dossier a changé depuis que ce lien a été envoyé, ou quelqu’un d’autre a fait cette étape : le lien ne vaut plus.',
  en: 'The dossier has changed since this link was sent, or somebody else took this step: the link is void.',
}
const OFF: Words = {
  fr: 'Sur ce service, l’entreprise ne s’engage plus par un lien. Demandez un compte à son administrateur.',
  en: 'On this service a company is no longer committed by a link. Ask its administrator for an account.',
}
