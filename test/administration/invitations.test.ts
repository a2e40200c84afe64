import { beforeEach, describe, expect, test } from 'vitest'
import { sendAgain, withdrawInvited } from '../../src/administration/invitations/follow-up.js'
import { inviteList } from '../../src/administration/invitations/invite-list.js'
import { previewList } from '../../src/administration/invitations/preview-list.js'
import { MOST_INVITED, readList } from '../../src/administration/invitations/read-list.js'
import { seeRun } from '../../src/administration/invitations/see-runs.js'
import { toRole } from '../../src/administration/invitations/to-role.js'
import { loadConfig } from '../../src/config.js'
import type { Actor } from '../../src/context.js'
import { decodeText } from '../../src/mentoring/class-list/decode-text.js'
import { acceptInvitation, readInvitation } from '../../src/people/accept-invitation.js'
import { today } from '../../src/people/days.js'
import { OPERATOR } from '../../src/people/operator.js'
import { findPersonByEmail, listAssignments } from '../../src/people/store.js'
import { aCompany, aLycee, asActor, PASSWORD, refusalOf, somebody } from '../people/people.js'
import { writtenIn } from '../http/written.js'
import { DAY, openWorld, type World } from '../support/world.js'

let world: World
let organisation: string
let schoolId: number
let head: Actor

beforeEach(async () => {
  world = await openWorld()
  const school = await aLycee(world)
  organisation = school.publicId
  schoolId = school.id
  const held = { role: 'school-approver', organisationId: school.id } as const
  head = await asActor(world, await somebody(world, 'head@lycee.example', held))
})

const HEADER = 'Prénom;Nom;Adresse;Rôle;Fonction'
const TWO = `${HEADER}
Ève;Kerguélen;eve@lycee.example;Approbateur;proviseure adjointe
Noé;D'Hiver;noe@lycee.example;personnel du lycée;`

/** The newest line of the audit. */
const lastLine = () =>
  world.db.selectFrom('audit').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow()

const tokenOf = (url: string) => url.split('/set-up/')[1]!

describe('a list of people to be invited', () => {
  test('CS-03 is read in our encodings, separators and line ends, with or without a header', () => {
    const expected = readList(TWO).rows
    expect(expected.map(({ line }) => line)).toEqual([2, 3])
    const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding)
    for (const given of [
      bytes(`\uFEFF${TWO}`),
      bytes(TWO, 'latin1'),
      bytes(TWO.replaceAll('\n', '\r\n')),
      bytes(TWO.replaceAll(';', ',')),
      bytes(TWO.replaceAll(';', '\t')),
    ])
      expect(readList(decodeText(given)).rows).toEqual(expected)
    const bare = readList(TWO.split('\n').slice(1).join('\n')).rows
    expect(bare.map(({ cells }) => cells)).toEqual(expected.map(({ cells }) => cells))
    expect(bare.map(({ line }) => line)).toEqual([1, 2])
  })

  test.each([
    ['an unbalanced quote', `${HEADER}\n"Ève;K;e@x.fr;personnel;`, 'line 2'],
    [
      'a column of ours that nobody may give',
      `${HEADER};tenant_id\na;b;c@d.fr;personnel;;1`,
      'tenant_id',
    ],
    ['__proto__', `${HEADER};__proto__\na;b;c@d.fr;personnel;;1`, '__proto__'],
    ['an organisation', `${HEADER};organisation_id\na;b;c@d.fr;personnel;;1`, 'organisation_id'],
    ['a column twice', `${HEADER};courriel\na;b;c@d.fr;personnel;;x@y.fr`, 'courriel'],
    ['no role', 'Prénom;Nom;Adresse\na;b;c@d.fr', 'role'],
    ['one column', 'Prénom\nÈve', 'several columns'],
    ['too many cells', `${HEADER}\na;b;c@d.fr;personnel;x;y`, 'Line 2'],
    ['nobody', HEADER, 'nobody'],
  ])('CS-04 refuses %s, and says where', async (_, text, where) => {
    expect(() => readList(text)).toThrow(
      expect.objectContaining({
        words: expect.objectContaining({ en: expect.stringContaining(where) }),
      }),
    )
  })

  test(`CS-07 takes ${MOST_INVITED} people and no more`, () => {
    const of = (count: number) =>
      [HEADER, ...Array.from({ length: count }, (_, n) => `A;B;p${n}@x.fr;personnel;`)].join('\n')
    expect(readList(of(MOST_INVITED)).rows).toHaveLength(MOST_INVITED)
    expect(() => readList(of(MOST_INVITED + 1))).toThrow(`the most is ${MOST_INVITED}`)
  })
})

