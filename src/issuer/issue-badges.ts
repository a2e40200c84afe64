import type { Context } from '../context.js'
import type { PreparedCredential } from '../credential/prepare-credential.js'
import { KeyChanged, whileTheySign } from '../people/keys.js'
import { appendOfMany } from '../store/audit.js'
import type { Db } from '../store/schema.js'
import { assertClock } from './assert-clock.js'
import { BADGE_LIFE } from './badge-life.data.js'
import { checkSigned } from './apart/check-apart.js'
import { errorOf, type Doubt } from './check-signed.js'
import { hold } from './evidence.js'
import { isFrozenWithProof, LINTS, Unsignable } from './frozen.js'
import type { Series } from './series.js'
import {
  commit,
  each,
  end,
  FactsChanged,
  putOff,
  takePutOff,
  type IssuingRun,
} from './issuing-run.js'
import { keepSigned } from './keep-signed.js'
import { openLookups } from './own-lookups.js'
import { releaseBadges, type KeptAward, type SignedAward } from './release-badges.js'
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
import { saveSignedEndorsements } from './store/badge-life.js'
import { listAwards, listBadgesOf } from './store/badges.js'
import {
  freezeBadges,
  freezeEndorsements,
  type Frozen as FrozenBytes,
} from './store/frozen-bytes.js'

/** A badge that is signed alone is tried with this many keys, one after the other. */
const KEYS_TRIED = 8

/**
 * Issues the badges of approved dossiers, all of them stage by stage of `badge-life.data.ts`: a stage is one
 * commit for all that have come so far, made before what follows it begins. The company's endorsements of
 * the awards are signed first, the badges with them inside second; all from frozen bytes, so that a second
 * run signs the same. Our own verifier looks at each before it is released. What does not hold any more, or
 * can never be signed, voids its approval and stops no other. Run twice, it issues each badge once.
 *
 * @param dossierIds those that are issued by another run, or void since, are passed over
 * @throws {DomainError} clock-off, before anything is done
 * @throws {KeyChanged} the keys change faster than one badge is signed
 * @throws {Error} the first of what may be put right (a key file, a list), once the others are done
 */
export async function issueBadges(
  ctx: Context,
  dossierIds: readonly number[],
  series: Series,
  keysTried = 0,
): Promise<void> {
  const signing = await signBadges(ctx, dossierIds, series, keysTried)
  await signing.release()
}

/** Badges that are signed, while our verifier looks at them. */
export type Signing = Readonly<{
  /** Keeps and releases those that it believes. @throws {Error} as `issueBadges` */
  release(): Promise<void>
}>

/** The first half of `issueBadges`: others may be signed before these are released. */
export async function signBadges(
  ctx: Context,
  dossierIds: readonly number[],
  series: Series,
  keysTried = 0,
): Promise<Signing> {
  await assertClock(ctx)
  const run: IssuingRun = { ctx, series, lookupsOf: openLookups(ctx), failed: [] }
  const begun = await begin(run, await listAwards(ctx.db, dossierIds))
  const endorsed = await signEndorsements(run, await freeze(run, begun, 'endorsement'))
  const signed = await each(run, await freeze(run, endorsed, 'badge'), signedAward)
  const documents = signed.map(({ document }) => document)
  const looked = checkSigned(ctx, documents, run.lookupsOf, series.questions)
  // Whoever asks for the release is told.
  looked.catch(() => undefined)
  return {
    async release() {
      const kept = await keepBelieved(run, signed, await looked)
      await releaseBadges(ctx, kept)
      try {
        await signAgain(run, keysTried)
      } finally {
        await end(run)
      }
    },
  }
}

/** What a change of keys has caught, at once, in parts of half the size: so some are kept before the next change. */
async function signAgain(run: IssuingRun, keysTried: number): Promise<void> {
  const caught = takePutOff(run)
  const [alone] = caught
  if (alone !== undefined && caught.length === 1) {
    if (keysTried >= KEYS_TRIED) throw new KeyChanged(`${KEYS_TRIED} times while one was signed`)
    return issueBadges(run.ctx, [alone], run.series, keysTried + 1)
  }
  const size = Math.ceil(caught.length / 2)
  for (let from = 0; from < caught.length; from += size)
    await issueBadges(run.ctx, caught.slice(from, from + size), run.series)
}

