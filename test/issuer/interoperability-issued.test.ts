import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createApp } from '../../src/app.js'
import { approve } from '../../src/issuer/approve.js'
import { assess } from '../../src/issuer/assess.js'
import { endorse } from '../../src/issuer/endorse.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { lookupsOf } from '../../src/issuer/own-lookups.js'
import { propose } from '../../src/issuer/propose.js'
import { findDossier } from '../../src/issuer/store/dossiers.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { runNextJob } from '../../src/worker.js'
import { edit, leavesOf, placesOf, repeat, type Path } from '../support/leaves.js'
import {
  endorsementsIn,
  otherVerifiers,
  servedFor,
  type Served,
} from '../support/other-verifiers.js'
import { openWorld, type World } from '../support/world.js'
import { tell } from './story.js'
import { firstBadge } from './stored.js'

type Json = Record<string, any>
let world: World
let badge: Json
let tampered: Json
let served: Served

beforeAll(async () => {
  world = await openWorld()
  badge = await issuedBadge(world)
  tampered = structuredClone(badge)
  tampered.credentialSubject.achievement.name = 'Une autre compétence'
  served = await servedFor(createApp(world), badge)
})
afterEach(() => vi.unstubAllGlobals())

describe('a badge as the service issues it', () => {
  test('names its school and its companies by addresses that the service answers', () => {
    expect(served.size).toBeGreaterThanOrEqual(4)
    expect(
      [...served.values()].filter(({ verificationMethod }) => verificationMethod),
    ).toHaveLength(2)
  })

  test('verifies with @digitalbazaar/vc, each endorsement too, and not once a word has changed', async () => {
    const { bazaar } = otherVerifiers(served, world.now())
    for (const credential of [badge, ...endorsementsIn(badge)])
      expect(await bazaar(credential)).toMatchObject({ verified: true })
    expect(await bazaar(tampered)).toMatchObject({ verified: false })
  })

  test('verifies with @digitalcredentials/vc', async () => {
    const { dcc } = otherVerifiers(served, world.now())
    expect(await dcc(badge)).toMatchObject({ verified: true })
    expect(await dcc(tampered)).toMatchObject({ verified: false })
  })

  test('verifies with @digitalcredentials/verifier-core, its status too', async () => {
    const { core } = otherVerifiers(served, world.now())
    expect(await core(badge)).toEqual({ signature: true, revoked: true })
    expect((await core(tampered)).signature).not.toBe(true)
  })
})

type Change = (document: Json, path: Path) => boolean
const ON_LEAVES: [string, Change][] = [
  ['changed', (document, path) => edit(document, path, changed)],
  ['doubled', (document, path) => edit(document, path, (value) => [value, changed(value)])],
  ['written twice', (document, path) => edit(document, path, (value) => [value, value])],
]
const ANYWHERE: [string, Change][] = [
  ['removed', (document, path) => edit(document, path, () => undefined)],
  ['repeated', repeat],
]
function changed(value: unknown): unknown {
  if (typeof value === 'string') return `${value}x`
  return typeof value === 'number' ? value + 1 : !value
}

describe('PR-21 every place of an issued badge, those of its endorsements too', () => {
  const isSeen = async (document: Json) => {
    const around = { lookups: lookupsOf(world), now: world.now(), language: 'en' as const }
    const report = await verifyBadge(Buffer.from(JSON.stringify(document)), around)
    return report.verdict !== 'valid'
  }
  const unseen = async (paths: Path[], [how, change]: [string, Change]) => {
    const found: string[] = []
    for (const path of paths) {
      const document = structuredClone(badge)
      if (change(document, path) && !(await isSeen(document))) found.push(path.join('/'))
    }
    return { [how]: found }
  }

  test('is as it was signed, untouched', async () => {
    expect(await isSeen(badge)).toBe(false)
    expect(leavesOf(badge).length).toBeGreaterThan(80)
  })

  test.each(ON_LEAVES)('can’t be %s unseen', async (...change) => {
    expect(await unseen(leavesOf(badge), change)).toEqual({ [change[0]]: [] })
  })

  test.each(ANYWHERE)('can’t be %s unseen', async (...change) => {
    expect(await unseen(placesOf(badge), change)).toEqual({ [change[0]]: [] })
  })
})

async function issuedBadge(world: World): Promise<Json> {
  const story = await tell(world)
  const dossierId = await openDossier(world, story.teacher, story)
  await propose(world, story.teacher, dossierId)
  const { digest } = (await findDossier(world.db, dossierId))!
  const committed = {
    dossierId,
    digest: digest!,
    function: 'Tuteur',
    comment: 'Vue à l’œuvre, du moule au démoulage.',
  }
  await assess(world, story.tutor, committed)
  await endorse(world, story.boss, committed)
  await approve(world, story.head, committed)
  while (await runNextJob(world));
  const { badge_document: document } = await firstBadge(world.db)
  return JSON.parse(document!) as Json
}
