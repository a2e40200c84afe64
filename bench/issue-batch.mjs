// A durable batch, end to end: approved, places reserved, frozen, linted, endorsed, signed, checked by our own verifier, logged and
// committed with synchronous=FULL.
import { rmSync } from 'node:fs'
import { sql } from 'kysely'
import { runBatch } from '../dist/issuer/batches/run-batch.js'
import { receiptIn } from '../dist/issuer/batches/store.js'
import { startBatch } from '../dist/issuer/batches/start-batch.js'
import { checkBadges } from '../dist/issuer/check-badges.js'
import { validateAudit } from '../dist/store/audit.js'
import { endorsedDossiers, openIssuingStore } from './issue-store.mjs'

/** What is stored before the cost of few is taken, and how many are measured at a time. */
const FEW = 1_000
const MEASURED = 1_000

/**
 * @param stored how many badges there are when the cost of many is taken
 * @returns figures; throws when a badge is missing or is not sound
 */
export async function measureBatch(stored) {
  const store = await openIssuingStore()
  const { ctx, folder } = store
  try {
    await issue(store, FEW)
    const few = await issue(store, MEASURED)
    await issue(store, Math.max(0, stored - FEW - MEASURED))
    const many = await issue(store, MEASURED)
    await assertSound(ctx)
    return {
      batch_badges_per_s: MEASURED / many.seconds,
      batch_badge_cpu_us: many.cpuUs / MEASURED,
      batch_stored: stored,
      rss_mb: process.memoryUsage().rss / 2 ** 20,
      disk_bytes_per_badge: few.bytes / MEASURED,
      growth_ratio: many.cpuUs / few.cpuUs,
    }
  } finally {
    await ctx.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

let keys = 0

async function issue(store, count) {
  if (count === 0) return
  const { ctx, people } = store
  const rows = await endorsedDossiers(store, count)
  const before = await bytesOf(ctx)
  const input = { act: 'approve', rows, key: String((keys += 1)) }
  const publicId = await startBatch(ctx, people.head, input)
  const { id } = await ctx.db
    .selectFrom('batches')
    .select('id')
    .where('public_id', '=', publicId)
    .executeTakeFirstOrThrow()
  const began = performance.now()
  const cpu = process.cpuUsage()
  // A turn of the worker ends after some seconds: then it is given the next one.
  while (!(await receiptOf(ctx, id))) await runBatch(ctx, { batchId: id })
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - began) / 1_000
  const { counts } = JSON.parse(await receiptOf(ctx, id))
  if (counts.done !== count) throw new Error(`Of ${count} badges, ${counts.done} were issued.`)
  return { seconds, cpuUs: user + system, bytes: (await bytesOf(ctx)) - before }
}

async function receiptOf(ctx, id) {
  const row = await ctx.db
    .selectFrom('batches')
    .select('receipt_packed')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return receiptIn(row)
}

/** Of all pages that are in use: rows, indexes, audit. */
async function bytesOf(ctx) {
  const { rows } = await sql`select (page_count - freelist_count) * page_size as bytes
    from pragma_page_count, pragma_freelist_count, pragma_page_size`.execute(ctx.db)
  return rows[0].bytes
}

async function assertSound(ctx) {
  const { faults } = await checkBadges(ctx)
  const audit = await validateAudit(ctx.db)
  if (faults.length > 0 || !audit.sound) throw new Error('Something that was issued is not sound.')
}
