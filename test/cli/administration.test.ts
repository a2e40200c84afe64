import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/program.js'
import { loadConfig } from '../../src/config.js'
import { openContext } from '../../src/open-context.js'
import { createOrganisation } from '../../src/people/create-organisation.js'
import { OPERATOR } from '../../src/people/operator.js'
import { enqueue } from '../../src/store/jobs.js'
import { runNextJob } from '../../src/worker.js'

let folder: string
let env: Record<string, string>
const lines: string[] = []
const errors: string[] = []
const out = { log: (line: string) => lines.push(line), error: (line: string) => errors.push(line) }
const sceau = (...words: string[]) => {
  lines.length = errors.length = 0
  return runCommand(['node', 'sceau', ...words], env, out)
}
const json = () => JSON.parse(lines.join('\n'))

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-admin-'))
  env = { DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), LOG_LEVEL: 'silent' }
  const ctx = await openContext(loadConfig(env))
  const uai = '9990001X'
  await createOrganisation(ctx, OPERATOR, { kind: 'lycee', name: 'Lycée DÉMO des Tilleuls', uai })
  const job = { id: 'job-1', kind: 'no-such-kind', key: 'x', payload: { of: 'Zoé' } }
  await enqueue(ctx.db, { ...job, runAt: ctx.now() })
  await runNextJob(ctx)
  await ctx.close()
})
afterEach(() => rmSync(folder, { recursive: true }))

test('sceau jobs tells what failed, without what it is about, and has it tried again', async () => {
  expect(await sceau('jobs', '--json')).toBe(1)
  expect(json()).toMatchObject({ troubled: [{ id: 'job-1', kind: 'no-such-kind', attempts: 1 }] })
  expect(lines.join()).not.toContain('Zoé')
  expect(await sceau('jobs', '--retry', 'job-1', '--json')).toBe(0)
  expect(json()).toEqual({ job: 'job-1', changed: true })
  expect(await sceau('jobs')).toBe(0)
  expect(await sceau('jobs', '--retry', 'nothing')).toBe(1)
})

test('sceau jobs does not try again beside the running service, and says who does', async () => {
  const service = await openContext(loadConfig(env))
  expect(await sceau('jobs', '--retry', 'job-1')).toBe(1)
  expect(errors.join()).toContain('/admin/health')
  expect(await sceau('jobs')).toBe(1)
  await service.close()
})

test('sceau health ends with 1 unless all is well, and knows of a backup', async () => {
  expect(await sceau('health', '--json')).toBe(1)
  const partOf = (name: string) =>
    json().parts.find((part: { name: string }) => part.name === name) as unknown
  expect(json().state).toBe('not-well')
  expect(partOf('jobs')).toMatchObject({ state: 'not-well', found: { failed: 1 } })
  expect(partOf('backup')).toMatchObject({ state: 'unknown', found: { madeAt: null } })
  expect(await sceau('backup', join(folder, 'copy'))).toBe(0)
  await sceau('health', '--json')
  expect(partOf('backup')).toMatchObject({ state: 'well' })
})

test('sceau audit tells lines, narrows them, and refuses what can’t be meant', async () => {
  expect(await sceau('audit', '--action', 'organisation.created', '--json')).toBe(0)
  expect(json()).toMatchObject({
    lines: [{ actor: 'operator', action: 'organisation.created' }],
    before: null,
  })
  expect(await sceau('audit')).toBe(0)
  expect(lines.join()).toContain('Organisation admitted')
  expect(lines.join()).not.toContain('Tilleuls')
  expect(await sceau('audit', '--day', '2026-02-31')).toBe(2)
  expect(errors.join()).toContain('--day')
})
