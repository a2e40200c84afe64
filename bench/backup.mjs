// What it costs to back up a store of many students, each sealed under a key of their own, and to restore it. Makes its own data, in a
// folder of its own, and deletes it. See bench/README.md.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { backUp } from '../dist/cli/backup.js'
import { restore } from '../dist/cli/restore.js'
import { loadConfig } from '../dist/config.js'
import { openContext } from '../dist/open-context.js'
import { fill } from './mentoring/fill.mjs'
import { sqliteSink } from './mentoring/sinks.mjs'

const { values } = parseArgs({
  options: { students: { type: 'string', default: '300000' }, json: { type: 'boolean' } },
})
const students = Number(values.students)
if (!Number.isInteger(students) || students < 3_000) {
  console.error('--students takes a whole number from 3000 on.')
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'sceau-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const at = (name) => join(folder, name)
const configOf = (dataDir) =>
  loadConfig({ DATA_DIR: dataDir, KEYS_DIR: at('keys'), LOG_LEVEL: 'silent' })

await (await openContext(configOf(at('data')))).close()
const sink = sqliteSink(at('data/sceau.sqlite'))
await fill(sink, students)
await sink.close()

const figures = { store_mb: megabytes('data/sceau.sqlite') }
// The first gives every student their key; those after find it.
await timed('first', () => backUp(configOf(at('data')), at('first')))
rmSync(at('first'), { recursive: true })
await timed('backup', () => backUp(configOf(at('data')), at('backup')))
figures.backup_mb = megabytes('backup/sceau.sqlite')
figures.keys_mb = megabytes('data/student-keys/student-keys.sqlite')
rmSync(at('data/sceau.sqlite'))
await timed('restore', async () => {
  const done = await restore(configOf(at('data')), at('backup'), {})
  if (!done.done || done.erased > 0) throw new Error(`Not restored: ${JSON.stringify(done)}`)
})
for (const [name, value] of Object.entries(figures))
  console.log(`${name.padEnd(18)}${String(Number(value.toPrecision(4))).padStart(10)}`)
if (values.json) console.log(JSON.stringify(figures))

/** Seconds that pass, and that the process works: the disk, and other work on the same cores, are in the first alone. */
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
