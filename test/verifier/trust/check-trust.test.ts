import { describe, expect, test } from 'vitest'
import { buildBadge } from '../../../src/credential/build-credential.js'
import type { Known, Lookups } from '../../../src/verifier/lookups.js'
import { domainOf } from '../../../src/verifier/signed-content.js'
import { verifyBadge } from '../../../src/verifier/verify-badge.js'
import type { Language } from '../../../src/words.js'
import { AWARDED, badgeValues, school, signedEndorsement, LISTS } from '../../support/badges.js'
import { lookupsOf, signedList } from '../../support/lookups.js'
import { signAnything } from '../../support/raw-signature.js'
import { signerOf } from '../../support/signers.js'

type Json = Record<string, any>
const stranger = signerOf('stranger')
const publisher = { fr: 'Académie DÉMO', en: 'DÉMO Academy' }
const VOLTAIRE = { 'did:web:voltaire.example': 'Lycée Voltaire' }

/** A genuine badge of whoever says to have this name. */
function badgeOf(name: string | undefined, signer = stranger, changes: Json = {}): Promise<Json> {
  const made = structuredClone(buildBadge(badgeValues())) as Json
  delete made.credentialStatus
  const issuer: Json = { id: signer.did, type: ['Profile'], ...(name !== undefined && { name }) }
  return signAnything({ ...made, issuer, ...changes }, signer)
}

const verify = (badge: Json, lookups: Lookups = lookupsOf({}), language: Language = 'fr') =>
  verifyBadge(Buffer.from(JSON.stringify(badge)), { lookups, now: AWARDED, language })
const knowing = (known: Known): Lookups => ({ ...lookupsOf({}), knows: async () => known })
const trustOf = (report: Awaited<ReturnType<typeof verify>>) =>
  report.checks.find(({ name }) => name === 'trust')
const codesOf = (report: Awaited<ReturnType<typeof verify>>) =>
  report.warnings.map(({ code }) => code)

describe('who knows the issuer', () => {
  test('an organisation of this service is one, and trusted', async () => {
    const report = await verify(
      await badgeOf('Lycée DÉMO'),
      knowing({ name: 'Lycée DÉMO', standing: 'counts' }),
    )
    expect(report).toMatchObject({ verdict: 'valid', trusted: true, warnings: [] })
    expect(trustOf(report)?.message).toContain('organisation de ce service')
  })

  test.each<[Language, string]>([
    ['fr', 'connu de la liste de « Académie DÉMO », sous le nom de « Lycée DÉMO »'],
    ['en', 'known to the list of “DÉMO Academy”, as “Lycée DÉMO”'],
  ])('a list says whose it is, in %s', async (language, words) => {
    const known: Known = { name: 'Lycée DÉMO', publisher, standing: 'counts' }
    const report = await verify(await badgeOf('Lycée DÉMO'), knowing(known), language)
    expect(report).toMatchObject({ verdict: 'valid', trusted: true })
    expect(trustOf(report)).toMatchObject({ result: 'pass', code: 'trust' })
    expect(trustOf(report)?.message).toContain(words)
  })

  test.each<[Known['standing'], string]>([
    ['other_time', 'not_listed_then'],
    ['out_of_date', 'list_out_of_date'],
  ])('a list whose answer is %s makes no trust, and says so', async (standing, code) => {
    const report = await verify(
      await badgeOf('Lycée'),
      knowing({ name: 'Lycée', publisher, standing }),
    )
    expect(report).toMatchObject({ verdict: 'valid', trusted: false })
    expect(trustOf(report)).toMatchObject({ result: 'unknown', code })
    expect(trustOf(report)?.message).toContain('Académie DÉMO')
  })

  test('it is asked with the instant since when the badge counts', async () => {
    const asked: string[] = []
    const knows: Lookups['knows'] = async (_, issuedAt) => {
      asked.push(issuedAt.toISOString())
      return undefined
    }
    await verify(await badgeOf('Lycée'), { ...lookupsOf({}), knows })
    expect(asked).toEqual(['2026-06-15T00:00:00.000Z'])
  })

  test('it never turns a verdict: a known name does not make a forged badge good', async () => {
    const forged = await badgeOf('Lycée', { ...stranger, did: school.did, controller: school.did })
    const report = await verify(forged, knowing({ name: 'Lycée', standing: 'counts' }))
    expect(report).toMatchObject({ verdict: 'invalid', trusted: false })
  })

  test('another name in the badge than in the list is told, with both', async () => {
    const known: Known = { name: 'Lycée Voltaire', publisher, standing: 'counts' }
    const report = await verify(await badgeOf('Académie de Paris'), knowing(known))
    expect(report).toMatchObject({
      verdict: 'valid',
      trusted: true,
      warnings: [{ code: 'name_differs' }],
    })
    expect(report.warnings[0]?.message).toMatch(/« Académie de Paris ».*« Lycée Voltaire »/)
    const own = await verify(
      await badgeOf('Ancien nom'),
      knowing({ name: 'Nouveau', standing: 'counts' }),
      'en',
    )
    expect(own.warnings[0]?.message).toContain('“Ancien nom”; we know it as “Nouveau”')
  })

  test.each([['LYCEE VOLTAIRE'], [undefined]])('%s is no other name', async (name) => {
    const known: Known = { name: 'Lycée Voltaire', publisher, standing: 'counts' }
    expect(codesOf(await verify(await badgeOf(name), knowing(known)))).toEqual([])
  })
})

