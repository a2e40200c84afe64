import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { loadConfig } from '../../src/config.js'
import { startBatch } from '../../src/issuer/batches/start-batch.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { openContext, type OpenContext } from '../../src/open-context.js'
import { makeServiceKey } from '../../src/people/service-keys.js'
import { defineTemplate } from '../../src/templates/define-template.js'
import { publishVersion } from '../support/publish.js'
import { runNextJob } from '../../src/worker.js'
import { aClassOf } from '../issuer/class-story.js'
import { stepsOf } from '../issuer/steps.js'
import { tell, type Story } from '../issuer/story.js'
import { aDefinition } from '../support/definitions.js'
import { openWorld, type World } from '../support/world.js'

/** A minute after the approvals, by the clock of `openWorld`. */
export const NOW = '2026-11-24T11:01:00.000Z'

/** A line of figures for whoever reads the run. */
export const report = (what: string, figures: object): void =>
  void process.stdout.write(`${what}: ${JSON.stringify(figures)}\n`)

export type Environment = Record<string, string>
export const newFolder = () => mkdtempSync(join(tmpdir(), 'sceau-faults-'))
export const forget = (folder: string) => rmSync(folder, { recursive: true, force: true })

export const environment = (folder: string): Environment => ({
  DATA_DIR: join(folder, 'data'),
  KEYS_DIR: join(folder, 'keys'),
  PUBLIC_URL: 'https://sceau.example',
  LOG_LEVEL: 'silent',
  NOW,
})

export const openAt = (folder: string): Promise<OpenContext> =>
  openContext(loadConfig(environment(folder)), { now: () => new Date(NOW) })

export type Scene = 'one by one' | 'in a batch'
/** How many badges wait for their signature in the store that every fault begins with. */
export const BADGES: Record<Scene, number> = { 'one by one': 3, 'in a batch': 12 }

/** A store on disk in which some badges are to be signed, and none is. */
export const readyStore = (scene: Scene): Promise<string> =>
  storeOf((world, story) =>
    (scene === 'in a batch' ? orderBatch : approveEach)(world, story, BADGES[scene]),
  )

/** A store on disk in which something has happened. */
export async function storeOf(
  happens: (world: World, story: Story) => Promise<void>,
): Promise<string> {
  const folder = newFolder()
  const { close, ...real } = await openAt(folder)
  const { db, keys, vault, config, published } = real
  const world = await openWorld({ db, keys, vault, config, ...(published && { published }) })
  const story = await tell(world)
  await makeServiceKey(world)
  await happens(world, story)
  await close()
  return folder
}

/** Dossiers of one student, each approved by itself. */
async function approveEach(world: World, story: Story, count: number): Promise<void> {
  await approveAll(world, story, await publishEach(world, story, count))
}

/** Definitions that are endorsed, so that what is left to do is the same for every copy. @returns their versions */
export async function publishEach(world: World, story: Story, count: number): Promise<number[]> {
  const company = await world.db
    .selectFrom('organisations')
    .select('id')
    .where('kind', '=', 'company')
    .executeTakeFirstOrThrow()
  const versions: number[] = []
  for (let n = 0; n < count; n++) {
    const definition = { ...aDefinition, name: `${aDefinition.name} ${n + 1}` }
    const made = await defineTemplate(world, story.admin, { companyId: company.id, definition })
    await publishVersion(world, story.admin, made.versionId)
    versions.push(made.versionId)
  }
  while (await runNextJob(world));
  return versions
}

export async function approveAll(
  world: World,
  story: Story,
  versions: readonly number[],
): Promise<void> {
  for (const versionId of versions) {
    const dossierId = await openDossier(world, story.teacher, { ...story, versionId })
    await stepsOf(world, story, dossierId).upTo('approve')
  }
}

const SAID = { function: 'Tuteur', comment: 'Un travail soigné, du moule au démoulage.' }

/** A batch that approves and issues the dossiers of a class; none of its rows is taken yet. */
export async function orderBatch(world: World, story: Story, count: number): Promise<void> {
  const students = await aClassOf(world, story, count)
  const proposed = students.map((studentId) => ({ studentId, versionId: story.versionId }))
  await startBatch(world, story.teacher, { act: 'propose', rows: proposed, key: 'propose' })
  while (await runNextJob(world));
  const shown = async () => {
    const rows = await world.db
      .selectFrom('dossiers')
      .selectAll()
      .where('state', 'not in', ['approved', 'issued'])
      .execute()
    return rows.map((row) => ({ dossierId: row.public_id, digest: row.digest ?? '' }))
  }
  for (const [act, actor] of [
    ['assess', story.tutor],
    ['endorse', story.boss],
  ] as const) {
    await startBatch(world, actor, { act, rows: await shown(), key: act, ...SAID })
    while (await runNextJob(world));
  }
  await startBatch(world, story.head, { act: 'approve', rows: await shown(), key: 'approve' })
}

export function copyOf(folder: string): string {
  const copy = newFolder()
  cpSync(folder, copy, { recursive: true })
  return copy
}

export type Ended = Readonly<{
  signal: NodeJS.Signals | null
  /** SHA-256 of each released document that was told. */
  left: ReadonlyMap<string, string>
  /** What it did, if it came to its end. */
  statements: number
  signatures: number
  ms: number
}>

/** The compiled service is read from it: a start takes half the time. */
const CACHE = newFolder()
process.once('exit', () => forget(CACHE))

/**
 * Runs a service on a store until it has nothing to do, or dies.
 *
 * @param crash where it kills itself
 * @param options.killAfter so many milliseconds after it was ready it is killed from outside
 * @param options.told called for each badge that has left
 */
export function runChild(
  folder: string,
  crash: Environment,
  {
    killAfter,
    told,
  }: Readonly<{ killAfter?: number | undefined; told?: (id: string) => void }> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['test/faults/issuing-child.mjs'], {
    env: { ...process.env, NODE_COMPILE_CACHE: CACHE, ...environment(folder), ...crash },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const left = new Map<string, string>()
  let last = ''
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'ready' && killAfter !== undefined)
      setTimeout(() => child.kill('SIGKILL'), killAfter)
    if (line.startsWith('{')) {
      const { id, digest } = JSON.parse(line) as { id: string; digest: string }
      left.set(id, digest)
      told?.(id)
    }
    last = line
  })
  const did = (what: string) => Number(new RegExp(`${what} (\\d+)`).exec(last)?.[1] ?? 0)
  return new Promise((resolve) =>
    child.on('close', (_, signal) => {
      const [statements, signatures, ms] = [did('statements'), did('signatures'), did('ms')]
      resolve({ signal, left, statements, signatures, ms })
    }),
  )
}
