import { setTimeout as sleep } from 'node:timers/promises'
import request from 'supertest'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import { withoutProof } from '../../src/issuer/frozen.js'
import { checkBadges } from '../../src/issuer/check-badges.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { openKeyRing } from '../../src/key-ring.js'
import { OPERATOR } from '../../src/people/operator.js'
import { ANNOUNCED_MS } from '../../src/people/keys.js'
import { rotateKey } from '../../src/people/rotate-key.js'
import { seeKeys } from '../../src/people/see-keys.js'
import { findOrganisationBySlug } from '../../src/people/store.js'
import { countJobs } from '../../src/store/jobs.js'
import { lookupsOf } from '../../src/issuer/own-lookups.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { runNextJob } from '../../src/worker.js'
import { stepsOf } from '../issuer/steps.js'
import { tell, type Story } from '../issuer/story.js'
import { DAY, MINUTE, openWorld, type World } from '../support/world.js'
import { makeSoftToken, tokenProcesses, type SoftToken } from './soft-token.js'
import { firstBadge } from '../issuer/stored.js'

let token: SoftToken
let world: World
let story: Story
let close: (() => void)[]
beforeEach(() => {
  token = makeSoftToken()
  close = [() => token.remove()]
})
afterEach(() => {
  for (const one of close.reverse()) one()
})

/** The keys of a service whose settings name the token; `provider` makes the new ones. */
async function ringOf(provider: string) {
  const { module, token: label, pinFile } = token.settings
  const ring = await openKeyRing(
    loadConfig({
      KEYS_DIR: `${token.folder}/keys`,
      KEY_PROVIDER: provider,
      PKCS11_MODULE: module,
      PKCS11_TOKEN: label,
      PKCS11_PIN_FILE: pinFile,
    }),
  )
  close.push(() => ring.close())
  return ring
}

async function begin(provider: string): Promise<string> {
  world = await openWorld({ keys: await ringOf(provider) })
  story = await tell(world)
  const dossierId = await openDossier(world, story.teacher, story)
  await stepsOf(world, story, dossierId).upTo('approve')
  return dossierId
}

async function work(): Promise<void> {
  while (await runNextJob(world));
}

/** Off, and nobody is logged in any more. */
function switchOff(): void {
  token.takeAway()
  for (const pid of tokenProcesses()) process.kill(pid, 'SIGKILL')
}

const badge = () => firstBadge(world.db)
const signing = async () =>
  (await request(createApp(world)).get('/readyz').expect(200)).body.signing as Record<
    string,
    string
  >

async function assertValid(): Promise<void> {
  const { badge_document: document } = await badge()
  const around = { lookups: lookupsOf(world), now: world.now(), language: 'en' } as const
  const report = await verifyBadge(Buffer.from(document!), around)
  expect(report.verdict).toBe('valid')
  expect(await checkBadges(world)).toMatchObject({ badges: 1, faults: [] })
}

test('a badge is issued with keys that never left the token', async () => {
  await begin('pkcs11')
  await work()
  await assertValid()
  const providers = await world.db.selectFrom('organisation_keys').select('provider').execute()
  expect(providers.map(({ provider }) => provider)).toEqual(['pkcs11', 'pkcs11'])
})

test('while the token is away a badge stays prepared and readyz says so; once it is back it is finished', async () => {
  await begin('pkcs11')
  switchOff()
  await work()
  const waiting = await badge()
  expect(waiting.endorsement_prepared).not.toBeNull()
  expect(waiting.badge_document).toBeNull()
  expect((await countJobs(world.db)).waiting).toBeGreaterThan(0)
  expect(await signing()).toMatchObject({
    state: 'away',
    en: expect.stringContaining('Nothing is lost'),
  })

  // Two days: longer than any other failure is tried again.
  for (let hour = 0; hour < 48; hour++) {
    world.clock.advance(DAY / 24)
    await work()
  }
  expect(await countJobs(world.db)).toMatchObject({ givenUp: 0 })
  expect((await badge()).endorsement_prepared).toBe(waiting.endorsement_prepared)

  token.bringBack()
  await sleep(5_500)
  world.clock.advance(MINUTE)
  await work()
  expect(await signing()).toEqual({ state: 'ready' })
  const { endorsement } = JSON.parse((await badge()).badge_document ?? '') as {
    endorsement: [object]
  }
  expect(withoutProof(JSON.stringify(endorsement[0]))).toBe(waiting.endorsement_prepared)
  await assertValid()
})

test('rotation moves an organisation from files into the token and back; what each has signed stays valid', async () => {
  await begin('files')
  await work()
  await assertValid()
  const { slug } = await world.db
    .selectFrom('organisations')
    .selectAll()
    .where('kind', '=', 'lycee')
    .executeTakeFirstOrThrow()
  const school = (await findOrganisationBySlug(world.db, slug))!
  for (const provider of ['pkcs11', 'files']) {
    world = { ...world, keys: await ringOf(provider) }
    await rotateKey(world, OPERATOR, school)
    world.clock.advance(ANNOUNCED_MS)
    await work()
    await assertValid()
  }
  const keys = (await seeKeys(world, OPERATOR)).filter(({ did }) => did.endsWith(slug))
  expect(keys.map(({ state, provider }) => `${state} ${provider}`)).toEqual([
    'retired files',
    'retired pkcs11',
    'active files',
  ])
})
