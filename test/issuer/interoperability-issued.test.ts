import { DataIntegrityProof as BazaarProof } from '@digitalbazaar/data-integrity'
import { cryptosuite as bazaarSuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential as bazaarVerify } from '@digitalbazaar/vc'
import { DataIntegrityProof } from '@digitalcredentials/data-integrity'
import { cryptosuite } from '@digitalcredentials/eddsa-rdfc-2022-cryptosuite'
import { securityLoader } from '@digitalcredentials/security-document-loader'
import { verifyCredential as dccVerify } from '@digitalcredentials/vc'
import { verifyCredential as coreVerify } from '@digitalcredentials/verifier-core'
import request from 'supertest'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createApp } from '../../src/app.js'
import { loadContext } from '../../src/credential/contexts.js'
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
import { openWorld, type World } from '../support/world.js'
import { tell } from './story.js'

type Json = Record<string, any>
let world: World
let badge: Json
let tampered: Json
/** What the service answers at the addresses that a badge names: DID documents and status lists. */
const served = new Map<string, Json>()

beforeAll(async () => {
  world = await openWorld()
  badge = await issuedBadge(world)
  tampered = structuredClone(badge)
  tampered.credentialSubject.achievement.name = 'Une autre compétence'
  const app = createApp(world)
  for (const url of addressesIn(badge)) {
    const { body } = await request(app).get(new URL(url).pathname).expect(200)
    served.set(url, body as Json)
  }
})

/** No network: whoever asks for something that is not ours is told so. */
const asked: string[] = []
function stubFetch(): void {
  vi.stubGlobal('fetch', async (input: Request | string) => {
    const url = typeof input === 'string' ? input : input.url
    asked.push(url)
    const document = served.get(url)
    if (!document) throw new TypeError(`no network in this test: ${url}`)
    return Response.json(document)
  })
}
afterEach(() => vi.unstubAllGlobals())

const checkStatus = async () => ({ verified: true })

describe('a badge as the service issues it', () => {
  test('names its school and its companies by addresses that the service answers', () => {
    expect(served.size).toBeGreaterThanOrEqual(4)
    expect(
      [...served.values()].filter(({ verificationMethod }) => verificationMethod),
    ).toHaveLength(2)
  })

  test('verifies with @digitalbazaar/vc, each endorsement too, and not once a word has changed', async () => {
    stubFetch()
    const verify = (credential: object) =>
      bazaarVerify({
        credential,
        suite: new BazaarProof({ cryptosuite: bazaarSuite }),
        documentLoader: async (url) => documentAt(url) ?? loadContext(url),
        now: world.now(),
        checkStatus,
      })
    for (const credential of [badge, ...endorsementsIn(badge)]) {
      expect(await verify(credential)).toMatchObject({ verified: true })
    }
    expect(await verify(tampered)).toMatchObject({ verified: false })
  })

  test('verifies with @digitalcredentials/vc', async () => {
    stubFetch()
    const load = securityLoader().build()
    const verify = (credential: object) =>
      dccVerify({
        credential,
        suite: new DataIntegrityProof({ cryptosuite }),
        documentLoader: async (url: string) => documentAt(url) ?? load(url),
        now: world.now(),
        checkStatus,
      })
    expect(await verify(badge)).toMatchObject({ verified: true })
    expect(await verify(tampered)).toMatchObject({ verified: false })
  })

  test('verifies with @digitalcredentials/verifier-core, its status too', async () => {
    stubFetch()
    const verify = async (credential: Json) => {
      const answer: Json = await coreVerify({
        credential: structuredClone(credential) as never,
        knownDIDRegistries: [],
      })
      const step = (name: string) => answer.log?.find(({ id }: Json) => id === name)?.valid
      return { signature: step('valid_signature'), revoked: step('revocation_status') }
    }
    expect(await verify(badge)).toEqual({ signature: true, revoked: true })
    expect((await verify(tampered)).signature).not.toBe(true)
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
  const { badge_document: document } = await world.db
    .selectFrom('badges')
    .select('badge_document')
    .executeTakeFirstOrThrow()
  return JSON.parse(document!) as Json
}

/** Every credential that stands inside another, wherever it does. */
function endorsementsIn(value: unknown): Json[] {
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.values(value).flatMap(endorsementsIn)
  const own = value as Json
  return own['@context'] && own.type.includes('EndorsementCredential') ? [own, ...inside] : inside
}

function addressesIn(document: Json): Set<string> {
  const credentials = [document, ...endorsementsIn(document)]
  return new Set(
    credentials.flatMap(({ issuer, credentialStatus }) => [
      `https://${issuer.id.slice('did:web:'.length).replaceAll(':', '/')}/did.json`,
      credentialStatus.statusListCredential as string,
    ]),
  )
}

/** A DID document by its DID, and one key of it by its id, as the libraries ask for them. */
function documentAt(url: string): object | undefined {
  const [did, key] = url.split('#')
  const document = [...served.values()].find(({ id }) => id === did)
  const method = document?.verificationMethod?.find(({ id }: Json) => id === url)
  const found = key === undefined ? document : method && { '@context': MULTIKEY, ...method }
  return found && { contextUrl: null, documentUrl: url, document: found }
}
const MULTIKEY = 'https://w3id.org/security/multikey/v1'
