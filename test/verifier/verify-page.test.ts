import { readFileSync } from 'node:fs'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { buildBadge } from '../../src/credential/build-credential.js'
import { createApp } from '../../src/app.js'
import { closeLink } from '../../src/issuer/close-link.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import type { Report } from '../../src/verifier/report.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { countingOnly } from '../../src/verifier/views/check-groups.js'
import { sayIn } from '../../src/web/say.js'
import { issue, type Issued } from '../issuer/share-story.js'
import type { Signer } from '../../src/credential/sign-credential.js'
import { AWARDED, badgeValues, company, school, signedBadge } from '../support/badges.js'
import { lookupsOf, signedList } from '../support/lookups.js'
import { signAnything } from '../support/raw-signature.js'
import { DAY, openWorld, type World } from '../support/world.js'

let world: World
let issued: Issued
beforeEach(async () => {
  world = await openWorld()
  issued = await issue(world)
})

const post = () => request(createApp(world)).post('/verify').set('Accept-Language', 'fr')
const verify = async (badge: string) => (await post().type('form').send({ badge })).text
const share = () => shareBadge(world, issued.student, { badgeId: issued.badgeId, label: 'CV' })

/** A badge whose issuer is on a list, and does not answer. */
async function reportOfOther(): Promise<Report> {
  const lookups = lookupsOf({ known: { 'did:web:absent-demo.example': 'Lycée DÉMO absent' } })
  const badge = readFileSync('docs/examples/unreachable-issuer.json')
  return verifyBadge(badge, { lookups, now: AWARDED, language: 'fr' })
}

