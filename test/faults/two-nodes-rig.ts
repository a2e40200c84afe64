import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { loadConfig } from '../../src/config.js'
import { startBatch } from '../../src/issuer/batches/start-batch.js'
import { listUnfinishedBatches } from '../../src/issuer/batches/store.js'
import { listUnfinished } from '../../src/issuer/store/badges.js'
import { openContext } from '../../src/open-context.js'
import { makeServiceKey } from '../../src/people/service-keys.js'
import { defineTemplate } from '../../src/templates/define-template.js'
import { publishVersion } from '../support/publish.js'
import { runNextJob } from '../../src/worker.js'
import { aClassOf } from '../issuer/class-story.js'
import { tell, type Story } from '../issuer/story.js'
import { aDefinition } from '../support/definitions.js'
import { openWorld, type World } from '../support/world.js'
import { environment, newFolder } from './rig.js'

export type Endorsed = Readonly<{ dossierId: string; digest: string }>
export type Rig = Readonly<{
  folder: string
  world: World
  story: Story
  companyId: number
  students: readonly string[]
  close(): Promise<void>
}>

/** A class and a few definitions in a store of PostgreSQL. */
export async function openRig(url: string, students: number): Promise<Rig> {
  const folder = newFolder()
  const config = loadConfig({ ...environment(folder), DATABASE_URL: url })
  const { db, keys, vault, close } = await openContext(config)
  const world = await openWorld({ db, keys, vault, config })
  const story = await tell(world)
  await makeServiceKey(world)
  const company = await db
    .selectFrom('organisations')
    .select('id')
    .where('kind', '=', 'company')
    .executeTakeFirstOrThrow()
  const ids = await aClassOf(world, story, students)
  return { folder, world, story, companyId: company.id, students: ids, close }
}

/** Another definition, published. @returns its version */
export async function anotherVersion({ world, story, companyId }: Rig, n: number): Promise<number> {
  const definition = { ...aDefinition, name: `${aDefinition.name} ${n}` }
  const made = await defineTemplate(world, story.admin, { companyId, definition })
  await publishVersion(world, story.admin, made.versionId)
  return made.versionId
}

/** A dossier of each student for a version, which only waits for the school's approval. */
export async function endorsedOf(rig: Rig, versionId: number): Promise<Endorsed[]> {
  const { world, story, students } = rig
  const key = (step: string) => `${step} ${versionId}`
  const steps = [
    ['propose', story.teacher, {}],
    ['assess', story.tutor, { function: 'Tuteur' }],
    ['endorse', story.boss, { function: 'Gérante', comment: 'Nous l’avons vue travailler.' }],
  ] as const
  for (const [act, actor, said] of steps) {
    const open = await dossiersOf(world, versionId)
    const rows = act === 'propose' ? students.map((studentId) => ({ studentId, versionId })) : open
    await startBatch(world, actor, { act, rows, key: key(act), ...said })
    while (await runNextJob(world));
  }
  return dossiersOf(world, versionId)
}

async function dossiersOf({ db }: World, versionId: number): Promise<Endorsed[]> {
  const rows = await db
    .selectFrom('dossiers')
    .select(['public_id', 'digest'])
    .where('template_version_id', '=', versionId)
    .orderBy('id')
    .execute()
  return rows.map(({ public_id, digest }) => ({ dossierId: public_id, digest: digest ?? '' }))
}

export type Line = Readonly<{
  event?: string
  job?: string
  kind?: string
  err?: { message: string; code?: string }
}>
export type Node = Readonly<{
  lines: readonly Line[]
  /** Finishes what is in hand. @returns its exit code */
  stop(): Promise<number | null>
  /** Ends it at once, whatever it does. */
  kill(): Promise<unknown>
}>

const running = new Set<ChildProcess>()

/** Ends what a test that failed has left. */
export async function endNodes(): Promise<void> {
  for (const child of running) {
    child.kill('SIGKILL')
    await once(child, 'close')
  }
}

/** A node of its own process, on the same store and the same keys as the rig. */
export async function startNode(rig: Rig, env: Record<string, string>): Promise<Node> {
  const child = spawn(process.execPath, ['test/faults/node-child.mjs'], {
    env: { ...process.env, ...environment(rig.folder), LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child.once('close', () => running.delete(child)))
  const lines: Line[] = []
  const read = (line: string) =>
    lines.push(line.startsWith('{') ? (JSON.parse(line) as Line) : { event: line })
  createInterface({ input: child.stderr }).on('line', read)
  const ended = once(child, 'close') as Promise<[number | null]>
  await once(child.stdout, 'data')
  return {
    lines,
    async stop() {
      child.kill('SIGTERM')
      return (await ended)[0]
    },
    kill() {
      child.kill('SIGKILL')
      return ended
    },
  }
}

/** Waits until every badge is released or void, and every batch has its receipt. */
export async function untilDone({ db }: World, withinMs: number): Promise<void> {
  const until = Date.now() + withinMs
  for (;;) {
    const left = [await listUnfinished(db), await listUnfinishedBatches(db)].flat().length
    if (left === 0) return
    if (Date.now() > until) throw new Error(`${left} badges and batches are not finished.`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
