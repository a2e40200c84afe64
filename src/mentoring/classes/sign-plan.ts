import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize, may } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import { personOf } from '../facts/confirmation.js'
import { nothingHere } from '../refusals.js'
import { classFor, type OwnedClass } from './class-access.js'
import { assertMaySign, type Side } from './plan-rules.js'
import { insertSignOff, plansOf } from './plan-store.js'

export type SignInput = Readonly<{
  classId: string
  side: Side
  /** The version that was read. */
  version: number
}>

/**
 * Signs the contributions plan for a company of the class, or for its équipe pédagogique (PT-18).
 *
 * @throws {DomainError} forbidden, not-found, rule-refused or conflict (there is a newer version)
 */
export async function signPlan(ctx: Context, actor: Actor, input: SignInput): Promise<void> {
  const { row, resource } = await classFor(
    ctx,
    actor,
    input.classId,
    'manage-classes',
    'record-contribution',
  )
  const { side } = input
  const company_id = side === 'COMPANY' ? companySigning(actor, resource) : null
  if (side === 'TEAM') authorize(actor, 'manage-classes', resource)
  const person_id = personOf(actor)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const action = 'class.plan-signed'
    const subject = row.public_id
    const details = { side, version: input.version }
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
    const [plan] = await plansOf(trx, [row.id])
    if (!plan) throw nothingHere()
    if (plan.version !== input.version) throw newerVersion()
    assertMaySign(plan.signed, { side, personId: person_id })
    const signed = { plan_id: plan.id, side, person_id, company_id, at: at.toISOString() }
    if (!(await insertSignOff(trx, signed))) throw newerVersion()
  })
}

/** The company that somebody may sign for: one of the class's, in which they are its administrator. */
export function companySigning(actor: Actor, resource: OwnedClass['resource']): number {
  const found = (resource.companyIds ?? []).find((id) =>
    may(actor, 'record-contribution', { companyIds: [id] }),
  )
  if (found !== undefined) return found
  throw new DomainError('forbidden', {
    fr: 'Le plan est signé pour l’entreprise par l’un de ses administrateurs. Demandez-le-lui.',
    en: 'The plan is signed for the company by one of its administrators. Ask them.',
  })
}

function newerVersion(): DomainError {
  return new DomainError('conflict', {
    fr: 'Le plan a changé depuis que vous l’avez lu. Rechargez la page et relisez-le avant de signer.',
    en: 'The plan has changed since you read it. Reload the page and read it again before you sign.',
  })
}
