import { setImmediate } from 'node:timers/promises'
import type { Context } from '../context.js'
import { sha256 } from '../credential/digest.js'
import { LintError, type PreparedCredential } from '../credential/prepare-credential.js'
import { KeyChanged, whileTheySign } from '../people/keys.js'
import { appendAll } from '../store/audit.js'
import type { Db } from '../store/schema.js'
import type { Lookups } from '../verifier/lookups.js'
import { assertClock } from './assert-clock.js'
import { BADGE_LIFE } from './badge-life.data.js'
import { assertOurVerifierAgrees } from './check-signed.js'
import { hold } from './evidence.js'
import { isFrozenWithProof, Unsignable } from './frozen.js'
import { keepSigned, type SignedBadge } from './keep-signed.js'
import type { Stencils } from './ground.js'
import { openLookups } from './own-lookups.js'
import {
  draftOf,
  frozenOf,
  isFrozen,
  readMakings,
  sign,
  type Award,
  type Making,
  type Part,
} from './sign-badge.js'
import { revokeReplaced } from './revoke-replaced.js'
import { takeSteps } from './steps.js'
import {
  freezeBadges,
  freezeEndorsements,
  releaseBadges,
  saveSignedEndorsements,
  type Frozen as FrozenBytes,
} from './store/badge-life.js'
import { listAwards, listBadgesOf, lockBadges } from './store/badges.js'
import { voidApproval } from './void-approval.js'

/**
 * Issues the badges of approved dossiers, all of them stage by stage of `badge-life.data.ts`: a stage is one
 * commit for all that have come so far, made before what follows it begins. The company's endorsements of
 * the awards are signed first, the badges with them inside second; all from frozen bytes, so that a second
 * run signs the same. Our own verifier looks at each before it is released. What does not hold any more, or
 * can never be signed, voids its approval and stops no other. Run twice, it issues each badge once.
 *
 * @param dossierIds those that are issued by another run, or void since, are passed over
 * @throws {DomainError} clock-off, before anything is done
 * @throws {Error} the first of what may be put right (a key file, a list), once the others are done
 */