/** Those whose facts hold, with all that they are made of. */
async function begin(run: IssuingRun, awards: readonly Award[]): Promise<Making[]> {
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
async function freeze(run: IssuingRun, makings: readonly Making[], part: Part): Promise<Frozen[]> {
  const { ctx } = run
  const alike = Map.groupBy(makings, likenessOf)
  const knowing = (making: Making) => {
    const key = likenessOf(making)
    return run.series.knowing(key, part, alike.get(key)?.length ?? 0)
  }
  const restored = async (making: Making): Promise<Draft> => {
    return { ...making, prepared: await frozenOf(ctx, making, part, knowing(making)) }
  }
  const drafts = await each(run, makings, async (making): Promise<Draft> => {
    if (isFrozen(making.badge, part)) return restored(making)
    return { ...making, ...(await draftOf(ctx, making, part, knowing(making))) }
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

/** With as many facts, the badges of one ground are alike but for their texts. */
function likenessOf({ ground, facts }: Making): string {
  return `${ground.key} ${facts.length}`
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
  await appendOfMany(
    trx,
    { at, actor: 'issuer', action },
    fresh
      .filter(({ id }) => first.has(id))
      .map(({ draft: { badge, prepared } }) => {
        return { subject: badge.public_id, details: { digest: prepared.digest, lints: LINTS } }
      }),
  )
  return first
}

/** Those whose endorsement by the company is signed and kept, with it. */
async function signEndorsements(run: IssuingRun, makings: readonly Frozen[]): Promise<Making[]> {
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

/** `companyKey`: that of the company when its badge was signed. */
type LookedAt = SignedAward & Readonly<{ companyKey: string }>

async function signedAward({ prepared, ...making }: Frozen): Promise<LookedAt> {
  const { dossier, badge, ground } = making
  // What an earlier run has kept counts, also when its key has been retired since, or is away.
  const { document, key } =
    badge.badge_signed === null
      ? await sign(making, 'badge', prepared)
      : { document: badge.badge_signed, key: '' }
  if (!isFrozenWithProof(document, prepared.text))
    throw new Unsignable(`what was signed for ${dossier.public_id} is not what was frozen`)
  const companyKey = ground.company.publicKeyMultibase
  return { dossier, badge, document, key, companyKey, ground }
}

/** Those that our verifier believes, once they are in the store; they are nowhere else. */
async function keepBelieved(
  run: IssuingRun,
  signed: readonly LookedAt[],
  doubts: readonly (Doubt | undefined)[],
): Promise<KeptAward[]> {
  const isFresh = ({ badge }: SignedAward) => badge.badge_signed === null
  const doubted = signed.filter((award, at) => doubts[at] !== undefined && isFresh(award))
  // Nothing of them was kept. What a stolen key has signed is signed again, what a list of a new key says looked at again.
  const put = putOff(run, await ofEndedKeys(run.ctx, doubted))
  const believed = signed.filter((award, at) => {
    const doubt = doubts[at]
    if (doubt && !put.has(award.badge.id)) run.failed.push({ award, error: errorOf(doubt) })
    return doubt === undefined
  })
  const { kept, late } = await keepSigned(run.ctx, believed.filter(isFresh))
  for (const id of putOff(run, late)) put.add(id)
  return believed
    .filter(({ badge }) => !put.has(badge.id))
    .map((award) => ({ ...award, isOurs: kept.has(award.badge.id) }))
}

async function ofEndedKeys(ctx: Context, awards: readonly LookedAt[]): Promise<LookedAt[]> {
  const keys = awards.flatMap((award) => [
    { award, key: award.key },
    { award, key: award.companyKey },
  ])
  const ended = await whileTheySign(ctx, keys, async () => {})
  return [...new Set(ended.map(({ award }) => award))]
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
