import { readFile } from 'node:fs/promises'
import type { TrustSource } from '../../config.js'
import type { Context } from '../../context.js'
import { sha256 } from '../../credential/digest.js'
import { skeleton } from '../../credential/skeleton.js'
import { enqueue } from '../../store/jobs.js'
import { forgetOtherLists, keepList, noteFault } from '../store/trust-lists.js'
import { readIssuerList, type ListFault } from './issuer-list.js'

export const REFRESH_JOB = 'refresh-trust-lists'
/** How old what a publisher took back may be here. */
const REFRESH_MS = 6 * 3_600_000

export type Refreshed = Readonly<{
  source: string
  /** undefined: the list is good. */
  fault: ListFault | 'unreachable' | 'older' | undefined
}>

/** Asks for every list of the settings and keeps those that are good; of the others the last good one stays. */
export async function refreshTrustLists(ctx: Context): Promise<Refreshed[]> {
  const { trustLists } = ctx.config
  await ctx.db.transaction().execute((trx) => forgetOtherLists(trx, trustLists))
  const texts = await Promise.all(trustLists.map(({ source }) => textOf(ctx, source)))
  const refreshed: Refreshed[] = []
  // One transaction after the other: SQLite has one connection.
  for (const [index, of] of trustLists.entries()) {
    const fault = await keepText(ctx, of, texts[index])
    if (fault !== undefined) {
      await ctx.db.transaction().execute((trx) => noteFault(trx, of, { fault, at: ctx.now() }))
      ctx.log.warn({ event: 'trust-list-fault', source: of.source, fault })
    }
    refreshed.push({ source: of.source, fault })
  }
  return refreshed
}

/** Orders a refresh for now; it orders the next one. Does nothing without lists. */
export async function startTrustLists(ctx: Context): Promise<void> {
  if (ctx.config.trustLists.length === 0) return
  await order(ctx, { key: `start ${ctx.newId()}`, runAt: ctx.now() })
}

/** The job: every six hours, once for all processes. */
export async function refreshOnSchedule(ctx: Context): Promise<void> {
  if (ctx.config.trustLists.length === 0) return
  await refreshTrustLists(ctx)
  const runAt = new Date((Math.floor(ctx.now().getTime() / REFRESH_MS) + 1) * REFRESH_MS)
  await order(ctx, { key: runAt.toISOString(), runAt })
}

function order(ctx: Context, { key, runAt }: { key: string; runAt: Date }): Promise<void> {
  return enqueue(ctx.db, { id: ctx.newId(), kind: REFRESH_JOB, key, payload: {}, runAt })
}

async function keepText(
  ctx: Context,
  of: TrustSource,
  text: Uint8Array | undefined,
): Promise<Refreshed['fault']> {
  if (text === undefined) return 'unreachable'
  const url = isAddress(of.source) ? of.source : undefined
  const list = await readIssuerList(text, { key: of.key, url, now: ctx.now() })
  if (typeof list === 'string') return list
  const kept = await ctx.db.transaction().execute((trx) =>
    keepList(trx, of, {
      list,
      digest: sha256(Buffer.from(text)).toString('hex'),
      skeletons: list.issuers.map(({ name }) => skeleton(name)),
      at: ctx.now(),
    }),
  )
  return kept ? undefined : 'older'
}

/** @returns undefined when it can't be had */
async function textOf(ctx: Context, source: string): Promise<Uint8Array | undefined> {
  if (!isAddress(source)) return readFile(source).catch(() => undefined)
  const fetched = await ctx.outside.fetchText(
    source,
    'application/jwt, application/jose, text/plain',
  )
  return fetched.outcome === 'found' ? fetched.body : undefined
}

function isAddress(source: string): boolean {
  return source.startsWith('https://')
}
