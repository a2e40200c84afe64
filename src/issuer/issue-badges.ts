import type { Context } from '../context.js'
import { sha256 } from '../credential/digest.js'
import { LintError } from '../credential/prepare-credential.js'
import { KeyChanged, whileTheySign } from '../people/keys.js'
import { appendAll } from '../store/audit.js'
import type { Db } from '../store/schema.js'
import type { Lookups } from '../verifier/lookups.js'
import { BADGE_LIFE } from './badge-life.data.js'
import { assertOurVerifierAgrees } from './check-signed.js'
import { namedFactsOf } from './evidence.js'
import { isFrozenWithProof, Unsignable } from './frozen.js'
import { keepSigned } from './keep-signed.js'
import { openGrounds, type Stencils } from './ground.js'
import { openLookups } from './own-lookups.js'
import {
  draftOf,
  frozenOf,
  sign,
  toMaking,
  type Award,
  type Making,
  type Part,
} from './sign-badge.js'
import { revokeReplaced } from './revoke-replaced.js'
import { takeStep } from './steps.js'
import {
  freezeBadge,
  freezeEndorsement,
  releaseBadge,
  saveSignedEndorsement,
} from './store/badge-life.js'
import { listAwards, listBadgesOf, lockBadges } from './store/badges.js'
import { lockDossiers } from './store/dossiers.js'
import { voidApproval } from './void-approval.js'

/**
 * Issues the badges of approved dossiers, all of them stage by stage of `badge-life.data.ts`: a stage is one
 * commit for all that have come so far, made before what follows it begins. The company's endorsements of
 * the awards are signed first, the badges with them inside second; all from frozen bytes, so that a second
 * run signs the same. Our own verifier looks at each before it is released. What does not hold any more, or
 * can never be signed, voids its approval and stops no other. Run twice, it issues each badge once.
 *
 * @param dossierIds those that are issued by another run, or void since, are passed over
 * @throws {Error} the first of what may be put right (a key file, a list), once the others are done
 */
export async function issueBadges(
  ctx: Context,
  dossierIds: readonly number[],
  stencils: Stencils,
): Promise<void> {
  const run: Run = { ctx, stencils, lookupsOf: openLookups(ctx), failed: [] }
  const begun = await begin(run, await listAwards(ctx.db, dossierIds))
  const endorsed = await signEndorsements(run, await frozen(run, begun, 'endorsement'))
  const signed = await signBadges(run, await frozen(run, endorsed, 'badge'))
  await release(ctx, signed)
  await end(run)
}

type Run = Readonly<{
  ctx: Context
  stencils: Stencils
  /** Of one badge. */
  lookupsOf: () => Lookups
  failed: { award: Award; error: unknown }[]
}>

class FactsChanged extends Error {
  override readonly name = 'FactsChanged'
}

/** Those whose facts hold, with all that they are made of. */
function begin(run: Run, awards: readonly Award[]): Promise<Making[]> {
  const groundOf = openGrounds(run.ctx)
  return each(run, awards, async (award) => {
    const facts = await namedFactsOf(run.ctx.db, award.dossier)
    if (facts.some(({ fact }) => fact === undefined)) throw new FactsChanged()
    return toMaking(run.ctx, award, { ground: await groundOf(award.dossier), facts })
  })
}

/** Lints and freezes what no earlier run has frozen: bytes, digest and line of audit, before any signature of them. */
async function frozen(run: Run, makings: readonly Making[], part: Part): Promise<Making[]> {
  const { ctx } = run
  const drafted = await each(run, makings, async (making) => ({
    making,
    draft: await draftOf(ctx, making, part),
  }))
  const drafts = drafted.flatMap(({ draft }) => draft ?? [])
  const at = ctx.now()
  const stage = part === 'badge' ? BADGE_LIFE.prepared : BADGE_LIFE.endorsementPrepared
  await commit(ctx, drafts, async (trx) => {
    const first: typeof drafts = []
    for (const draft of drafts) {
      const { id } = draft.badge
      const isFirst =
        part === 'badge'
          ? await freezeBadge(trx, id, draft, at)
          : await freezeEndorsement(trx, id, draft)
      if (isFirst) first.push(draft)
    }
    await appendAll(
      trx,
      first.map(({ badge, digest }) => {
        const subject = badge.public_id
        return { at, actor: 'issuer', action: stage.audit, subject, details: { digest } }
      }),
    )
  })
  return reread(
    ctx,
    drafted.map(({ making }) => making),
  )
}

/** Those whose endorsement by the company is signed and kept. */
async function signEndorsements(run: Run, makings: readonly Making[]): Promise<Making[]> {
  const { ctx } = run
  const signed = await each(run, makings, async (making) => {
    const { badge } = making
    const isSigned = badge.endorsement_document !== null
    const prepared = isSigned ? undefined : await frozenOf(ctx, making, 'endorsement')
    return { making, document: prepared && (await sign(making, 'endorsement', prepared)) }
  })
  const made = signed.flatMap(({ making, document }) =>
    document === undefined ? [] : { making, document },
  )
  const late = await whileTheySign(ctx, made, (trx, { making, document }) =>
    saveSignedEndorsement(trx, making.badge.id, document),
  )
  const put = putOff(
    run,
    late.map(({ making }) => making),
  )
  return reread(
    ctx,
    signed.map(({ making }) => making).filter(({ badge }) => !put.has(badge.id)),
  )
}

