// What the pages of the book of evidence cost at the size of a country, on SQLite and on PostgreSQL, and how
// that grows. Makes its own data, in folders of its own, and deletes them. See bench/README.md.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { students: { type: 'string', default: '300000' }, json: { type: 'boolean' } },
})
const most = Number(values.students)
if (!Number.isInteger(most) || most < 6_000) {
  console.error('--students takes a whole number from 6000 on.')
  process.exit(2)
}
const least = Math.max(3_000, Math.round(most / 100))
/** Whatever happens, nothing runs longer. */
const LONGEST_MS = 45 * 60_000

const folder = mkdtempSync(join(tmpdir(), 'sceau-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const measureFile = fileURLToPath(new URL('./mentoring/measure.mjs', import.meta.url))
const found = { sqlite: run('sqlite') }
if (existsSync('/usr/lib/postgresql')) found.postgres = run('postgres')
else console.log('No PostgreSQL in /usr/lib/postgresql: on SQLite only.')
report()

/** In a process of its own: the memory of one store is no matter of the other. */
function run(store) {
  const node = [process.execPath, measureFile, store, folder, String(least), String(most)]
  const [command, ...args] =
    store === 'postgres' ? ['bash', 'scripts/with-postgres.sh', ...node] : node
  const { status, stdout } = spawnSync(command, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: LONGEST_MS,
    env: { ...process.env, TEST_POSTGRES_PORT: process.env.TEST_POSTGRES_PORT ?? '54388' },
  })
  if (status !== 0) process.exit(status ?? 1)
  return JSON.parse(stdout.toString().trim().split('\n').at(-1))
}

function report() {
  console.log(`${'figure'.padEnd(26)}${least} → ${most} students`)
  for (const [store, { small, large }] of Object.entries(found)) {
    console.log(`\n${store}`)
    for (const [name, value] of Object.entries(large))
      console.log(`${name.padEnd(26)}${show(small[name]).padStart(10)} → ${show(value)}`)
  }
  const figures = Object.fromEntries(
    Object.entries(found).flatMap(([store, { small, large }]) => {
      const suffix = store === 'sqlite' ? '' : `_${store}`
      const { cohort_p95_ms, indicators_p95_ms, import_2000_s } = large
      return Object.entries({
        cohort_p95_ms,
        indicators_p95_ms,
        import_2000_s,
        growth_ratio: Math.max(
          large.cohort_p50_ms / small.cohort_p50_ms,
          large.indicators_p50_ms / small.indicators_p50_ms,
        ),
      }).map(([name, value]) => [`${name}${suffix}`, Number(value.toPrecision(4))])
    }),
  )
  if (values.json) console.log(JSON.stringify(figures))
}

function show(value) {
  return String(Number(value.toPrecision(4)))
}