describe('a stranger whose name looks like one that is known', () => {
  test.each([
    ['IS-10 in Cyrillic letters', 'L\u0443\u0441ée Voltaire'],
    ['IS-10 in capitals', 'LYCEE VOLTAIRE'],
    ['IS-10 with two spaces', 'Lycée  Voltaire'],
    ['IS-10 with a zero-width space', 'Lycée Voltaire\u200b'],
    ['letter for letter', 'Lycée Voltaire'],
  ])('%s is pointed out, and not green', async (_, name) => {
    const report = await verify(await badgeOf(name), lookupsOf({ known: VOLTAIRE }))
    expect(report).toMatchObject({ verdict: 'valid', trusted: false })
    expect(report.warnings[0]).toMatchObject({ code: 'look_alike' })
    expect(report.warnings[0]?.message).toContain('« Lycée Voltaire » (voltaire.example)')
  })

  test('a name of its own is not', async () => {
    const report = await verify(await badgeOf('Lycée Diderot'), lookupsOf({ known: VOLTAIRE }))
    expect(codesOf(report)).toEqual([])
  })

  test('the list that has ended does not vouch for the name either', async () => {
    const lookups = {
      ...lookupsOf({ known: VOLTAIRE }),
      knows: knowing({ name: 'x', publisher, standing: 'out_of_date' }).knows,
    }
    expect(codesOf(await verify(await badgeOf('Lycée Voltaire'), lookups))).toEqual(['look_alike'])
  })

  test('who endorses is looked at too', async () => {
    const badge = await badgeOf('Lycée Diderot', stranger, {
      endorsement: [await signedEndorsement()],
    })
    const lists = { [LISTS.company]: await signedList(signerOf('company'), LISTS.company) }
    const known = { 'did:web:lac.example': 'COMPOSITES DU LAC DEMO' }
    const report = await verify(badge, lookupsOf({ lists, known }))
    expect(codesOf(report)).toEqual(['look_alike'])
    expect(report.warnings[0]?.message).toContain('lac.example')
  })

  test('the sentence repeats of a stranger’s name neither much nor what nobody sees', async () => {
    const lookups: Lookups = {
      ...lookupsOf({}),
      resembles: async () => ({ name: 'Lycée', domain: 'lycee.example' }),
    }
    const report = await verify(await badgeOf(`L\u202e${'y'.repeat(3_000)}`), lookups)
    expect(report.warnings[0]?.message.length).toBeLessThan(400)
    expect(report.warnings[0]?.message).not.toContain('\u202e')
  })
})

describe('what nobody sees in a badge', () => {
  test('stays in the report as it was signed, with a warning', async () => {
    const report = await verify(await badgeOf('Lycée \u202eeriatloV'))
    expect(report.badge?.issuer.name).toBe('Lycée \u202eeriatloV')
    expect(codesOf(report)).toEqual(['hidden_characters'])
    expect(report.verdict).toBe('valid')
  })
})

describe('the domain beside a name', () => {
  test.each([
    ['did:web:lycee.example', 'lycee.example'],
    ['did:web:lycee.example%3A8443:orgs:x', 'lycee.example:8443'],
    ['https://lycée.example/issuer', 'xn--lyce-dpa.example'],
    [school.did, school.did.slice(0, 60)],
    ['did:web:%zz', 'did:web:%zz'],
    ['did:web:%E2%80%AEexample', 'did:web:%E2%80%AEexample'],
    ['urn:uuid:x', 'urn:uuid:x'],
  ])('of %s is %s', (id, domain) => {
    expect(domainOf(id)).toBe(domain)
  })

  test('DI-23 an issuer whose did:web is nonsense is answered, not an error', async () => {
    const id = 'did:web:%zz'
    const signer = signerOf('stranger', id)
    const report = await verify(await badgeOf('Lycée', signer))
    expect(report).toMatchObject({ trusted: false, badge: { issuer: { domain: id } } })
    expect(report.verdict).not.toBe('valid')
  })
})
