// A durable batch, end to end: approved, places reserved, frozen, linted, endorsed, signed, checked by our own verifier, logged and
// committed with synchronous=FULL. A process of its own, so that the memory it takes is its own:
//   node bench/issue-batch.mjs STORED
// and its last line is one JSON object.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { runBatch } from '../dist/issuer/batches/run-batch.js'
import { receiptIn } from '../dist/issuer/batches/store-receipts.js'
import { startBatch } from '../dist/issuer/batches/start-batch.js'
import { checkBadges } from '../dist/issuer/check-badges.js'
import { sqliteFile } from '../dist/store/open.js'
import { validateAudit } from '../dist/store/audit.js'
import { endorsedDossiers, openIssuingStore } from './issue-store.mjs'

/** What is stored before the cost of few is taken, and how many are measured at a time. */
const FEW = 1_000
const MEASURED = 1_000
let keys = 0
const FILL = fileURLToPath(new URL('issue-fill.mjs', import.meta.url))

/**
 * @param stored how many badges there are when the cost of many is taken; all but those that are measured are filled in as rows
 * @returns figures; throws when a badge is missing or is not sound
 */
async function measureBatch(stored) {
  const store = await openIssuingStore()
  const { ctx, folder } = store
  try {
    await issue(store, FEW)
    const few = await issue(store, MEASURED)
    const filled = await fill(ctx, Math.max(0, stored - FEW - MEASURED))
    const many = await issue(store, MEASURED)
    await assertSound(ctx, filled, FEW + 2 * MEASURED)
    return {
      batch_badges_per_s: MEASURED / many.seconds,
      batch_badge_cpu_us: many.cpuUs / MEASURED,
      batch_stored: stored,
      rss_mb: many.rssMb,
      rss_few_mb: few.rssMb,
      disk_bytes_per_badge: few.bytes / MEASURED,
      disk_bytes_per_badge_many: many.bytes / MEASURED,
      growth_ratio: many.cpuUs / few.cpuUs,
    }
  } finally {
    await ctx.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Badges as rows. @returns the ids that they have: after the first, up to the second */
async function fill(ctx, count) {
  const from = await lastBadge(ctx)
  if (count === 0) return [from, from]
  const file = sqliteFile(ctx.config.databaseUrl)
  const { status } = spawnSync(process.execPath, [FILL, file, String(count)], { stdio: 'inherit' })
  if (status !== 0) throw new Error('The store could not be filled.')
  return [from, await lastBadge(ctx)]
}

async function lastBadge({ db }) {
  const row = await db.selectFrom('badges').select('id').orderBy('id', 'desc').executeTakeFirst()
  return row?.id ?? 0
}

async function issue(store, count) {
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
  const rssMb = process.memoryUsage().rss / 2 ** 20
  const { counts } = JSON.parse(await receiptOf(ctx, id))
  if (counts.done !== count) throw new Error(`Of ${count} badges, ${counts.done} were issued.`)
  return { seconds, cpuUs: user + system, rssMb, bytes: (await bytesOf(ctx)) - before }
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

/** Every badge that was really issued, and the whole audit. What was filled in is no badge, and says so before. */
async function assertSound(ctx, [after, to], issued) {
  await ctx.db
    .updateTable('badges')
    .set({ released_at: null })
    .where('id', '>', after)
    .where('id', '<=', to)
    .execute()
  const { badges, faults } = await checkBadges(ctx)
  const audit = await validateAudit(ctx.db)
  if (badges !== issued || faults.length > 0 || !audit.sound)
    throw new Error('Something that was issued is not sound.')
}

console.log(JSON.stringify(await measureBatch(Number(process.argv[2]))))
