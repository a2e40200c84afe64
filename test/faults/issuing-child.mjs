// A service that is about to die: runs its jobs on a store until none is left, and tells each badge that left it.
// DATA_DIR and KEYS_DIR as ever; NOW is its clock; CRASH_AT kills it before its nth statement, CRASH_SIGN
// before or after (`after:2`) its nth signature.
import { loadConfig } from '../../dist/config.js'
import { readable } from '../../dist/issuer/store/packed-badges.js'
import { takeUpBadges } from '../../dist/issuer/take-up-badges.js'
import { openContext } from '../../dist/open-context.js'
import { runNextJob } from '../../dist/worker.js'

const start = Date.parse(process.env.NOW)
const began = performance.now()
const ctx = await openContext(loadConfig(process.env), {
  now: () => new Date(start + performance.now() - began),
})
const die = () => process.kill(process.pid, 'SIGKILL')

let statements = 0
const db = ctx.db.withPlugin({
  transformQuery({ node }) {
    statements += 1
    if (statements === Number(process.env.CRASH_AT)) die()
    return node
  },
  transformResult: async ({ result }) => result,
})

const [when, which] = (process.env.CRASH_SIGN ?? '').split(':')
let signatures = 0
async function sign(...of) {
  signatures += 1
  const last = signatures === Number(which)
  if (last && when === 'before') die()
  const signature = await ctx.keys.sign(...of)
  if (last && when === 'after') die()
  return signature
}

const dying = { ...ctx, db, keys: { ...ctx.keys, sign } }
console.log('ready')
await takeUpBadges(dying)
const told = new Set()
while (await runNextJob(dying)) {
  const rows = await ctx.db.selectFrom('badges').selectAll().execute()
  for (const { public_id: id, badge_document: document } of await readable(ctx.db, rows)) {
    if (document === null || told.has(id)) continue
    console.log(JSON.stringify({ id, document }))
    told.add(id)
  }
}
await ctx.close()
console.log(`statements ${statements} signatures ${signatures}`)
