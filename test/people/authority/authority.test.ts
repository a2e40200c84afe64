import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor, Role } from '../../../src/context.js'
import {
  answerDomain,
  askDomain,
  declareAuthority,
  recordSiretSeen,
  seeDomainQuestion,
} from '../../../src/people/authority/prove.js'
import { knownOf, type Proof } from '../../../src/people/authority/rules.js'
import {
  declarationDigest,
  howWeKnow,
  seeAuthority,
} from '../../../src/people/authority/see-authority.js'
import { authorityWaiting } from '../../../src/people/authority/waiting.js'
import type { Organisation } from '../../../src/people/store.js'
import { openWorld, type World } from '../../support/world.js'
import { aCompany, asActor, auditOf, refusalOf, somebody } from '../people.js'

let world: World
let company: Organisation
let admin: Actor
let platform: Actor
let organisationId: string

const person = async (email: string, role: Role, id: number | null) =>
  asActor(world, await somebody(world, email, { role, organisationId: id }))

beforeEach(async () => {
  const opened = await openWorld()
  const config = { ...opened.config, smtpUrl: 'smtp://localhost', mailFrom: 'sceau@example.org' }
  world = { ...opened, config }
  company = await aCompany(world)
  organisationId = company.publicId
  admin = await person('admin@composites.example', 'company-admin', company.id)
  platform = await person('platform@example.org', 'platform-admin', null)
})

const states = async () =>
  Object.fromEntries(
    ((await howWeKnow(world, company.id)) ?? []).map((one) => [one.kind, one.state]),
  )
const declared = () => ({ organisationId, function: 'Gérante', digest: declarationDigest() })
async function tokenSent(): Promise<string> {
  const { letter_sealed } = await world.db
    .selectFrom('outbox_mails')
    .select('letter_sealed')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return /\/d\/([\w-]{43})/.exec(world.vault.open(letter_sealed ?? ''))![1]!
}
const YEAR_MS = Date.parse('2027-11-24T09:00:00Z') - Date.parse('2026-11-24T09:00:00Z')

describe('how we know a company', () => {
  test('nothing is proved until somebody has proved it', async () => {
    expect(await states()).toEqual({ siret: 'missing', domain: 'missing', declaration: 'missing' })
  })

  test('each proof in its own way, for a year; what it says of itself is declared, not proved', async () => {
    const seen = { organisationId, source: 'Annuaire des entreprises', day: '2026-11-20' }
    await recordSiretSeen(world, platform, seen)
    await declareAuthority(world, admin, declared())
    await askDomain(world, admin, { organisationId, email: 'contact@composites.example' })
    expect(await states()).toMatchObject({ domain: 'missing' })
    const token = await tokenSent()
    const sent = await world.db
      .selectFrom('outbox_mails')
      .select('subject')
      .executeTakeFirstOrThrow()
    expect(sent.subject).toMatch(/votre entreprise \? \/ Is this address/)
    await seeDomainQuestion(world, token)
    await seeDomainQuestion(world, token)
    await answerDomain(world, token)
    expect(await states()).toEqual({ siret: 'proved', domain: 'proved', declaration: 'declared' })
    expect(await refusalOf(answerDomain(world, token))).toMatchObject({ code: 'gone' })
    world.clock.advance(YEAR_MS - 1)
    expect(await states()).toMatchObject({ siret: 'expired', domain: 'proved' })
    world.clock.advance(1)
    expect(await states()).toEqual({ siret: 'expired', domain: 'expired', declaration: 'expired' })
    expect((await auditOf(world)).filter((one) => one === 'authority.proved')).toHaveLength(3)
  })

  test('a SIRET counts from the day on which it was seen, not from that on which it was written down', async () => {
    const seen = { organisationId, source: 'Annuaire des entreprises', day: '2025-11-25' }
    await recordSiretSeen(world, platform, seen)
    expect(await states()).toMatchObject({ siret: 'proved' })
    world.clock.at = new Date('2026-11-24T23:59:59.999Z')
    expect(await states()).toMatchObject({ siret: 'proved' })
    world.clock.at = new Date('2026-11-25T00:00:00.000Z')
    expect(await states()).toMatchObject({ siret: 'expired' })
    const late = await refusalOf(recordSiretSeen(world, platform, seen))
    expect(late.fields).toMatchObject([{ pointer: '/day' }])
  })

  test('a SIRET that is changed since proves nothing', async () => {
    const seen = { organisationId, source: 'Annuaire des entreprises', day: '2026-11-20' }
    await recordSiretSeen(world, platform, seen)
    await world.db.updateTable('organisations').set({ siret: '00099002800011' }).execute()
    expect(await states()).toMatchObject({ siret: 'missing' })
  })

  test('the newest proof counts', () => {
    const proof = (day: string, expiresAt: string): Proof => ({
      ...{ kind: 'siret', value: '1', source: 'registre', day, at: `${day}T00:00:00Z`, expiresAt },
    })
    const proofs = [
      proof('2025-01-01', '2026-01-01T00:00:00Z'),
      proof('2026-01-01', '2027-01-01T00:00:00Z'),
    ]
    const company = { siret: '1', domains: [], text: '' }
    const [siret] = knownOf(proofs, company, new Date('2026-06-01T00:00:00Z'))
    expect(siret).toMatchObject({ state: 'proved', proof: { day: '2026-01-01' } })
  })
})