export async function issueBadges(
  ctx: Context,
  dossierIds: readonly number[],
  stencils: Stencils,
): Promise<void> {
  await assertClock(ctx)
  const run: Run = { ctx, stencils, lookupsOf: openLookups(ctx), failed: [] }
  const begun = await begin(run, await listAwards(ctx.db, dossierIds))
  const endorsed = await signEndorsements(run, await freeze(run, begun, 'endorsement'))
  const signed = await signBadges(run, await freeze(run, endorsed, 'badge'))
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
async function begin(run: Run, awards: readonly Award[]): Promise<Making[]> {
  const makingOf = await readMakings(run.ctx, awards)
  return each(run, awards, async (award) => {
    const making = await makingOf(award)
    if (!hold(making.facts)) throw new FactsChanged()
    return making
  })
}

type Frozen = Making & Readonly<{ prepared: PreparedCredential }>
/** `bytes`: of one that no earlier run has frozen. */
type Draft = Frozen & Readonly<{ bytes?: FrozenBytes }>

/**
 * Lints and freezes what no earlier run has frozen: bytes, digest and line of audit, before any signature of
 * them. What an earlier run has frozen is linted once more.
 */
async function freeze(run: Run, makings: readonly Making[], part: Part): Promise<Frozen[]> {
  const { ctx } = run
  const alike = Map.groupBy(makings, ({ ground }) => ground.key)
  const hashing = ({ ground: { key } }: Making) =>
    run.stencils.hashing(key, part, alike.get(key)?.length ?? 0)
  const restored = async (making: Making): Promise<Draft> => {
    return { ...making, prepared: await frozenOf(ctx, making, part, hashing(making)) }
  }
  const drafts = await each(run, makings, async (making): Promise<Draft> => {
    if (isFrozen(making.badge, part)) return restored(making)
    return { ...making, ...(await draftOf(ctx, making, part, hashing(making))) }
  })
  const fresh = drafts.flatMap((draft) =>
    draft.bytes ? { ...draft.bytes, id: draft.badge.id, draft } : [],
  )
  const first = await commit(ctx, fresh, (trx) => keepFrozen(ctx, trx, fresh, part))
  // Another worker was faster: its bytes are signed.
  const others = fresh.filter(({ id }) => !first?.has(id)).map(({ draft }) => draft)
  const reread = await each(run, await withRows(ctx, others), restored)
  const late = new Set(others.map(({ badge }) => badge.id))
  return [...drafts.filter(({ badge }) => !late.has(badge.id)), ...reread]
}

type Fresh = FrozenBytes & Readonly<{ id: number; draft: Draft }>

async function keepFrozen(
  ctx: Context,
  trx: Db,
  fresh: readonly Fresh[],
  part: Part,
): Promise<ReadonlySet<number>> {
  const at = ctx.now()
  const isBadge = part === 'badge'
  const first = isBadge ? await freezeBadges(trx, fresh, at) : await freezeEndorsements(trx, fresh)
  const action = (isBadge ? BADGE_LIFE.prepared : BADGE_LIFE.endorsementPrepared).audit
  await appendAll(
    trx,
    fresh
      .filter(({ id }) => first.has(id))
      .map(({ draft: { badge, prepared } }) => {
        const details = { digest: prepared.digest }
        return { at, actor: 'issuer', action, subject: badge.public_id, details }
      }),
  )
  return first
}

/** Those whose endorsement by the company is signed and kept, with it. */
async function signEndorsements(run: Run, makings: readonly Frozen[]): Promise<Making[]> {
  // What an earlier run has kept is not signed again, and needs no key.
  const open = makings.filter(({ badge }) => badge.endorsement_document === null)
  const signed = await each(run, open, async ({ prepared, ...making }) => {
    const { document, key } = await sign(making, 'endorsement', prepared)
    const badge = { ...making.badge, endorsement_document: document }
    return { ...making, id: badge.id, badge, document, key }
  })
  const late = await whileTheySign(run.ctx, signed, saveSignedEndorsements)
  const put = putOff(run, late)
  return [
    ...makings.filter(({ badge }) => badge.endorsement_document !== null),
    ...signed.filter(({ id }) => !put.has(id)),
  ]
}

type Signed = Award & SignedBadge

/** Those that are signed and found valid by our verifier; they are in the store, and nowhere else. */
async function signBadges(run: Run, makings: readonly Frozen[]): Promise<Signed[]> {
  const { ctx } = run
  const signed = await each(run, makings, async ({ prepared, ...making }) => {
    const { dossier, badge, ground } = making
    // What an earlier run has kept counts, also when its key has been retired since, or is away.
    const { document, key } =
      badge.badge_signed === null
        ? await sign(making, 'badge', prepared)
        : { document: badge.badge_signed, key: '' }
    if (!isFrozenWithProof(document, prepared.text))
      throw new Unsignable(`what was signed for ${dossier.public_id} is not what was frozen`)
    await assertOurVerifierAgrees(document, { lookups: run.lookupsOf(), now: ctx.now() })
    return { dossier, badge, document, key, ground }
  })
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

/**
 * Nothing signed leaves the house before this is committed.
 *
 * @throws {DomainError} a fact has changed at the last moment: nothing was released, the next run voids it
 */
async function release(ctx: Context, signed: readonly Signed[]): Promise<void> {
  const at = ctx.now()
  const left = await commit(ctx, signed, async (trx) => {
    const ids = signed.map(({ badge }) => badge.id)
    const replaced = signed.flatMap(({ dossier }) => dossier.replaces_badge_id ?? [])
    await lockBadges(trx, [...ids, ...replaced])
    const now = new Map((await listBadgesOf(trx, ids)).map((badge) => [badge.id, badge]))
    const ready = signed.filter(({ badge, document }) => {
      const row = now.get(badge.id)
      return row?.badge_signed === document && row.released_at === null
    })
    const step = { act: 'issueBadge', actor: { publicId: 'issuer' }, at } as const
    const refused = await takeSteps(
      trx,
      step,
      ready.map(({ dossier, badge, document }) => {
        const details = { document: sha256(document).toString('hex') }
        return { dossier, subject: badge.public_id, details }
      }),
    )
    const [refusal] = refused.values()
    if (refusal) throw refusal
    await releaseBadges(
      trx,
      ready.map(({ badge }) => badge.id),
      at,
    )
    for (const one of ready) await revokeReplaced(trx, ctx, one, at)
    const released = new Set(ready)
    // Void since, or another worker was faster; or it keeps what another key has signed.
    return signed.filter((one) => !released.has(one)).map(({ badge }) => now.get(badge.id))
  })
  const twice = left?.find((badge) => badge?.released_at === null)
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

/** Badges between which others have their turn. */
const TURN = 20

/** What is made of each; one that fails is put aside and stops no other. */
async function each<In extends Award, Out>(
  { failed }: Run,
  awards: readonly In[],
  make: (award: In) => Promise<Out>,
): Promise<Out[]> {
  const made: Out[] = []
  for (const [at, award] of awards.entries()) {
    if (at % TURN === TURN - 1) await setImmediate()
    try {
      made.push(await make(award))
    } catch (error) {
      failed.push({ award, error })
    }
  }
  return made
}

/** One commit for all; none where there is nothing to keep. */
async function commit<Kept>(
  ctx: Context,
  what: readonly unknown[],
  keep: (trx: Db) => Promise<Kept>,
): Promise<Kept | undefined> {
  return what.length > 0 ? ctx.db.transaction().execute(keep) : undefined
}

/** With their rows as they are now; without those that are void since. */
async function withRows(ctx: Context, makings: readonly Making[]): Promise<Making[]> {
  if (makings.length === 0) return []
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
