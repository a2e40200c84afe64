import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { enqueue } from '../store/jobs.js'
import { within } from '../store/within.js'
import { assertClock } from './assert-clock.js'
import { assertAnotherPerson, assertNotExpired, assertSameDigest } from './rules.js'
import { openListOf, reservePlaces } from './status.js'
import { assertMay, noDossier, personOf, takeSteps, toUuidUrn } from './steps.js'
import { insertBadges } from './store/badges.js'
import { listDossiersByIds, type Dossier } from './store/dossiers.js'
import type { StatusList } from './store/status-lists.js'
import { issueJob } from './take-up-badges.js'

export type Approval = Readonly<{ dossierId: string; digest: string }>
/** What became of an approval: the badge that is reserved, by its public id; or why there is none. */
export type Approved = Readonly<{ dossier: Dossier; badgeId: string }> | DomainError

/**
 * The school approves: in one transaction the badge's id and its places in the status lists are
 * reserved, the audit line is written and the badge is ordered. A job signs it afterwards.
 *
 * @returns the public id of the badge
 * @throws {DomainError} forbidden (who proposed can't approve), conflict, gone, not-found or clock-off
 */
export async function approve(ctx: Context, actor: Actor, approval: Approval): Promise<string> {
  await assertClock(ctx)
  return ctx.db.transaction().execute(async (trx) => {
    const [approved] = await approveAll({ ...ctx, db: within(trx) }, actor, [approval])
    if (!approved || approved instanceof DomainError) throw approved ?? noDossier()
    const { dossier, badgeId } = approved
    await enqueue(trx, issueJob(ctx, { badgeId, dossierId: dossier.id, runAt: ctx.now() }))
    return badgeId
  })
}

/**
 * The same for many dossiers in one transaction; one that is refused stops no other. Who calls has the
 * badges signed.
 *
 * @returns what became of each, in their order
 * @throws {DomainError} forbidden, when no person does it
 */
export function approveAll(
  ctx: Context,
  actor: Actor,
  approvals: readonly Approval[],
): Promise<Approved[]> {
  const by = personOf(actor)
  const at = ctx.now()
  return ctx.db.transaction().execute(async (trx) => {
    const inside = { ...ctx, db: within(trx) }
    const checked = await checkAll(inside, actor, { approvals, by, at })
    const sound = checked.flatMap((one) => (one instanceof DomainError ? [] : one))
    const changes = { approved_by_id: by, approved_at: at.toISOString() }
    const step = { act: 'approve', actor, at, changes } as const
    const refused = await takeSteps(
      trx,
      step,
      sound.map((dossier) => ({ dossier })),
    )
    const taken = sound.filter(({ id }) => !refused.has(id))
    const badgeIds = await reserveBadges(inside, taken, at)
    return checked.map((one) => {
      if (one instanceof DomainError) return one
      const badgeId = badgeIds.get(one.id)
      return badgeId === undefined
        ? (refused.get(one.id) ?? noDossier())
        : { dossier: one, badgeId }
    })
  })
}

type Asked = Readonly<{ approvals: readonly Approval[]; by: number; at: Date }>

/** The dossiers, or why the rules are against it. */
async function checkAll(
  ctx: Context,
  actor: Actor,
  { approvals, by, at }: Asked,
): Promise<(Dossier | DomainError)[]> {
  const found = await listDossiersByIds(
    ctx.db,
    approvals.map(({ dossierId }) => dossierId),
  )
  const dossiers = new Map(found.map((dossier) => [dossier.public_id, dossier]))
  return approvals.map(({ dossierId, digest }) => {
    try {
      const dossier = assertMay(actor, 'approve', dossiers.get(dossierId))
      assertSameDigest(digest, dossier.digest)
      // Who committed the company does not commit the school too.
      for (const step of ['proposed', 'assessed', 'endorsed'] as const)
        assertAnotherPerson(dossier[`${step}_by_id`], by)
      assertNotExpired(dossier.endorsed_at ?? '', ctx.config.limits.approvalDays, at)
      return dossier
    } catch (error) {
      if (error instanceof DomainError) return error
      throw error
    }
  })
}

/** Ids and places of the badges and of the company's endorsements in them. @returns the public ids, by dossier */
async function reserveBadges(
  ctx: Context,
  dossiers: readonly Dossier[],
  at: Date,
): Promise<ReadonlyMap<number, string>> {
  const lists = await openLists(
    ctx,
    dossiers.flatMap(({ school_id, company_id }) => [school_id, company_id]),
  )
  const reserved = dossiers.map((dossier) => ({
    dossier,
    credential_id: toUuidUrn(ctx.randomBytes(16)),
    endorsement_id: toUuidUrn(ctx.randomBytes(16)),
  }))
  const entryOf = await reserveIn(
    ctx,
    lists,
    reserved.flatMap(({ dossier, credential_id, endorsement_id }) => [
      { organisationId: dossier.school_id, credentialId: credential_id },
      { organisationId: dossier.company_id, credentialId: endorsement_id },
    ]),
  )
  const badges = reserved.map(({ dossier, ...ids }) => ({
    ...ids,
    public_id: ctx.newId(),
    dossier_id: dossier.id,
    status_entry_id: entryOf(ids.credential_id),
    endorsement_entry_id: entryOf(ids.endorsement_id),
    reserved_at: at.toISOString(),
  }))
  await insertBadges(ctx.db, badges)
  return new Map(badges.map(({ dossier_id, public_id }) => [dossier_id, public_id]))
}

type Lists = ReadonlyMap<number, StatusList>

/** The lists that the next entries of some organisations go to, by organisation. */
async function openLists(ctx: Context, organisationIds: readonly number[]): Promise<Lists> {
  const lists = new Map<number, StatusList>()
  for (const id of new Set(organisationIds)) lists.set(id, await openListOf(ctx, id))
  return lists
}

type Wanted = Readonly<{ organisationId: number; credentialId: string }>

/** A place for each credential in the list of its issuer. @returns the entry of a credential */
async function reserveIn(
  ctx: Context,
  lists: Lists,
  wanted: readonly Wanted[],
): Promise<(credentialId: string) => number> {
  const entries = new Map<string, number>()
  for (const [organisationId, list] of lists) {
    const its = wanted.filter((one) => one.organisationId === organisationId)
    const ids = its.map(({ credentialId }) => credentialId)
    for (const [id, place] of await reservePlaces(ctx, list, ids)) entries.set(id, place.id)
  }
  return (credentialId) => {
    const entry = entries.get(credentialId)
    if (entry === undefined) throw new Error(`no place was taken for ${credentialId}`)
    return entry
  }
}
