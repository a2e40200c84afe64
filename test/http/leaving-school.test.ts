import request from 'supertest'
import { unzipSync } from 'fflate'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { sendLeaverLetters } from '../../src/issuer/leaving/write-to-leavers.js'
import { copyData } from '../../src/issuer/rights/copy-data.js'
import { eraseStudent } from '../../src/issuer/rights/erase-student.js'
import { applyRetention } from '../../src/issuer/rights/retention.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { findMail } from '../../src/mail/store.js'
import { getStudent } from '../../src/mentoring/students/store.js'
import { askContact } from '../../src/people/private-contact/ask-contact.js'
import { confirmContact } from '../../src/people/private-contact/confirm-contact.js'
import { runNextJob } from '../../src/worker.js'
import {
  close,
  freshSession,
  inTerminale,
  lastToken,
  letters,
  PRIVATE,
} from '../issuer/leaving/story.js'
import type { Issued } from '../issuer/share-story.js'
import { browserOf, textOf } from '../mentoring/browser.js'
import { aStudent } from '../issuer/share-story.js'
import { PASSWORD } from '../people/people.js'
import { DAY, openWorld, type World } from '../support/world.js'

let world: World
let issued: Issued
let api: ReturnType<typeof request>
const NEW = 'Une-phrase-de-passe-2'
const EMAIL = 'student@example.org'

beforeEach(async () => {
  world = await openWorld()
  issued = await inTerminale(world)
  api = request(createApp(world))
})

/** Posts a public form, as a browser without a session does. */
const post = (path: string, fields: Record<string, string>) =>
  api.post(path).set('Sec-Fetch-Site', 'same-origin').type('form').send(fields)
const signInAs = (email: string, password: string) => post('/sign-in', { email, password })
const giveContact = async () => {
  const token = await freshSession(world, issued.student)
  await askContact(world, issued.student, { token, email: PRIVATE, language: 'en' })
  await confirmContact(world, issued.student, await lastToken(world))
}
const rowOf = () => world.db.selectFrom('private_contacts').selectAll().executeTakeFirst()

describe('LV-01 from Terminale on a student is asked for a private address', () => {
  test('calmly, on their badges, and not again for a while after “not now”', async () => {
    const tab = await browserOf(world, EMAIL)
    expect(textOf(await tab.get('/my-badges'))).toContain('Donner une adresse privée')
    expect((await tab.send('/my-contact', { do: 'later' })).status).toBe(303)
    expect(textOf(await tab.get('/my-badges'))).not.toContain('Donner une adresse privée')
    world.clock.advance(31 * DAY)
    const later = await browserOf(world, EMAIL)
    expect(textOf(await later.get('/my-badges'))).toContain('Donner une adresse privée')
  })

  test('not before: what is not needed yet is not collected', async () => {
    await world.db.updateTable('schoolings').set({ level: '1RE_PRO' }).execute()
    const tab = await browserOf(world, EMAIL)
    expect(textOf(await tab.get('/my-badges'))).not.toContain('adresse privée')
    const { status } = await tab.send('/my-contact', { do: 'give', email: PRIVATE })
    expect(status).toBe(422)
    expect(await rowOf()).toBeUndefined()
  })
})

