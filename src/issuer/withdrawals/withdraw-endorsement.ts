import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { personalDataOf } from '../../mentoring/students/personal-data.js'
import { assertAllowed, authorize } from '../../people/authorize.js'
import { assertSignable, toFunctionOf } from '../../people/signed-text.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { findVersionByNumber, markWithdrawn, type Version } from '../../templates/store.js'
import { notReleased } from '../award-for.js'
import { toReason } from '../commitment.js'
import { currentStatusList, publishOnceCommitted } from '../status.js'
import { noDossier, personOf } from '../steps.js'
import { findBadge } from '../store/badges.js'
import { findDefinitionEndorsement } from '../store/definition-endorsements.js'
import { getDossier } from '../store/dossiers.js'
import { getEntry, revokeEntry } from '../store/status-lists.js'
import { insertWithdrawal, listSchoolsWith } from '../store/withdrawals.js'
import { tellSchools } from './tell-schools.js'

/** In which function, and why: the reason is shown to whoever verifies. */
export type WithdrawalInput = Readonly<{ function: string; reason: string }>

/**
 * The company withdraws its endorsement of one award, for good: the endorsement’s own entry of the company’s list is
 * set. The badge stays valid and says so; the school is told.
 *
 * @throws {DomainError} not-found, forbidden, invalid-request, or conflict (withdrawn already, or not issued yet)
 */
export async function withdrawFromAward(
  ctx: Context,
  actor: Actor,
  input: WithdrawalInput & Readonly<{ badgeId: string }>,
): Promise<void> {
  const badge = await findBadge(ctx.db, input.badgeId)
  if (!badge) throw noDossier()
  const dossier = await getDossier(ctx.db, badge.dossier_id)
  authorize(actor, 'withdraw-endorsement', { companyIds: [dossier.company_id] })
  if (badge.released_at === null) throw notReleased()
  await withdraw(ctx, actor, {
    input,
    forbidden: await personalDataOf(ctx, dossier.student_id),
    entryId: badge.endorsement_entry_id,
    of: { badge_id: badge.id },
    subject: badge.public_id,
    schools: () => Promise.resolve([dossier.school_id]),
    path: `/badges/${badge.public_id}`,
  })
}

/**
 * The company withdraws its endorsement of a version that it has published: no badge of it is issued any more, and
 * those that were say so. The schools that work with it are told.
 *
 * @throws {DomainError} not-found, forbidden, invalid-request, or conflict (withdrawn already, or not signed yet)
 */
export async function withdrawFromDefinition(
  ctx: Context,
  actor: Actor,
  input: WithdrawalInput & Readonly<{ templateId: string; version: number }>,
): Promise<void> {
  const version = await definitionToWithdraw(ctx, actor, input)
  authorize(actor, 'withdraw-endorsement', { companyIds: [version.creatorId] })
  const endorsement = await findDefinitionEndorsement(ctx.db, version.id)
  if (!endorsement?.document) throw notSigned()
  await withdraw(ctx, actor, {
    input,
    forbidden: [],
    entryId: endorsement.status_entry_id,
    of: { template_version_id: version.id },
    subject: version.templatePublicId,
    schools: (trx) => listSchoolsWith(trx, version.id),
    path: `/definitions/${version.templatePublicId}?version=${version.number}`,
    also: async (trx, { at, reason }) => {
      if (!(await markWithdrawn(trx, { id: version.id, at, reason }))) throw withdrawnAlready()
    },
  })
}

/** @throws {DomainError} not-found or forbidden */
export async function definitionToWithdraw(
  ctx: Context,
  actor: Actor,
  { templateId, version: number }: Readonly<{ templateId: string; version: number }>,
): Promise<Version> {
  const version = await findVersionByNumber(ctx.db, templateId, number)
  if (!version || version.publishedAt === null) throw noDossier()
  assertAllowed(actor, 'withdraw-endorsement', { companyIds: [version.creatorId] })
  return version
}

type Withdrawing = Readonly<{
  input: WithdrawalInput
  forbidden: readonly string[]
  entryId: number
  of: Readonly<{ badge_id: number }> | Readonly<{ template_version_id: number }>
  subject: string
  schools: (trx: Db) => Promise<number[]>
  path: string
  also?: (trx: Db, said: Readonly<{ at: string; reason: string }>) => Promise<void>
}>

async function withdraw(ctx: Context, actor: Actor, what: Withdrawing): Promise<void> {
  const { input, forbidden, entryId, of, subject, schools, path, also } = what
  const byId = personOf(actor)
  const position = await toFunctionOf(ctx, byId, input.function, forbidden)
  const reason = toReason(input.reason)
  await assertSignable('/reason', reason, forbidden)
  const now = ctx.now()
  const at = now.toISOString()
  const row = { status_entry_id: entryId, function: position, reason, by_id: byId, at, ...of }
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await insertWithdrawal(trx, row))) throw withdrawnAlready()
    await also?.(trx, { at, reason })
    // Before the list: whoever takes a place of it holds the audit already.
    await appendAudit(trx, {
      at: now,
      actor: actor.publicId,
      action: 'endorsement.withdrawn',
      subject,
      details: { of: 'badge_id' in of ? 'award' : 'definition' },
    })
    await tellSchools(trx, ctx, { schoolIds: await schools(trx), path })
    await revokeEntry(trx, entryId, now)
  })
  const { list_public_id } = await getEntry(ctx.db, entryId)
  await publishOnceCommitted(ctx, list_public_id, currentStatusList)
}

function withdrawnAlready(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cet endossement est déjà retiré.',
    en: 'This endorsement is withdrawn already.',
  })
}

function notSigned(): DomainError {
  return new DomainError('conflict', {
    fr: 'La signature de l’entreprise n’est pas encore apposée : réessayez dans une minute.',
    en: 'The company’s signature is not there yet: try again in a minute.',
  })
}
