import { beforeEach, describe, expect, test } from 'vitest'
import { checkBadges } from '../../src/issuer/check-badges.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { lookupsOf } from '../../src/issuer/own-lookups.js'
import { activeSigner } from '../../src/people/keys.js'
import { OPERATOR } from '../../src/people/operator.js'
import { revokeKey } from '../../src/people/revoke-key.js'
import { listOrganisations, type Organisation } from '../../src/people/store.js'
import { defineTemplate } from '../../src/templates/define-template.js'
import { publishVersion } from '../support/publish.js'
import { OFFLINE } from '../../src/verifier/lookups.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { runNextJob } from '../../src/worker.js'
import { toBase58 } from '../../src/credential/multibase.js'
import { canonize } from '../../src/credential/canonical.js'
import { sha256 } from '../../src/credential/digest.js'
import { aDefinition } from '../support/definitions.js'
import { HOUR, MINUTE, openWorld, SECOND, type World } from '../support/world.js'
import { stepsOf } from './steps.js'
import { tell, type Story } from './story.js'
import { storedBadges } from './stored.js'

let world: World
let story: Story
let school: Organisation
let company: Organisation
beforeEach(async () => {
  world = await openWorld()
  story = await tell(world)
  ;[school] = (await listOrganisations(world.db, 'lycee')) as [Organisation]
  ;[company] = (await listOrganisations(world.db, 'company')) as [Organisation]
})

let versions = 0
async function approve(versionId?: number): Promise<string> {
  const definition = { ...aDefinition, name: `${aDefinition.name} ${(versions += 1)}` }
  const made =
    versionId ??
    (await defineTemplate(world, story.admin, { companyId: company.id, definition })).versionId
  if (versionId === undefined) await publishVersion(world, story.admin, made)
  const dossierId = await openDossier(world, story.teacher, { ...story, versionId: made })
  await stepsOf(world, story, dossierId).upTo('approve')
  return dossierId
}
async function work(of = world): Promise<void> {
  while (await runNextJob(of));
}
/** The document of a badge that was issued now. */
async function issued(versionId?: number): Promise<string> {
  await approve(versionId)
  await work()
  const badges = await storedBadges(world.db)
  return badges.at(-1)!.badge_document!
}
const verify = (document: string, lookups = lookupsOf(world)) =>
  verifyBadge(Buffer.from(document), { lookups, now: world.now(), language: 'en' })
const binding = (report: Awaited<ReturnType<typeof verify>>) =>
  report.checks.find(({ name }) => name === 'issuer_binding')
const keyOf = async ({ id }: Organisation) => (await activeSigner(world, id)).publicKeyMultibase
const steal = async (of: Organisation, since = world.now()) =>
  revokeKey(world, OPERATOR, { key: await keyOf(of), since })