describe('LV-02 a private address counts once its mailbox has confirmed it', () => {
  test('looked at, the link changes nothing; sent, it confirms; sent again, it is answered alike', async () => {
    const tab = await browserOf(world, EMAIL)
    await tab.send('/my-contact', { do: 'give', email: ` ${PRIVATE.toUpperCase()} ` })
    const [letter] = await letters(world)
    expect(letter!.address).toBe(PRIVATE)
    expect(letter!.text).not.toMatch(/Zoé|Kergu|Camille/)
    const path = `/private-contact/${await lastToken(world)}`
    const linkOf = () => world.db.selectFrom('private_contact_links').selectAll().execute()
    const before = await linkOf()
    expect(textOf(await tab.get(path))).toContain(PRIVATE)
    expect(await linkOf()).toEqual(before)
    expect(await rowOf()).toBeUndefined()
    const sent = await tab.send(path, {})
    expect([sent.status, sent.headers.location]).toEqual([303, path])
    const confirmed = await rowOf()
    expect(confirmed!.confirmed_at).not.toBeNull()
    const again = await tab.send(path, {})
    expect([again.status, again.headers.location]).toEqual([303, path])
    expect(await rowOf()).toEqual(confirmed)
    expect(textOf(await tab.get(path))).toContain('Cette adresse est confirmée')
  })

  test('never confirmed, it is forgotten with its link', async () => {
    const tab = await browserOf(world, EMAIL)
    await tab.send('/my-contact', { do: 'give', email: PRIVATE })
    const links = () => world.db.selectFrom('private_contact_links').selectAll().execute()
    await applyRetention(world)
    expect(await links()).toHaveLength(1)
    world.clock.advance(4 * DAY + 1)
    await applyRetention(world)
    expect(await links()).toEqual([])
  })

  test('nobody but its student confirms it, and not after three days', async () => {
    const tab = await browserOf(world, EMAIL)
    await tab.send('/my-contact', { do: 'give', email: PRIVATE })
    const path = `/private-contact/${await lastToken(world)}`
    await aStudent(world, 'other@example.org', issued.schoolId)
    const other = await browserOf(world, 'other@example.org')
    expect((await other.get(path)).status).toBe(404)
    expect((await api.get(path)).status).toBe(401)
    world.clock.advance(3 * DAY)
    const late = await browserOf(world, EMAIL)
    expect((await late.get(path)).status).toBe(410)
  })

  test('kept under the key of the vault, shown to its student, changed and removed', async () => {
    await giveContact()
    expect(JSON.stringify(await rowOf())).not.toContain('privee')
    const tab = await browserOf(world, EMAIL)
    expect(textOf(await tab.get('/my-contact'))).toContain(PRIVATE)
    await tab.send('/my-contact', { do: 'give', email: 'other@mail.example' })
    // The one before counts until the new one is confirmed.
    expect(world.vault.open((await rowOf())!.address_sealed!)).toBe(PRIVATE)
    await tab.send(`/private-contact/${await lastToken(world)}`, {})
    expect(world.vault.open((await rowOf())!.address_sealed!)).toBe('other@mail.example')
    await tab.send('/my-contact', { do: 'remove' })
    expect(await rowOf()).toBeUndefined()
  })

  test('with a session in which nothing was shown lately, it is asked for first', async () => {
    const tab = await browserOf(world, EMAIL)
    const page = await tab.get('/my-contact')
    const _csrf = /name="_csrf" value="([^"]*)"/.exec(page.text)![1]!
    world.clock.advance(6 * 60_000)
    const { status, text } = await tab.sendAs('/my-contact', { do: 'give', email: PRIVATE, _csrf })
    expect(status).toBe(403)
    expect(text).toContain('action="/step-up"')
    expect(await rowOf()).toBeUndefined()
  })

  test('that of another account is refused to whoever reads its mailbox, and to nobody else', async () => {
    await aStudent(world, PRIVATE, issued.schoolId)
    const tab = await browserOf(world, EMAIL)
    expect((await tab.send('/my-contact', { do: 'give', email: PRIVATE })).status).toBe(303)
    const { status } = await tab.send(`/private-contact/${await lastToken(world)}`, {})
    expect(status).toBe(409)
    expect(await rowOf()).toBeUndefined()
  })
})

