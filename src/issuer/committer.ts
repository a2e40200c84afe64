import type { Actor, Context } from '../context.js'
import { may } from '../people/authorize.js'
import { isAlone, type Way } from '../people/second-person.js'
import { assertMay, personOf } from './steps.js'
import { findDossier, type Dossier } from './store/dossiers.js'

/** Who takes a step for a company, and how they came to it. */
export type Committer = Readonly<{ personId: number; publicId: string; way: Way }>
export type Committing = Readonly<{ dossier: Dossier; by: Committer }>

/**
 * Who is about to assess: somebody of the company; or, while it has one person only, the liaison officer of the
 * school, who is told as such wherever the assessment is.
 *
 * @throws {DomainError} not-found or forbidden
 */
export async function assessorOf(
  ctx: Context,
  actor: Actor,
  dossierId: string,
): Promise<Committing> {
  const dossier = await findDossier(ctx.db, dossierId)
  if (dossier && (await isSecondPerson(ctx, actor, dossier))) {
    return { dossier, by: { ...personIn(actor), way: 'liaison' } }
  }
  return {
    dossier: assertMay(actor, 'assess', dossier),
    by: { ...personIn(actor), way: 'account' },
  }
}

/** @throws {DomainError} not-found or forbidden */
export async function endorserOf(
  ctx: Context,
  actor: Actor,
  dossierId: string,
): Promise<Committing> {
  const dossier = assertMay(actor, 'endorse', await findDossier(ctx.db, dossierId))
  return { dossier, by: { ...personIn(actor), way: 'account' } }
}

/** Whether somebody may assess only because the company has nobody else. */
export async function isSecondPerson(
  ctx: Context,
  actor: Actor,
  { school_id, company_id }: Pick<Dossier, 'school_id' | 'company_id'>,
): Promise<boolean> {
  const ofCompany = may(actor, 'assess-dossier', { companyIds: [company_id] })
  const ofSchool = may(actor, 'stand-in-for-company', { schoolId: school_id })
  return !ofCompany && ofSchool && (await isAlone(ctx, company_id))
}

function personIn(actor: Actor) {
  return { personId: personOf(actor), publicId: actor.publicId }
}
