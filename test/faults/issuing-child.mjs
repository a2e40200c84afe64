// A service that is about to die: runs its jobs on a store until none is left, and tells each badge that left it.
// DATA_DIR and KEYS_DIR as ever; NOW is its clock; CRASH_AT kills it before its nth statement, CRASH_SIGN
// before or after (`after:2`) its nth signature; SIGN_MS is what each signature takes longer.
import { setTimeout as sleep } from 'node:timers/promises'
import { loadConfig } from '../../dist/config.js'
import { takeUpBatches } from '../../dist/issuer/batches/order.js'
import { takeUpBadges } from '../../dist/issuer/take-up-badges.js'
import { unpackMany } from '../../dist/store/audit-of-many.js'
import { openContext } from '../../dist/open-context.js'
import { runNextJob } from '../../dist/worker.js'

const start = Date.parse(process.env.NOW)
const began = performance.now()
const ctx = await openContext(loadConfig(process.env), {
  now: () => new Date(start + performance.now() - began),
})
const die = () => process.kill(process.pid, 'SIGKILL')

/** What is released may leave at once, also while a batch goes on: the audit has its digest. */
const told = new Set()
async function tell() {
  const lines = await ctx.db
    .selectFrom('audit')
    .select(['subject', 'details', 'packed'])
    .where('action', '=', 'badge.released')
    .execute()
  const released = lines.flatMap(({ subject, details, packed }) =>
    packed ? unpackMany(packed) : { subject, details: JSON.parse(details) },
  )
  for (const { subject: id, details } of released) {
    if (!told.has(id)) console.log(JSON.stringify({ id, digest: details.document }))
    told.add(id)
  }
}

let statements = 0
let telling
const db = ctx.db.withPlugin({
  transformQuery({ node }) {
    statements += 1
    if (statements === Number(process.env.CRASH_AT)) die()
    return node
  },
  transformResult: async ({ result }) => {
    // As soon as nobody holds the store, so after the next commit.
    telling ??= tell().finally(() => (telling = undefined))
    return result
  },
})

const [when, which] = (process.env.CRASH_SIGN ?? '').split(':')
let signatures = 0
async function sign(...of) {
  signatures += 1
  const last = signatures === Number(which)
  if (last && when === 'before') die()
  if (process.env.SIGN_MS) await sleep(Number(process.env.SIGN_MS))
  const signature = await ctx.keys.sign(...of)
  if (last && when === 'after') die()
  return signature
}

const dying = { ...ctx, db, keys: { ...ctx.keys, sign } }
console.log('ready')
const ready = performance.now()
await takeUpBadges(dying)
await takeUpBatches(dying)
while (await runNextJob(dying));
await telling
await tell()
const ms = Math.ceil(performance.now() - ready)
await ctx.close()
console.log(`statements ${statements} signatures ${signatures} ms ${ms}`)