describe('LV-05 the school closes the account, and nothing of its student breaks', () => {
  test('links and public badges go on; who gave a private address comes in, sees, shares, downloads and may be erased', async () => {
    const { url } = await shareBadge(world, issued.student, {
      badgeId: issued.badgeId,
      label: 'CV',
    })
    const path = url.replace(world.config.publicUrl, '')
    await giveContact()
    expect((await signInAs(PRIVATE, PASSWORD)).status).toBe(401)
    await close(world, issued)
    const shared = await api.get(path).set('Accept', 'text/html').expect(200)
    expect(shared.text).toContain('Vérifié à l’instant')
    const verified = await api.post('/verifications').send({ url }).expect(200)
    expect(verified.body.verdict).toBe('valid')

    // The account had a password: the private address signs in with it.
    expect((await signInAs(PRIVATE, PASSWORD)).status).toBe(303)
    const tab = await browserOf(world, EMAIL)
    const mine = textOf(await tab.get('/my-badges'))
    expect(mine).toContain('Votre lycée a fermé votre accès')
    expect(mine).toContain('31 août 2028')
    const opened = await tab.send(`/my-badges/${issued.badgeId}`, { label: 'Après', life: 'year' })
    expect(opened.status).toBe(303)
    const json = await tab.get(`/my-badges/${issued.badgeId}/badge.json`)
    expect(json.text).toBe(issued.document)
    expect((await tab.get('/my-record')).status).toBe(200)
    expect((await tab.send('/my-data', { do: 'ask', badges: 'keep' })).status).toBe(303)
    // Of the school they see nothing.
    expect((await tab.get('/leavers')).status).not.toBe(200)
    expect((await tab.get('/cohorts')).status).not.toBe(200)
    expect((await tab.get(`/students/${issued.studentId}/data`)).status).toBe(403)
  })

  test('a lost password is got back at the private address, by a link of a day; the answer is the same for any address', async () => {
    await giveContact()
    await close(world, issued)
    const before = (await letters(world)).length
    const known = await post('/sign-in/private', { email: PRIVATE })
    const unknown = await post('/sign-in/private', { email: 'nobody@mail.example' })
    expect([known.status, known.headers.location, known.text]).toEqual([
      unknown.status,
      unknown.headers.location,
      unknown.text,
    ])
    expect(await letters(world)).toHaveLength(before + 1)
    expect((await letters(world)).at(-1)).toMatchObject({
      address: PRIVATE,
      // In the language in which they gave it.
      text: expect.stringContaining('Choose a password'),
    })
    const path = `/set-up/${await lastToken(world)}`
    expect((await post(path, { password: NEW })).status).toBe(303)
    expect((await post(path, { password: NEW })).status).toBe(410)
    expect((await signInAs(PRIVATE, NEW)).status).toBe(303)
    expect((await signInAs(PRIVATE, PASSWORD)).status).toBe(401)
    await post('/sign-in/private', { email: PRIVATE })
    const late = `/set-up/${await lastToken(world)}`
    world.clock.advance(DAY)
    expect((await api.get(late)).status).toBe(410)
  })

  test('as long as the school has not closed it, the private address lets nobody in', async () => {
    await giveContact()
    const before = (await letters(world)).length
    await post('/sign-in/private', { email: PRIVATE })
    expect(await letters(world)).toHaveLength(before)
  })

  test('who gave none is told how: the sign-in page leads to the card and to two people', async () => {
    expect((await api.get('/sign-in')).text).toContain('href="/sign-in/private"')
    const { text } = await api.get('/sign-in/private').expect(200)
    expect(text).toContain('href="/recover"')
    expect(text).toContain('href="/sign-in/code"')
  })

  test('mail to its holder goes to the private address from then on, which nothing else keeps', async () => {
    await giveContact()
    const { public_id } = await world.db
      .selectFrom('outbox_mails')
      .select('public_id')
      .where('key', 'like', 'contact-confirmed %')
      .executeTakeFirstOrThrow()
    const on = async () => (await findMail(world.db, public_id, '2026-11-24'))!.privateSealed
    expect(await on()).toBeNull()
    await close(world, issued)
    expect(world.vault.open((await on())!)).toBe(PRIVATE)
  })

  test('the former school sees them until retention forgets them, the private address with them', async () => {
    await giveContact()
    await close(world, issued)
    const head = await browserOf(world, 'head@example.org').catch(() => undefined)
    expect(head).toBeDefined()
    expect(textOf(await head!.get('/leavers'))).toContain('Kergu')
    // They are warned a month ahead.
    for (const day of ['2028-08-02', '2028-08-31']) {
      world.clock.at = new Date(`${day}T10:00:00.000Z`)
      await applyRetention(world)
      expect(await rowOf()).toBeDefined()
    }
    world.clock.at = new Date('2028-09-01T10:00:00.000Z')
    await applyRetention(world)
    expect(await rowOf()).toBeUndefined()
    const again = await browserOf(world, 'head@example.org')
    expect(textOf(await again.get('/leavers'))).not.toContain('Kergu')
    expect((await signInAs(PRIVATE, PASSWORD)).status).toBe(401)
  })

  test('an erasure takes the private address, its letters, and what was taken', async () => {
    await giveContact()
    const { id } = await world.db.selectFrom('students').select('id').executeTakeFirstOrThrow()
    await world.db
      .insertInto('portfolios')
      .values({ student_id: id, taken_at: world.now().toISOString() })
      .execute()
    await eraseStudent(world, await getStudent(world.db, id), { badges: 'keep', request: 'r' })
    expect(await rowOf()).toBeUndefined()
    expect(await letters(world)).toEqual([])
    expect(await world.db.selectFrom('portfolios').selectAll().execute()).toEqual([])
  })

  test('a copy of one’s data tells the private address', async () => {
    await giveContact()
    const { parts } = await copyData(world, issued.student)
    const chunks = []
    for await (const part of parts) chunks.push(part)
    const files = unzipSync(new Uint8Array(Buffer.concat(chunks)))
    const { held } = JSON.parse(Buffer.from(files['donnees.json']!).toString())
    expect(held.private_contacts[0]).toMatchObject({ address: PRIVATE })
    expect(JSON.stringify(held.private_contacts)).not.toMatch(/sealed|hash/)
  })
})