describe('a role in words', () => {
  test.each([
    ['approbateur du lycée', 'lycee', 'school-approver'],
    ['APPROBATRICE', 'lycee', 'school-approver'],
    ['Lycée approver', 'lycee', 'school-approver'],
    ['enseignante', 'lycee', 'school-staff'],
    ['chargé de liaison', 'lycee', 'liaison-officer'],
    ['administrateur', 'company', 'company-admin'],
    ['company endorser', 'company', 'company-endorser'],
    ['platform-admin', undefined, 'platform-admin'],
  ] as const)('“%s” in %s is %s', (text, kind, role) => {
    expect(toRole(text, kind)).toBe(role)
  })

  test.each([
    ['élève', 'lycee', 'list of their class'],
    ['platform-admin', 'lycee', 'not given in this organisation'],
    ['administrateur de la plateforme', 'company', 'not given in this organisation'],
    ['approbateur', 'company', 'not known'],
    ['', 'lycee', 'not known'],
    ['company', 'company', 'several begin'],
  ] as const)('“%s” in %s is refused: %s', (text, kind, words) => {
    expect(toRole(text, kind)).toMatchObject({ en: expect.stringContaining(words) })
  })
})

describe('the preview', () => {
  test('says for each row what would be done, and writes but that it was looked at', async () => {
    const elsewhere = await aCompany(world)
    await somebody(world, 'boss@x.fr', { role: 'company-admin', organisationId: elsewhere.id })
    await somebody(world, 'pupil@x.fr', { role: 'student', organisationId: schoolId })
    const text = `${TWO}
C;D;head@lycee.example;approbateur;
C;D;boss@x.fr;personnel;
C;D;pupil@x.fr;personnel;
C;D;EVE@lycee.example;personnel;
Иван;D;e@x.fr;personnel;
C;D;nobody;personnel;
C;D;f@x.fr;administrateur de la plateforme;`
    const before = await writtenIn(world)
    const { rows, faults } = await previewList(world, head, { organisation, text })
    expect(rows.map(({ outcome }) => outcome)).toEqual(['invite', 'invite', 'here', 'invite'])
    expect(faults.map(({ line, column, shape }) => [line, column, shape])).toEqual([
      [6, 'Adresse', 'AAAAA?A.AA'],
      [7, 'Adresse', 'AAA?AAAAA.AAAAAAA'],
      [8, 'Prénom', 'AAAA'],
      [9, 'Adresse', 'AAAAAA'],
      [10, 'Rôle', expect.any(String)],
    ])
    expect(faults[1]!.words.en).toContain('line 2')
    const looked = { audit: before.audit! + 1, sign_in_attempts: before.sign_in_attempts! + 1 }
    expect(await writtenIn(world)).toEqual({ ...before, ...looked })
    const line = await lastLine()
    expect(line).toMatchObject({ action: 'people.list-looked-at', actor: head.publicId })
    expect(line).toMatchObject({ subject: organisation, details: '{"rows":9}' })
  })
})