describe('who proves what', () => {
  test('the platform looks up, the company declares; not the other way round, and no token', async () => {
    const seen = { organisationId, source: 'Annuaire des entreprises', day: '2026-11-20' }
    const rival = await aCompany(world, 'Plasturgie du Doubs', '00099002800011')
    const stranger = await person('rival@example.org', 'company-admin', rival.id)
    expect(await refusalOf(recordSiretSeen(world, admin, seen))).toMatchObject({
      code: 'forbidden',
    })
    for (const actor of [platform, { ...admin, via: 'token' as const }])
      expect(await refusalOf(declareAuthority(world, actor, declared()))).toMatchObject({
        code: 'forbidden',
      })
    for (const tried of [
      declareAuthority(world, stranger, declared()),
      seeAuthority(world, stranger, organisationId),
    ])
      expect(await refusalOf(tried)).toMatchObject({ code: 'not-found' })
    expect(await states()).toEqual({ siret: 'missing', domain: 'missing', declaration: 'missing' })
  })

  test('a domain where anybody gets an address, or of somebody else, proves nothing', async () => {
    await person('autre@gmail.com', 'company-endorser', company.id)
    for (const domain of ['gmx.com', 'yahoo.co.uk', 'club-internet.fr', 'tuta.com', 'ac-lyon.fr'])
      await person(`autre@${domain}`, 'company-endorser', company.id)
    for (const email of [
      'contact@gmail.com',
      'contact@elsewhere.example',
      'contact@gmx.com',
      'contact@yahoo.co.uk',
      'contact@club-internet.fr',
      'contact@tuta.com',
      'contact@ac-lyon.fr',
    ]) {
      const asking = askDomain(world, admin, { organisationId, email })
      expect((await refusalOf(asking)).fields).toMatchObject([{ pointer: '/email' }])
    }
  })

  test('whoever must step up reads without, and asks a domain, declares and looks up with a passkey alone', async () => {
    for (const actor of [admin, platform].map((one) => ({ ...one, mustStepUp: true as const }))) {
      expect(await seeAuthority(world, actor, organisationId)).toMatchObject({
        domains: [expect.any(String)],
      })
      const asking = askDomain(world, actor, {
        organisationId,
        email: 'contact@composites.example',
      })
      expect(await refusalOf(asking)).toMatchObject({ code: 'step-up-required' })
    }
    const seen = { organisationId, source: 'Annuaire des entreprises', day: '2026-11-20' }
    const looking = recordSiretSeen(world, { ...platform, mustStepUp: true }, seen)
    expect(await refusalOf(looking)).toMatchObject({ code: 'step-up-required' })
    const saying = declareAuthority(world, { ...admin, mustStepUp: true }, declared())
    expect(await refusalOf(saying)).toMatchObject({ code: 'step-up-required' })
    await askDomain(world, platform, { organisationId, email: 'contact@composites.example' })
  })

  test('a day to come and another text than was shown are refused', async () => {
    const seen = { organisationId, source: 'Annuaire des entreprises', day: '2099-01-01' }
    expect((await refusalOf(recordSiretSeen(world, platform, seen))).fields).toMatchObject([
      { pointer: '/day' },
    ])
    const other = { ...declared(), digest: 'b'.repeat(64) }
    expect(await refusalOf(declareAuthority(world, admin, other))).toMatchObject({
      code: 'conflict',
    })
  })

  test('the company is asked for what it lacks, and again a month before it ends', async () => {
    expect(await authorityWaiting(world, admin)).toMatchObject([{ count: 2 }])
    await declareAuthority(world, admin, declared())
    await askDomain(world, admin, { organisationId, email: 'contact@composites.example' })
    await answerDomain(world, await tokenSent())
    expect(await authorityWaiting(world, admin)).toEqual([])
    world.clock.advance(YEAR_MS - 30 * 86_400_000 - 1)
    expect(await authorityWaiting(world, admin)).toEqual([])
    world.clock.advance(1)
    expect(await authorityWaiting(world, admin)).toMatchObject([{ count: 2 }])
  })
})