describe('LV-04 the school sees who leaves, and writes to all of them in one act', () => {
  test('whether an address is confirmed, never which; whether the badges were taken', async () => {
    const tab = await browserOf(world, 'head@example.org')
    const of = async () => textOf(await tab.get('/leavers'))
    expect(await of()).toMatch(/Élèves : 1. Adresse privée confirmée : 0. Badges emportés : 0/)
    await giveContact()
    const after = await of()
    expect(after).toMatch(/Élèves : 1. Adresse privée confirmée : 1/)
    expect((await tab.get('/leavers')).text).not.toContain('mail.example')
  })

  test('whoever is younger is not on it', async () => {
    await world.db.updateTable('schoolings').set({ level: '1RE_PRO' }).execute()
    const tab = await browserOf(world, 'head@example.org')
    expect(textOf(await tab.get('/leavers'))).not.toContain('Kergu')
  })

  test('sent twice, the letter goes once; run twice, the job writes once; in the language of each', async () => {
    await giveContact()
    const tab = await browserOf(world, 'head@example.org')
    const { text } = await tab.get('/leavers')
    const schoolId = /name="schoolId" value="([^"]+)"/.exec(text)![1]!
    expect((await tab.send('/leavers', { do: 'write', schoolId })).status).toBe(303)
    expect((await tab.send('/leavers', { do: 'write', schoolId })).status).toBe(303)
    const jobs = await world.db
      .selectFrom('jobs')
      .selectAll()
      .where('kind', '=', 'write-to-leavers')
      .execute()
    expect(jobs).toHaveLength(1)
    while (await runNextJob(world));
    await sendLeaverLetters(world, JSON.parse(jobs[0]!.payload))
    const mails = await world.db
      .selectFrom('outbox_mails')
      .selectAll()
      .where('key', 'like', 'leaver-letter %')
      .execute()
    expect(mails).toHaveLength(1)
    expect(mails[0]).toMatchObject({ language: 'en', to_person_id: issued.student.personId })
    expect(`${mails[0]!.subject} ${mails[0]!.body}`).not.toMatch(/Zoé|Kergu/)
    world.clock.advance(DAY)
    const next = await browserOf(world, 'head@example.org')
    await next.send('/leavers', { do: 'write', schoolId })
    while (await runNextJob(world));
    const all = await world.db.selectFrom('leaver_letters').selectAll().execute()
    expect(all).toHaveLength(2)
  })

  test('a card is made for a former student without an address, who comes in by it', async () => {
    const personId = issued.student.personId!
    await world.db.updateTable('persons').set({ email: null }).where('id', '=', personId).execute()
    await close(world, issued)
    const tab = await browserOf(world, 'head@example.org')
    const made = await tab.send('/leavers', { do: 'card', studentId: issued.studentId })
    const [identifier, code] = [...made.text.matchAll(/<code>([a-z0-9-]{9})<\/code>/g)].map(
      (found) => found[1]!,
    )
    const entered = await post('/sign-in/code', {
      identifier: identifier!,
      code: code!,
      password: NEW,
    })
    expect(entered.status).toBe(303)
    expect((await signInAs(identifier!, NEW)).status).toBe(303)
  })
})
