import type { Actor, Context } from '../context.js'
import { enqueue } from '../store/jobs.js'
import type { Db } from '../store/schema.js'
import { assertClock } from './assert-clock.js'
import { assertAnotherPerson, assertNotExpired, assertSameDigest } from './rules.js'
import { issueJob } from './take-up-badges.js'
import { openListOf, reservePlace } from './status.js'
import { dossierFor, personOf, takeStep, toUuidUrn } from './steps.js'
import { insertBadge } from './store/badges.js'
import type { StatusList } from './store/status-lists.js'

/**
 * The school approves: in one transaction the badge's id and its places in the status lists are
 * reserved, the audit line is written and the badge is ordered. A job signs it afterwards.
 *
 * @param input.order `batch`: the batch that this approval is a row of has the badge signed
 * @returns the public id of the badge
 * @throws {DomainError} forbidden (who proposed can't approve), conflict, gone, not-found or clock-off
 */
export async function approve(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ dossierId: string; digest: string; order?: 'alone' | 'batch' }>,
): Promise<string> {
  const dossier = await dossierFor(ctx, actor, 'approve', input.dossierId)
  const by = personOf(actor)
  const at = ctx.now()
  assertSameDigest(input.digest, dossier.digest)
  assertAnotherPerson(dossier.proposed_by_id, by)
  assertNotExpired(dossier.endorsed_at ?? '', ctx.config.limits.approvalDays, at)
  await assertClock(ctx)
  const schoolList = await openListOf(ctx, dossier.school_id)
  const companyList = await openListOf(ctx, dossier.company_id)
  return ctx.db.transaction().execute(async (trx) => {
    await takeStep(trx, {
      act: 'approve',
      dossier,
      actor,
      at,
      changes: { approved_by_id: by, approved_at: at.toISOString() },
    })
    const badge = { dossierId: dossier.id, schoolList, companyList, at }
    const badgeId = await reserveBadge(ctx, trx, badge)
    if (input.order !== 'batch')
      await enqueue(trx, issueJob(ctx, { badgeId, dossierId: dossier.id, runAt: at }))
    return badgeId
  })
}

type Reservation = Readonly<{
  dossierId: number
  schoolList: StatusList
  companyList: StatusList
  at: Date
}>

/** Ids and places of the badge and of the company's endorsement in it. @returns its public id */
async function reserveBadge(ctx: Context, trx: Db, reservation: Reservation): Promise<string> {
  const { dossierId, schoolList, companyList, at } = reservation
  const badgeId = toUuidUrn(ctx.randomBytes(16))
  const endorsementId = toUuidUrn(ctx.randomBytes(16))
  const own = await reservePlace(ctx, trx, schoolList, badgeId)
  const ofCompany = await reservePlace(ctx, trx, companyList, endorsementId)
  const publicId = ctx.newId()
  await insertBadge(trx, {
    public_id: publicId,
    dossier_id: dossierId,
    credential_id: badgeId,
    status_entry_id: own.entryId,
    endorsement_id: endorsementId,
    endorsement_entry_id: ofCompany.entryId,
    reserved_at: at.toISOString(),
  })
  return publicId
}