type Signed = Award & Readonly<{ document: string }>

/** Those that are signed and found valid by our verifier; they are in the store, and nowhere else. */
async function signBadges(run: Run, makings: readonly Making[]): Promise<Signed[]> {
  const { ctx } = run
  const prepared = await each(run, makings, async (making) => ({
    ...making,
    prepared: await frozenOf(ctx, making, 'badge'),
  }))
  const alike = Map.groupBy(prepared, ({ ground }) => ground.key)
  const signed = await each(run, prepared, async ({ prepared: bytes, ...making }) => {
    const { dossier, badge, ground } = making
    const like = (alike.get(ground.key) ?? []).map((one) => one.prepared)
    const stencil = await run.stencils.of(ground.key, like)
    const document = badge.badge_signed ?? (await sign(making, 'badge', bytes, stencil))
    if (!isFrozenWithProof(document, badge.badge_prepared ?? ''))
      throw new Unsignable(`what was signed for ${dossier.public_id} is not what was frozen`)
    await assertOurVerifierAgrees(document, { lookups: run.lookupsOf(), now: ctx.now() })
    return { dossier, badge, document }
  })
  // What an earlier run has kept counts, also when its key has been retired since.
  const late = await keepSigned(
    ctx,
    signed.filter(({ badge }) => badge.badge_signed === null),
  )
  const put = putOff(run, late)
  return signed.filter(({ badge }) => !put.has(badge.id))
}

/** Their key has changed before their signature was kept: the next run signs them. @returns their badges */
function putOff({ failed }: Run, awards: readonly Award[]): Set<number> {
  for (const award of awards)
    failed.push({ award, error: new KeyChanged(`signed again: ${award.badge.public_id}`) })
  return new Set(awards.map(({ badge }) => badge.id))
}

/** Nothing signed leaves the house before this is committed. */
async function release(ctx: Context, signed: readonly Signed[]): Promise<void> {
  const at = ctx.now()
  const late: Signed[] = []
  await commit(ctx, signed, async (trx) => {
    await lockBadges(
      trx,
      signed.flatMap(({ badge, dossier }) => [badge.id, dossier.replaces_badge_id ?? []].flat()),
    )
    await lockDossiers(
      trx,
      signed.map(({ dossier }) => dossier.id),
    )
    for (const one of signed) {
      const { dossier, badge, document } = one
      if (await releaseBadge(trx, badge.id, document, at)) {
        const actor = { publicId: 'issuer' }
        const details = { document: sha256(document).toString('hex') }
        const subject = badge.public_id
        await takeStep(trx, { act: 'issueBadge', dossier, actor, at, subject, details })
        await revokeReplaced(trx, ctx, one, at)
      } else late.push(one)
    }
  })
  // Void since, or another worker was faster; or it keeps what another key has signed.
  const left = await listBadgesOf(
    ctx.db,
    late.map(({ badge }) => badge.id),
  )
  const twice = left.find((badge) => badge.released_at === null)
  if (twice)
    throw new Error(
      `The badge ${twice.public_id} was signed twice, with two keys: it is tried again.`,
    )
}

/** Voids what can never be issued. @throws {Error} the first of what may be put right */
async function end({ ctx, failed }: Run): Promise<void> {
  for (const { award, error } of failed) {
    if (error instanceof FactsChanged) await voidApproval(ctx, award, 'facts-changed')
    if (!(error instanceof Unsignable || error instanceof LintError)) continue
    ctx.log.error({ err: error, event: 'not-signable', badge: award.badge.public_id })
    await voidApproval(ctx, award, 'not-signable')
  }
  const later = failed.find(({ error }) => !ENDS.some((one) => error instanceof one))
  if (later) throw later.error
}

const ENDS = [FactsChanged, Unsignable, LintError] as const

/** What is made of each; one that fails is put aside and stops no other. */
async function each<In extends Award, Out>(
  { failed }: Run,
  awards: readonly In[],
  make: (award: In) => Promise<Out>,
): Promise<Out[]> {
  const made: Out[] = []
  for (const award of awards) {
    try {
      made.push(await make(award))
    } catch (error) {
      failed.push({ award, error })
    }
  }
  return made
}

/** One commit for all; none where there is nothing to keep. */
async function commit(
  ctx: Context,
  what: readonly unknown[],
  keep: (trx: Db) => Promise<void>,
): Promise<void> {
  if (what.length > 0) await ctx.db.transaction().execute(keep)
}

/** As the rows are now; without those that are void since. */
async function reread(ctx: Context, makings: readonly Making[]): Promise<Making[]> {
  const rows = await listBadgesOf(
    ctx.db,
    makings.map(({ badge }) => badge.id),
  )
  const byId = new Map(rows.map((badge) => [badge.id, badge]))
  return makings.flatMap((making) => {
    const badge = byId.get(making.badge.id)
    return badge ? { ...making, badge } : []
  })
}
