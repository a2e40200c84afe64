// What it costs to back up a store of many students, each sealed under a key of their own, and to restore it. Makes its own data, in a
// folder of its own, and deletes it; with BENCH_POSTGRES_URL on that server instead, in an empty database: that is emptied between.
// See bench/README.md.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { backUp } from '../dist/cli/backup.js'
import { restore } from '../dist/cli/restore.js'
import { loadConfig } from '../dist/config.js'
import { openContext } from '../dist/open-context.js'
import { fill } from './mentoring/fill.mjs'
import { postgresSink, sqliteSink } from './mentoring/sinks.mjs'

const { values } = parseArgs({
  options: { students: { type: 'string', default: '300000' }, json: { type: 'boolean' } },
})
const students = Number(values.students)
if (!Number.isInteger(students) || students < 3_000) {
  console.error('--students takes a whole number from 3000 on.')
  process.exit(2)
}

/** A superuser's: rows are put in without the triggers that look up what they refer to. */
const server = process.env.BENCH_POSTGRES_URL
const folder = mkdtempSync(join(tmpdir(), 'sceau-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const at = (name) => join(folder, name)
const config = loadConfig({
  DATA_DIR: at('data'),
  KEYS_DIR: at('keys'),
  LOG_LEVEL: 'silent',
  ...(server && { DATABASE_URL: server }),
})

await (await openContext(config)).close()
const sink = server ? await postgresSink(server) : sqliteSink(at('data/sceau.sqlite'))
await fill(sink, students)
await sink.close()

const figures = { store_mb: await storeSize() }
// The first gives every student their key; those after find it.
await timed('first', () => backUp(config, at('first')))
rmSync(at('first'), { recursive: true })
await timed('backup', () => backUp(config, at('backup')))
figures.backup_mb = megabytes('backup/sceau.sqlite')
figures.keys_mb = megabytes('data/student-keys/student-keys.sqlite')
if (server) await onServer('drop schema public cascade; create schema public')
else rmSync(at('data/sceau.sqlite'))
await timed('restore', async () => {
  const done = await restore(config, at('backup'), {})
  if (!done.done || done.erased > 0) throw new Error(`Not restored: ${JSON.stringify(done)}`)
})
figures.restored_mb = await storeSize()
figures.peak_mb = process.resourceUsage().maxRSS / 1e3
if (server) await onServer('drop schema public cascade; create schema public')
for (const [name, value] of Object.entries(figures))
  console.log(`${name.padEnd(18)}${String(Number(value.toPrecision(4))).padStart(10)}`)
if (values.json) console.log(JSON.stringify(figures))

/** Seconds that pass, and that the process works: the disk, a server, and other work on the same cores, are in the first alone. */
async function timed(name, act) {
  const [begun, before] = [performance.now(), process.cpuUsage()]
  await act()
  const { user, system } = process.cpuUsage(before)
  figures[`${name}_s`] = (performance.now() - begun) / 1_000
  figures[`${name}_worked_s`] = (user + system) / 1e6
}

function megabytes(name) {
  return statSync(at(name)).size / 1e6
}

async function storeSize() {
  if (!server) return megabytes('data/sceau.sqlite')
  const [{ size }] = await onServer('select pg_database_size(current_database()) as size')
  return Number(size) / 1e6
}

async function onServer(question) {
  const client = new pg.Client(server)
  await client.connect()
  const { rows } = await client.query(question)
  await client.end()
  return rows ?? []
}