describe('RL-19 the school’s key was stolen at T', () => {
  test('what the log had before T stays valid, with a note; what it had since does not', async () => {
    const before = await issued()
    world.clock.advance(HOUR)
    const stolen = world.now()
    const onTheInstant = await issued()
    world.clock.advance(MINUTE)
    const after = await issued()
    expect((await verify(before)).warnings.map(({ code }) => code)).not.toContain(
      'logged_before_revocation',
    )
    world.clock.advance(HOUR)
    await steal(school, stolen)

    const kept = await verify(before)
    expect(kept).toMatchObject({ verdict: 'valid', trusted: true })
    expect(kept.warnings).toMatchObject([
      { code: 'logged_before_revocation', message: expect.stringContaining('24 November 2026') },
    ])
    for (const lost of [onTheInstant, after]) {
      const report = await verify(lost)
      expect(report).toMatchObject({ verdict: 'invalid', trusted: false })
      expect(binding(report)).toMatchObject({ result: 'fail', code: 'key_revoked' })
    }
    const since = await issued()
    expect(await verify(since)).toMatchObject({ verdict: 'valid', warnings: [] })
    expect(await checkBadges(world)).toEqual({ badges: 4, faults: [] })
  })

  test('a millisecond before T is before', async () => {
    const document = await issued()
    const { logged_at: at } = await world.db
      .selectFrom('log_leaves')
      .select('logged_at')
      .executeTakeFirstOrThrow()
    world.clock.advance(SECOND)
    await steal(school, new Date(Date.parse(at) + 1))
    expect((await verify(document)).verdict).toBe('valid')
  })

  test('what the thief signs and dates back is invalid: the log has never had it', async () => {
    const genuine = await issued()
    const signer = await activeSigner(world, school.id)
    world.clock.advance(HOUR)
    await steal(school)
    const { proof: proofs, ...credential } = JSON.parse(genuine)
    const forge = async (changes: object): Promise<string> => {
      const forged = { ...credential, ...changes }
      const { proofValue: _, ...options } = proofs[0]
      const context = { '@context': forged['@context'] }
      const texts = [await canonize({ ...context, ...options }), await canonize(forged)]
      const signature = await signer.sign(Buffer.concat(texts.map((text) => sha256(text))))
      const proof = [{ ...options, proofValue: `z${toBase58(signature)}` }]
      return JSON.stringify({ ...forged, proof })
    }
    // Signing is deterministic: what he makes of the same content is the same badge.
    expect(JSON.parse(await forge({}))).toEqual(JSON.parse(genuine))
    const other = { id: 'urn:uuid:0f9d3c5e-0000-4000-8000-000000000001' }
    for (const changes of [other, { name: 'Autre' }]) {
      const report = await verify(await forge(changes))
      expect(report.checks.find(({ name }) => name === 'proof')?.result).toBe('pass')
      expect(binding(report)).toMatchObject({ result: 'fail', code: 'key_revoked' })
      expect(report.verdict).toBe('invalid')
    }
  })

  test('the form in which somebody hands it in does not matter, its content does', async () => {
    const document = await issued()
    world.clock.advance(HOUR)
    await steal(school)
    const pretty = JSON.stringify(JSON.parse(document), null, 2)
    expect((await verify(pretty)).verdict).toBe('valid')
    const { id, ...rest } = JSON.parse(document)
    expect((await verify(JSON.stringify({ ...rest, id }))).verdict).toBe('valid')
  })

  test('a badge whose nonce was erased is not known any more, nor is any to a verifier elsewhere', async () => {
    const document = await issued()
    world.clock.advance(HOUR)
    await steal(school)
    const { logged: _, ...without } = lookupsOf(world)
    expect(await verify(document, without)).toMatchObject({ verdict: 'indeterminate' })
    expect(binding(await verify(document, without))?.code).toBe('key_revoked_later')
    expect((await verify(document, OFFLINE)).verdict).not.toBe('valid')
    await world.db.updateTable('badges').set({ log_nonce: null }).execute()
    expect((await verify(document)).verdict).toBe('invalid')
  })

  test('a badge that was signed and not released is voided if T is before, released if not', async () => {
    const broken = world.db.withPlugin({
      transformQuery({ node }) {
        if (JSON.stringify(node).includes('"badge.released"')) throw new Error('dead')
        return node
      },
      transformResult: async ({ result }) => result,
    })
    await approve()
    await work({ ...world, db: broken })
    world.clock.advance(MINUTE)
    await approve()
    const between = new Date(world.now().getTime() - 30 * SECOND)
    await work({ ...world, db: broken })
    world.clock.advance(HOUR)
    await steal(school, between)
    await work()
    const badges = await storedBadges(world.db)
    expect(badges).toHaveLength(1)
    expect((await verify(badges[0]!.badge_document!)).verdict).toBe('valid')
    const voided = await world.db.selectFrom('voided_badges').selectAll().execute()
    expect(voided).toMatchObject([{ reason: 'not-signable' }])
  })
})

describe('RL-19 the company’s key was stolen at T', () => {
  const verdicts = async (document: string) =>
    (await verify(document)).endorsements.map(({ verdict }) => verdict)

  test('its endorsements in badges that the log had before T count, in others not', async () => {
    const before = await issued()
    world.clock.advance(HOUR)
    const stolen = world.now()
    const after = await issued()
    world.clock.advance(HOUR)
    await steal(company, stolen)
    expect(await verify(before)).toMatchObject({ verdict: 'valid' })
    expect(await verdicts(before)).toEqual(['valid', 'valid'])
    // The badge is the school’s, whose key is safe.
    expect(await verify(after)).toMatchObject({ verdict: 'valid' })
    expect(await verdicts(after)).toEqual(['invalid', 'invalid'])
  })

  test('badges to come bear its endorsement of the definition, signed anew', async () => {
    const definition = { ...aDefinition, name: 'Une définition' }
    const { versionId } = await defineTemplate(world, story.admin, {
      companyId: company.id,
      definition,
    })
    await publishVersion(world, story.admin, versionId)
    await work()
    const old = await keyOf(company)
    world.clock.advance(HOUR)
    await steal(company)
    const document = await issued(versionId)
    expect(document).not.toContain(old)
    expect(await verdicts(document)).toEqual(['valid', 'valid'])
  })

  test('a badge that waits with its old endorsement is void: the company is asked again', async () => {
    const sign: typeof world.keys.sign = async (...of) => {
      if (of[0].name === (await keyOf(school))) throw new Error('the key does not answer')
      return world.keys.sign(...of)
    }
    await approve()
    await work({ ...world, keys: { ...world.keys, sign } })
    world.clock.advance(MINUTE)
    await steal(company)
    await work()
    const voided = await world.db.selectFrom('voided_badges').selectAll().execute()
    expect(voided).toMatchObject([{ reason: 'not-signable' }])
  })
})