describe('the page that verifies', () => {
  test('answers in place of the field: a sentence, the badge with its picture, the tree of checks, what it does not tell', async () => {
    const text = await verify(issued.document)
    expect(text).toContain('class="verdict valid"')
    expect(text).toMatch(/<img [^>]*src="\/achievements\/[\w-]+\/v\/1\/image\.png"/)
    expect(text).toContain('<bdi>Composites du Lac DÉMO</bdi> endosse cette attribution')
    expect(text).toContain('Ce que cela ne dit pas')
    expect(text).not.toContain('Que faire')
    expect(text).not.toContain('<textarea')
  })

  test('takes our own link, with its scheme or without, from the store', async () => {
    const { url } = await share()
    for (const way of [url, ` ${url}.json `, url.replace('https://', '')])
      expect(await verify(way)).toContain('class="verdict valid"')
  })

  test('says beside the field that a link was closed, and keeps it there', async () => {
    const { url, linkId } = await share()
    await closeLink(world, issued.student, linkId)
    const answer = await post().type('form').send({ badge: url }).expect(400)
    expect(answer.text).toContain('ne s’ouvre plus')
    expect(answer.text).toContain('id="error-badge"')
    expect(answer.text).toContain(url)
  })

  test('a link of somebody else goes through the guarded way out', async () => {
    const fetchText = async () =>
      ({
        outcome: 'found',
        body: Buffer.from(issued.document),
        contentType: 'application/vc',
      }) as const
    world = { ...world, outside: { fetchText } }
    expect(await verify('https://other.example/badge')).toContain('class="verdict valid"')
  })

  test('takes a file', async () => {
    const { text } = await post().attach('file', Buffer.from(issued.document), 'badge.json')
    expect(text).toContain('class="verdict valid"')
  })

  test('XS-05 never loads the picture of a stranger’s badge, even one that names ours', async () => {
    const { achievement } = badgeValues()
    const image = JSON.parse(issued.document).credentialSubject.achievement.image.id as string
    for (const address of ['https://tracker.example/p.png', image]) {
      const values = badgeValues({ achievement: { ...achievement, image: address } })
      // We would not sign it ourselves.
      const badge = await signAnything(buildBadge(values), school)
      const text = await verify(JSON.stringify(badge))
      expect(text).toContain(achievement.name)
      expect(text).not.toContain('<img')
    }
  })

  test('a stranger’s good signature is not green, and asks the reader to ask', async () => {
    const lists: Record<string, Signer & { did: string }> = { school, company }
    const fetchText = async (url: string) => {
      const signer = lists[/(school|company)-1$/.exec(url)?.[1] ?? ''] ?? school
      const body = Buffer.from(JSON.stringify(await signedList(signer, url)))
      return { outcome: 'found', body, contentType: 'application/vc' } as const
    }
    const config = { ...world.config, publicUrl: 'https://ours.example' }
    world = { ...world, config, outside: { fetchText } }
    world.clock.at = AWARDED
    const text = await verify(JSON.stringify(await signedBadge()))
    expect(text).toContain('La signature de ce badge est bonne, mais nous ne savons pas')
    expect(text).toContain('class="verdict unknown"')
    expect(text).toContain('Inconnu de nous')
    expect(text).toContain('demandez à l’organisme nommé')
    expect(text).not.toContain('verdict valid')
  })

  test('could not be checked says why, and what to do', async () => {
    await world.db.updateTable('status_lists').set({ document: '{}' }).execute()
    const text = await verify(issued.document)
    expect(text).toContain('class="verdict unknown"')
    expect(text).toContain('n’est pas signée par son émetteur\u00a0: elle ne prouve rien')
    expect(text).toContain('réessayez dans quelques minutes')
    expect(text).toContain('<details open>')
  })

  test('a revoked badge says that it was, and a file that is no badge says what to ask for', async () => {
    await revokeBadge(world, issued.head, { badgeId: issued.badgeId, reason: 'Délivré par erreur' })
    const text = await verify(issued.document)
    expect(text).toContain('class="verdict invalid"')
    expect(text).toContain('L’émetteur a retiré ce badge')
    expect(await verify('Bonjour, voici mon badge.')).toContain(
      'demandez à qui vous l’a donné un lien de partage',
    )
  })

  test.each([
    ['a PDF', '%PDF-1.7\n1 0 obj', 'Il n’y a pas de badge ici'],
    ['a web page', '<!doctype html><title>Un badge</title>', 'C’est une page web, pas un badge.'],
    ['some words', 'Bonjour, voici mon badge.', 'Il n’y a pas de badge ici'],
  ])('%s is called no badge, not a false one, once', async (_, given, words) => {
    const text = await verify(given)
    expect(text).toContain('Nous n’avons pas pu lire de badge dans ce que vous avez donné.')
    expect(text).not.toContain('n’est pas valide')
    expect(text.split('<summary>').slice(1)).toHaveLength(1)
    expect(text.split(words)).toHaveLength(3)
    expect(text).toContain('<strong>Le fichier</strong>')
    expect(text).not.toContain('Ce que cela ne dit pas')
  })

  test('the name of somebody known is not green where nothing proves that the badge is theirs', async () => {
    const report = await reportOfOther()
    expect(report.trusted).toBe(false)
    const told = countingOnly(report.checks, sayIn('fr'))
    expect(told.find(({ name }) => name === 'trust')).toMatchObject({
      result: 'not_applicable',
      message: expect.stringContaining('rien ne prouve qu’il vient de lui') as string,
    })
  })

  test('nothing is green about a badge whose signature is not good', async () => {
    const text = await verify(issued.document.replace('seul', 'bien'))
    expect(text).toContain('class="verdict invalid"')
    expect(text).toContain('Ne compte pas tant que la signature n’est pas bonne.')
    const groups = text.split('<summary>').slice(1)
    expect(groups[0]).toContain('state invalid')
    for (const group of groups.slice(1)) expect(group).not.toContain('state valid')
  })

  test('an endorsement that was withdrawn is said, although the badge is valid', async () => {
    const badges = world.db.selectFrom('badges').select('endorsement_entry_id')
    const { endorsement_entry_id: id } = await badges.executeTakeFirstOrThrow()
    const revoked_at = world.now().toISOString()
    await world.db.updateTable('status_entries').set({ revoked_at }).where('id', '=', id).execute()
    world.clock.advance(DAY)
    const text = await verify(issued.document)
    expect(text).toContain('Un endossement n’est pas valable, ou a été retiré.')
    expect(text).not.toContain('Endossé par')
  })
})

describe('POST /verifications reads JSON as it is written', () => {
  const api = (body: string, type = 'application/json') =>
    request(createApp(world)).post('/verifications').type(type).send(body)
  const inside = (credential: string) => `{"credential":${credential}}`

  test('a badge as an object or as a text is verified', async () => {
    for (const credential of [issued.document, JSON.stringify(issued.document)])
      expect((await api(inside(credential)).expect(200)).body.verdict).toBe('valid')
  })

  test('IN-03 a name that stands twice is refused, in an object as in raw bytes', async () => {
    const twice = issued.document.replace('{', '{"name":"Un autre badge",')
    for (const sent of [api(inside(twice)), api(twice, 'application/vc')]) {
      const { body } = await sent.expect(200)
      expect(body).toMatchObject({ verdict: 'invalid', badge: null })
      expect(body.checks[0]).toMatchObject({ name: 'format', code: 'duplicate_key' })
    }
  })

  test('a large credential is an answer, a huge body is refused', async () => {
    const large = await api(inside(`{"a":"${'x'.repeat(300_000)}"}`)).expect(200)
    expect(large.body.checks[0]).toMatchObject({ code: 'too_large' })
    const huge = await api(inside(`{"a":"${'x'.repeat(10 << 20)}"}`)).expect(413)
    expect(huge.type).toBe('application/problem+json')
  })

  test('malformed JSON is a malformed request', async () => {
    const { type } = await api('{"credential":').expect(400)
    expect(type).toBe('application/problem+json')
  })
})
