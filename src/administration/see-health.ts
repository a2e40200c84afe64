import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Actor, Context } from '../context.js'
import { readClock } from '../issuer/assert-clock.js'
import { countFailedErasures } from '../issuer/rights/store.js'
import { readListStates } from '../issuer/store/status-lists.js'
import { readMailWait } from '../mail/health-store.js'
import { outboxState } from '../mail/store.js'
import { authorize } from '../people/authorize.js'
import { countOpenJobs } from '../store/jobs-seen.js'
import { ENGINE } from '../verifier/engine.js'
import { findChainCheck } from './store.js'
import * as weigh from './weigh-health.js'
import type { Findings, HealthPart, HealthState, PartName } from './weigh-health.js'

export type Health = Readonly<{
  state: HealthState
  at: string
  version: string
  parts: readonly HealthPart[]
}>

/** In DATA_DIR; `sceau backup` writes it anew after each copy, so that its time is that of the last. */
export const BACKUP_MARK = 'last-backup'

type Look = (ctx: Context) => Promise<readonly [HealthState, Findings]>

/** How the service is, part by part. A part that can't be looked at is unknown. @throws {DomainError} forbidden or not-found */
export async function seeHealth(ctx: Context, actor: Actor): Promise<Health> {
  authorize(actor, 'see-audit', {})
  const parts: HealthPart[] = []
  for (const name of weigh.PARTS) parts.push(await lookAt(ctx, name))
  const at = ctx.now().toISOString()
  return { state: weigh.weighAll(parts), at, version: ENGINE, parts }
}

async function lookAt(ctx: Context, name: PartName): Promise<HealthPart> {
  try {
    const [state, found] = await LOOKS[name](ctx)
    return { name, state, found }
  } catch (error) {
    ctx.log.error({ err: error, event: 'health-unknown', part: name })
    return { name, state: 'unknown', found: {} }
  }
}

const LOOKS: Readonly<Record<PartName, Look>> = {
  async store({ db }) {
    const answers = await sql`select 1`.execute(db).then(
      () => true,
      () => false,
    )
    return [answers ? 'well' : 'not-well', {}]
  },
  async audit({ db, now }) {
    const check = await findChainCheck(db)
    const { checked_at: checkedAt, entries, head, broken_at: brokenAt } = check ?? {}
    const found = { checkedAt: checkedAt ?? null, entries: entries ?? null }
    const rest = { head: head ?? null, brokenAt: brokenAt ?? null }
    return [weigh.weighChain(check, now()), { ...found, ...rest }]
  },
  async clock(ctx) {
    const { isRight, behindMs, fromStoreMs } = await readClock(ctx)
    return [isRight ? 'well' : 'not-well', { behindMs, fromStoreMs }]
  },
  async keys(ctx) {
    return [(await ctx.keys.away()) ? 'not-well' : 'well', {}]
  },
  async mail({ db, config, now }) {
    const { waiting, sent, givenUp: lost } = await outboxState(db)
    const wait = await readMailWait(db)
    const isOn = config.smtpUrl !== undefined
    const whys = wait.givenUp.map(({ why, count }) => [`givenUp:${why}`, count] as const)
    const found = { on: isOn ? 'on' : 'off', waiting, sent, givenUp: lost, oldest: wait.oldest }
    const state = weigh.weighMail({ ...wait, isOn, sent }, now())
    return [state, { ...found, ...Object.fromEntries(whys) }]
  },
  async jobs({ db, now }) {
    const kinds = await countOpenJobs(db)
    const sum = (of: 'waiting' | 'failed' | 'givenUp') =>
      kinds.reduce((total, kind) => total + kind[of], 0)
    const oldest = kinds.flatMap((kind) => kind.oldest ?? []).sort()[0] ?? null
    const found = { waiting: sum('waiting'), failed: sum('failed'), givenUp: sum('givenUp') }
    return [weigh.weighJobs(kinds, now()), { ...found, oldest }]
  },
  async lists({ db }) {
    const { lists, behind, oldestAt } = await readListStates(db)
    return [weigh.weighLists({ lists, behind }), { lists, behind, oldestAt }]
  },
  async erasures({ db }) {
    const failed = await countFailedErasures(db)
    return [weigh.weighErasures(failed), { failed }]
  },
  async disk({ config }) {
    const { bavail, blocks, bsize } = await statfs(config.dataDir)
    const [freeBytes, totalBytes] = [bavail * bsize, blocks * bsize]
    return [weigh.weighDisk(freeBytes, totalBytes), { freeBytes, totalBytes }]
  },
  async backup({ config, now }) {
    const mark = await stat(join(config.dataDir, BACKUP_MARK)).catch(() => undefined)
    const madeAt = mark ? mark.mtime.toISOString() : null
    return [weigh.weighBackup(madeAt, now()), { madeAt }]
  },
}