describe('the invitations', () => {
  test('make accounts, roles and links at once; who opens one comes in', async () => {
    const { links, runId } = await inviteList(world, head, { organisation, text: TWO })
    expect(links.map(({ email }) => email)).toEqual(['eve@lycee.example', 'noe@lycee.example'])
    const eve = await findPersonByEmail(world.db, 'eve@lycee.example')
    expect(await listAssignments(world.db, eve!.id, today(world))).toEqual([
      { role: 'school-approver', organisationId: schoolId },
    ])
    // EM-02: to look at a link uses nothing up.
    await readInvitation(world, tokenOf(links[0]!.url))
    await acceptInvitation(world, tokenOf(links[0]!.url), PASSWORD)
    const states = async () => (await seeRun(world, head, runId)).lines.map(({ state }) => state)
    expect(await states()).toEqual(['accepted', 'sent'])
    world.clock.advance(7 * DAY)
    expect(await states()).toEqual(['accepted', 'expired'])
    const seen = await seeRun(world, head, runId)
    expect(seen.lines[0]).toMatchObject({ function: 'proviseure adjointe', name: 'Ève Kerguélen' })
  })

  test('CS-06 the same list twice is one run', async () => {
    const first = await inviteList(world, head, { organisation, text: TWO })
    const before = await writtenIn(world)
    const text = `${TWO.replaceAll('\n', '\r\n')}\r\n`
    const second = await inviteList(world, head, { organisation, text })
    expect(second).toEqual({ runId: first.runId, links: [], again: true })
    expect(await writtenIn(world)).toEqual(before)
  })

  test('CS-05 one row that is refused, and nothing is written', async () => {
    const before = await writtenIn(world)
    const text = `${TWO}\nC;D;nobody;personnel;`
    const refused = await refusalOf(inviteList(world, head, { organisation, text }))
    expect(refused.code).toBe('invalid-request')
    // But that it was tried.
    expect(await writtenIn(world)).toEqual({ ...before, sign_in_attempts: 1 })
  })

  test('EM-01 go out as sealed letters with our own address, in the same transaction', async () => {
    const env = { NODE_ENV: 'test', PUBLIC_URL: 'https://sceau.example', REQUIRE_PASSKEYS: 'off' }
    const mail = { SMTP_URL: 'smtp://localhost:2525', MAIL_FROM: 'sceau@example.org' }
    const on = { ...world, config: loadConfig({ ...env, ...mail }) }
    await somebody(world, 'old@x.fr', { role: 'liaison-officer', organisationId: schoolId })
    const text = `${TWO}\nC;D;old@x.fr;personnel;`
    const { links } = await inviteList(on, head, { organisation, text })
    // Nobody but their readers sees them.
    expect(links).toEqual([])
    const mails = await world.db.selectFrom('outbox_mails').selectAll().orderBy('id').execute()
    expect(mails.map(({ body }) => body === '')).toEqual([true, true, false])
    expect(JSON.stringify(mails)).not.toMatch(/eve@|set-up/)
    const letter = JSON.parse(world.vault.open(mails[0]!.letter_sealed!))
    expect(letter.address).toBe('eve@lycee.example')
    expect(letter.text).toMatch(/https:\/\/sceau\.example\/set-up\/[\w-]{43}\n/)
    expect(mails[2]!.body).toContain('nouveau rôle')
    const jobs = await world.db.selectFrom('jobs').select('kind').execute()
    expect(jobs.filter(({ kind }) => kind === 'send-mail')).toHaveLength(3)
  })

  test('are sent again or withdrawn for a selection', async () => {
    const { links, runId } = await inviteList(world, head, { organisation, text: TWO })
    const people = (await seeRun(world, head, runId)).lines.map(({ publicId }) => publicId)
    const again = await sendAgain(world, head, { runId, people: people.slice(0, 1) })
    expect(again.count).toBe(1)
    // EM-03: a newer link makes the older worthless.
    await expect(readInvitation(world, tokenOf(links[0]!.url))).rejects.toMatchObject({
      code: 'gone',
    })
    await readInvitation(world, tokenOf(again.links[0]!.url))
    expect(await withdrawInvited(world, head, { runId, people })).toBe(2)
    await expect(readInvitation(world, tokenOf(again.links[0]!.url))).rejects.toMatchObject({
      code: 'gone',
    })
    const states = (await seeRun(world, head, runId)).lines.map(({ state }) => state)
    expect(states).toEqual(['withdrawn', 'withdrawn'])
    const noe = await findPersonByEmail(world.db, 'noe@lycee.example')
    expect(await listAssignments(world.db, noe!.id, today(world))).toEqual([])
    expect((await sendAgain(world, head, { runId, people })).count).toBe(0)
    expect(
      (await refusalOf(sendAgain(world, head, { runId, people: [] }))).fields[0]?.pointer,
    ).toBe('/people')
  })

  test('who has come in keeps their role when the others are withdrawn', async () => {
    const { links, runId } = await inviteList(world, head, { organisation, text: TWO })
    await acceptInvitation(world, tokenOf(links[0]!.url), PASSWORD)
    const people = (await seeRun(world, head, runId)).lines.map(({ publicId }) => publicId)
    expect(await withdrawInvited(world, head, { runId, people })).toBe(1)
    const eve = await findPersonByEmail(world.db, 'eve@lycee.example')
    expect(await listAssignments(world.db, eve!.id, today(world))).toHaveLength(1)
  })
})

describe('AZ-02 a list for others', () => {
  test('is not looked at, sent, seen or followed up', async () => {
    const other = await aLycee(world, 'Lycée Hugo', '9990002Y')
    for (const organisation of [other.publicId, '', 'nothing'])
      for (const act of [previewList, inviteList])
        expect((await refusalOf(act(world, head, { organisation, text: TWO }))).code).toBe(
          'not-found',
        )
    const theirs = await inviteList(world, OPERATOR, { organisation: other.publicId, text: TWO })
    const { runId } = theirs
    expect((await refusalOf(seeRun(world, head, runId))).code).toBe('not-found')
    const selection = { runId, people: [] }
    for (const act of [sendAgain, withdrawInvited])
      expect((await refusalOf(act(world, head, selection))).code).toBe('not-found')
    // To who may reach all, an organisation that is not there is a mistake, not the platform.
    const input = { organisation: 'nothing', text: TWO }
    expect((await refusalOf(inviteList(world, OPERATOR, input))).fields[0]?.pointer).toBe(
      '/organisation',
    )
  })

  test.each([
    ['looking', previewList],
    ['sending', inviteList],
  ] as const)('%s takes a passkey that was shown lately', async (_, act) => {
    const stale = { ...head, mustStepUp: true as const }
    const before = await writtenIn(world)
    expect((await refusalOf(act(world, stale, { organisation, text: TWO }))).code).toBe(
      'step-up-required',
    )
    expect(await writtenIn(world)).toEqual(before)
  })
})
