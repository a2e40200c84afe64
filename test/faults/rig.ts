import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { loadConfig } from '../../src/config.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { openContext, type OpenContext } from '../../src/open-context.js'
import { defineTemplate } from '../../src/templates/define-template.js'
import { publishVersion } from '../../src/templates/publish-version.js'
import { runNextJob } from '../../src/worker.js'
import { stepsOf } from '../issuer/steps.js'
import { tell } from '../issuer/story.js'
import { aDefinition } from '../support/definitions.js'
import { openWorld } from '../support/world.js'

/** How many badges wait for their signature in the store that every fault begins with. */
export const BADGES = 4
/** A minute after the approvals, by the clock of `openWorld`. */
export const NOW = '2026-11-24T11:01:00.000Z'

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

/** A store on disk in which some badges are approved and none is signed. */
export async function approvedStore(): Promise<string> {
  const folder = newFolder()
  const { close, ...real } = await openAt(folder)
  const { db, keys, vault, config } = real
  const world = await openWorld({ db, keys, vault, config })
  const story = await tell(world)
  const company = await db
    .selectFrom('organisations')
    .select('id')
    .where('kind', '=', 'company')
    .executeTakeFirstOrThrow()
  const versions: number[] = []
  for (let n = 0; n < BADGES; n++) {
    const definition = { ...aDefinition, name: `${aDefinition.name} ${n + 1}` }
    const made = await defineTemplate(world, story.admin, { companyId: company.id, definition })
    await publishVersion(world, story.admin, made.versionId)
    versions.push(made.versionId)
  }
  // The definitions are endorsed: what is left to do is the same for every copy.
  while (await runNextJob(world));
  for (const versionId of versions) {
    const dossierId = await openDossier(world, story.teacher, { ...story, versionId })
    await stepsOf(world, story, dossierId).upTo('approve')
  }
  await close()
  return folder
}

export function copyOf(folder: string): string {
  const copy = newFolder()
  cpSync(folder, copy, { recursive: true })
  return copy
}

export type Ended = Readonly<{
  signal: NodeJS.Signals | null
  left: ReadonlyMap<string, string>
  last: string
}>

/**
 * Runs a service on a store until it has nothing to do, or dies.
 *
 * @param crash where it kills itself; `killAfter` milliseconds after it was ready it is killed from outside
 */
export function runChild(folder: string, crash: Environment, killAfter?: number): Promise<Ended> {
  const child = spawn(process.execPath, ['test/faults/issuing-child.mjs'], {
    env: { ...process.env, ...environment(folder), ...crash },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const left = new Map<string, string>()
  let last = ''
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'ready' && killAfter !== undefined)
      setTimeout(() => child.kill('SIGKILL'), killAfter)
    if (line.startsWith('{')) {
      const { id, document } = JSON.parse(line) as { id: string; document: string }
      left.set(id, document)
    }
    last = line
  })
  return new Promise((resolve) => child.on('close', (_, signal) => resolve({ signal, left, last })))
}
