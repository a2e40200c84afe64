import { setImmediate } from 'node:timers/promises'
import type { Context } from '../context.js'
import { LintError } from '../credential/prepare-credential.js'
import { KeyChanged } from '../people/keys.js'
import type { Db } from '../store/schema.js'
import type { Lookups } from '../verifier/lookups.js'
import { Unsignable } from './frozen.js'
import type { Series } from './series.js'
import type { Award } from './sign-badge.js'
import { voidApproval } from './void-approval.js'

/** What the stages of one run over some awards share. */
export type IssuingRun = Readonly<{
  ctx: Context
  series: Series
  /** Of one badge. */
  lookupsOf: () => Lookups
  failed: { award: Award; error: unknown }[]
}>

export class FactsChanged extends Error {
  override readonly name = 'FactsChanged'
}

/** Badges between which others have their turn. */
const TURN = 20

/** What is made of each; one that fails is put aside and stops no other. */
export async function each<In extends Award, Out>(
  { failed }: IssuingRun,
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
export async function commit<Kept>(
  ctx: Context,
  what: readonly unknown[],
  keep: (trx: Db) => Promise<Kept>,
): Promise<Kept | undefined> {
  return what.length > 0 ? ctx.db.transaction().execute(keep) : undefined
}

/** Their key has changed before their signature was kept: they are signed again. @returns their badges */
export function putOff({ failed }: IssuingRun, awards: readonly Award[]): Set<number> {
  for (const award of awards)
    failed.push({ award, error: new KeyChanged(`of the badge ${award.badge.public_id}`) })
  return new Set(awards.map(({ badge }) => badge.id))
}

/** Takes those that were put off out of what has failed. @returns their dossiers */
export function takePutOff({ failed }: IssuingRun): number[] {
  const put = failed.filter(({ error }) => error instanceof KeyChanged)
  for (const one of put) failed.splice(failed.indexOf(one), 1)
  return put.map(({ award }) => award.dossier.id)
}

/** Voids what can never be issued. @throws {Error} the first of what may be put right */
export async function end({ ctx, failed }: IssuingRun): Promise<void> {
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
