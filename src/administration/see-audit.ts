import type { Actor, Context } from '../context.js'
import { authorize } from '../people/authorize.js'
import { instantOf, today } from '../people/days.js'
import { appendAudit } from '../store/audit.js'
import { readAuditPart, type AuditFilter, type AuditLine } from '../store/audit-read.js'
import { nameIds, type Named } from './names-store.js'
import { findChainCheck, hasReading, insertReading, type ChainCheck } from './store.js'

const PAGE_LENGTH = 50

export type AuditQuestion = Readonly<{
  actor?: string | undefined
  action?: string | undefined
  subject?: string | undefined
  /** YYYY-MM-DD, at school. */
  day?: string | undefined
  /** Lines below this id. */
  before?: number | undefined
}>

export type AuditPage = Readonly<{
  lines: readonly AuditLine[]
  /** What ids stand for, as far as this reader may see it. */
  named: ReadonlyMap<string, Named>
  before: number | undefined
  check: ChainCheck | undefined
}>

/**
 * A page of the audit. That it was read is a line of the audit itself, once a day for each reader.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function seeAudit(
  ctx: Context,
  actor: Actor,
  asked: AuditQuestion,
): Promise<AuditPage> {
  authorize(actor, 'see-audit', {})
  await tellReading(ctx, actor)
  const { before, lines } = await readAuditPart(ctx.db, toFilter(ctx, asked), {
    before: asked.before,
    limit: PAGE_LENGTH,
  })
  const ids = lines.flatMap(({ actor: by, subject }) => [by, subject])
  const named = await nameIds(ctx.db, ids)
  return { lines, named, before, check: await findChainCheck(ctx.db) }
}

/** The operator at the command line writes nothing: the service may be running beside. */
async function tellReading(ctx: Context, { publicId, via }: Actor): Promise<void> {
  if (via === 'operator') return
  const day = today(ctx)
  if (await hasReading(ctx.db, publicId, day)) return
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await insertReading(trx, publicId, day))) return
    const line = { at: ctx.now(), actor: publicId, action: 'audit.read', subject: 'audit' }
    await appendAudit(trx, line)
  })
}

function toFilter(ctx: Context, { day, actor, action, subject }: AuditQuestion): AuditFilter {
  if (day === undefined) return { actor, action, subject }
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  const startOf = (one: string) => instantOf(one, '00:00', ctx.config.timeZone).toISOString()
  const [from, until] = [startOf(day), startOf(next.toISOString().slice(0, 10))]
  return { actor, action, subject, from, until }
}
