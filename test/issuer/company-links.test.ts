import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import type { Actor, Role } from '../../src/context.js'
import { assessByLink, endorseByLink, sendCode } from '../../src/issuer/company-links/answer.js'
import { askCompany } from '../../src/issuer/company-links/ask-company.js'
import { seeOwnLinkData } from '../../src/issuer/company-links/see-own-link-data.js'
import { visitByLink } from '../../src/issuer/company-links/visit.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { seeDossier } from '../../src/issuer/see-dossier.js'
import { withdraw } from '../../src/issuer/withdraw.js'
import { findPersonByEmail } from '../../src/people/store.js'
import { validateAudit } from '../../src/store/audit.js'
import { runNextJob } from '../../src/worker.js'
import { hiddenOf, openTab } from '../http/dossier-tab.js'
import { asActor, auditOf, refusalOf, somebody } from '../people/people.js'
import { DAY, openWorld, type World } from '../support/world.js'
import { stepsOf } from './steps.js'
import { firstBadge } from './stored.js'
import { tell, type Story } from './story.js'

const COMMENT = 'L’élève a préparé son moule et stratifié une pièce conforme, sous nos yeux.'
const INES = {
  givenName: 'Inès',
  familyName: 'Roussel',
  email: 'ines@composites.example',
  function: 'Tutrice',
}
const PAUL = { ...INES, givenName: 'Paul', email: 'paul@composites.example', function: 'Directeur' }

let world: World
let story: Story
let dossierId: string
let dossier: ReturnType<typeof stepsOf>

beforeEach(async () => {
  const opened = await openWorld()
  const config = { ...opened.config, smtpUrl: 'smtp://localhost', mailFrom: 'sceau@example.org' }
  world = { ...opened, config }
  story = await tell(world)
  await world.db
    .updateTable('organisations')
    .set({ website: 'https://www.composites.example/' })
    .where('kind', '=', 'company')
    .execute()
  dossierId = await openDossier(world, story.teacher, story)
  dossier = stepsOf(world, story, dossierId)
})

async function letters() {
  const rows = await world.db.selectFrom('outbox_mails').selectAll().orderBy('id').execute()
  return rows.flatMap(({ letter_sealed, subject }) =>
    letter_sealed === null
      ? []
      : [
          {
            subject,
            ...(JSON.parse(world.vault.open(letter_sealed)) as { address: string; text: string }),
          },
        ],
  )
}
const lastLetter = async () => (await letters()).at(-1)!
/** What the person finds in their mailbox. */
const tokenIn = (text: string) => /\/e\/([\w-]{43})/.exec(text)![1]!
const codeIn = (text: string) => /\d{4} \d{4}/.exec(text)![0]

async function asked(person = INES, by: Actor = story.admin): Promise<string> {
  expect(await askCompany(world, by, { ...person, dossierId })).toEqual({ url: undefined })
  return tokenIn((await lastLetter()).text)
}
async function coded(token: string): Promise<string> {
  await sendCode(world, undefined, token)
  return codeIn((await lastLetter()).text)
}
const assessing = async (token: string, position = 'Tutrice') => ({
  token,
  digest: (await dossier.committed()).digest,
  function: position,
})
const endorsing = async (token: string, code: string) => ({
  ...(await assessing(token, 'Directeur')),
  comment: COMMENT,
  code,
})

describe('somebody of the company without an account', () => {
  test('assesses, another endorses, each by a link to their mailbox; the badge says functions', async () => {
    await dossier.upTo('propose')
    const first = await asked()
    const letter = await lastLetter()
    expect(letter).toMatchObject({ address: INES.email })
    // Nobody knows which of the two languages they read.
    expect(letter.text).toMatch(/Bonjour,[^]+vous demande[^]+Hello,[^]+asks you to/)
    expect(letter.subject).toMatch(/ badge.* \/ You are asked /)
    expect(`${letter.subject}${letter.text}`).not.toMatch(/Zoé|Kerguélen/)
    await assessByLink(world, undefined, await assessing(first))
    const second = await asked(PAUL)
    await endorseByLink(world, undefined, await endorsing(second, await coded(second)))
    await dossier.approve()
    while (await runNextJob(world));
    const { steps } = await seeDossier(world, story.head, dossierId)
    expect(steps.map(({ person, way }) => [person, way]).slice(1, 3)).toEqual([
      ['Inès Roussel', 'link'],
      ['Paul Roussel', 'link'],
    ])
    const signed = (await firstBadge(world.db)).badge_document ?? ''
    expect(signed).toContain('Évaluation : Tutrice. Engagement : Directeur.')
    expect(signed).not.toMatch(/Roussel|Inès|Paul/)
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
    expect(await auditOf(world)).toContain('dossier.asked-by-link')
  })

  test('opens it as often as they like; answers once', async () => {
    await dossier.upTo('propose')
    const token = await asked()
    for (let times = 0; times < 3; times++) await visitByLink(world, token)
    await assessByLink(world, undefined, await assessing(token))
    const again = assessByLink(world, undefined, await assessing(token))
    expect(await refusalOf(again)).toMatchObject({ code: 'gone' })
  })

  test('of two answers at the same moment one counts', async () => {
    await dossier.upTo('propose')
    const input = await assessing(await asked())
    const both = [assessByLink(world, undefined, input), assessByLink(world, undefined, input)]
    const outcomes = (await Promise.allSettled(both)).map(({ status }) => status)
    expect(outcomes.toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('sees the facts and the student’s given name, and nothing else of the student', async () => {
    await dossier.upTo('propose')
    const token = await asked()
    const { text, headers } = await request(createApp(world))
      .get(`/e/${token}`)
      .set('Accept', 'text/html')
      .expect(200)
    expect(text).toContain('Zoé')
    expect(text).toContain('Tutrice')
    expect(text).not.toMatch(/Kerguélen|2011|000000001AA|\/students\//)
    expect(headers['cache-control']).toBe('no-store')
  })

  test('reads what is kept of them behind their link, also once it has served', async () => {
    await dossier.upTo('propose')
    const token = await asked()
    await assessByLink(world, undefined, await assessing(token))
    expect(await seeOwnLinkData(world, token)).toMatchObject({
      name: 'Inès Roussel',
      hasEmail: true,
      asked: [{ step: 'assess', school: 'Lycée DÉMO des Tilleuls', function: 'Tutrice' }],
    })
    await request(createApp(world)).get(`/e/${token}/data`).expect(200)
    await request(createApp(world))
      .get(`/e/${'x'.repeat(43)}/data`)
      .expect(404)
  })
})

describe('what voids a link', () => {
  test('EN-03 the dossier goes back, and is proposed again over something else', async () => {
    await dossier.upTo('propose')
    const token = await asked()
    const input = await assessing(token)
    await withdraw(world, story.teacher, dossierId)
    await dossier.propose()
    expect(await refusalOf(visitByLink(world, token))).toMatchObject({ code: 'gone' })
    expect(await refusalOf(assessByLink(world, undefined, input))).toMatchObject({ code: 'gone' })
    expect(await dossier.state()).toBe('proposed')
  })

  test('EN-04 the answer names another digest than the one that was shown', async () => {
    await dossier.upTo('propose')
    const token = await asked()
    const other = { ...(await assessing(token)), digest: 'b'.repeat(64) }
    expect(await refusalOf(assessByLink(world, undefined, other))).toMatchObject({
      code: 'conflict',
    })
    await assessByLink(world, undefined, await assessing(token))
  })

  test('EN-08 fourteen days, and not a millisecond more', async () => {
    await dossier.upTo('propose')
    const token = await asked()
    world.clock.advance(14 * DAY - 1)
    await visitByLink(world, token)
    world.clock.advance(1)
    expect(await refusalOf(visitByLink(world, token))).toMatchObject({ code: 'gone' })
  })

  test('a newer link, or somebody at an account who was faster', async () => {
    await dossier.upTo('propose')
    const older = await asked()
    const newer = await asked(PAUL)
    expect(await refusalOf(visitByLink(world, older))).toMatchObject({ code: 'gone' })
    await dossier.assess()
    expect(await refusalOf(visitByLink(world, newer))).toMatchObject({ code: 'gone' })
  })
})

describe('who commits the company by a link', () => {
  let token: string
  beforeEach(async () => {
    await dossier.upTo('assess')
    token = await asked(PAUL)
  })

  test('must read the mailbox: without the code of the second mail nothing is endorsed', async () => {
    const without = endorseByLink(world, undefined, await endorsing(token, ''))
    expect((await refusalOf(without)).fields).toMatchObject([{ pointer: '/code' }])
    const code = await coded(token)
    expect(await lastLetter()).toMatchObject({
      address: PAUL.email,
      subject: 'Votre code / Your code',
    })
    const wrong = code === '0000 0000' ? '1111 1111' : '0000 0000'
    const guessed = endorseByLink(world, undefined, await endorsing(token, wrong))
    expect(await refusalOf(guessed)).toMatchObject({ code: 'invalid-request' })
    expect(await dossier.state()).toBe('assessed')
    await endorseByLink(world, undefined, await endorsing(token, code))
    expect(await dossier.state()).toBe('endorsed')
  })

  test('types the code within 15 minutes', async () => {
    const code = await coded(token)
    world.clock.advance(15 * 60_000 + 1)
    const late = endorseByLink(world, undefined, await endorsing(token, code))
    expect(await refusalOf(late)).toMatchObject({ code: 'invalid-request' })
    const fresh = await coded(token)
    world.clock.advance(15 * 60_000)
    await endorseByLink(world, undefined, await endorsing(token, fresh))
  })

  test('a newer code ends the one before, and after five of them another link is needed', async () => {
    const older = await coded(token)
    for (let more = 0; more < 4; more++) await coded(token)
    expect(await refusalOf(sendCode(world, undefined, token))).toMatchObject({ code: 'conflict' })
    const late = endorseByLink(world, undefined, await endorsing(token, older))
    expect(await refusalOf(late)).toMatchObject({ code: 'invalid-request' })
  })

  test('five wrong codes close the link, for the right one too', async () => {
    const code = await coded(token)
    const wrong = await endorsing(token, code === '0000 0000' ? '1111 1111' : '0000 0000')
    for (let times = 0; times < 5; times++) await refusalOf(endorseByLink(world, undefined, wrong))
    const right = endorseByLink(world, undefined, await endorsing(token, code))
    expect(await refusalOf(right)).toMatchObject({ code: 'gone' })
  })

  test('EN-01 is not who assessed, whichever way the address is written', async () => {
    await withdraw(world, story.teacher, dossierId)
    await dossier.propose()
    const first = await asked()
    await assessByLink(world, undefined, await assessing(first))
    for (const email of [INES.email, 'Ines+deux@Composites.example']) {
      const again = askCompany(world, story.admin, { ...PAUL, email, dossierId })
      expect(await refusalOf(again)).toMatchObject({ code: 'forbidden' })
    }
    expect(await findPersonByEmail(world.db, 'ines+deux@composites.example')).toBeUndefined()
  })

  test('EN-07 no token does it, nor somebody who is signed in as another', async () => {
    const input = await endorsing(token, await coded(token))
    for (const visitor of [{ ...story.boss, via: 'token' as const }, story.boss, story.head])
      expect(await refusalOf(endorseByLink(world, visitor, input))).toMatchObject({
        code: 'forbidden',
      })
    const program = await request(createApp(world))
      .post(`/e/${token}`)
      .set('Authorization', 'Bearer sceau_test_x')
      .send({ act: 'endorse', ...input })
    expect([401, 403]).toContain(program.status)
    expect(await dossier.state()).toBe('assessed')
  })

  test('ENDORSE_BY_LINK=off: nobody is asked to endorse, and what was sent is void', async () => {
    const off = { ...world, config: { ...world.config, endorseByLink: false } }
    expect(await refusalOf(visitByLink(off, token))).toMatchObject({ code: 'gone' })
    const asking = askCompany(off, story.admin, { ...PAUL, dossierId })
    expect(await refusalOf(asking)).toMatchObject({ code: 'rule-refused' })
    await withdraw(off, story.teacher, dossierId)
    await dossier.propose()
    await askCompany(off, story.admin, { ...INES, dossierId })
  })
})

describe('who asks', () => {
  const person = async (email: string, role: Role, like: Actor) =>
    asActor(
      world,
      await somebody(world, email, { role, organisationId: like.assignments[0]!.organisationId }),
    )

  test('is the company’s administrator or the school’s approver; nobody else, and no token', async () => {
    await dossier.upTo('propose')
    for (const actor of [story.tutor, story.teacher, { ...story.admin, via: 'token' as const }])
      expect(await refusalOf(askCompany(world, actor, { ...INES, dossierId }))).toMatchObject({
        code: 'forbidden',
      })
    await asked(INES, story.head)
    await asked(INES, story.admin)
  })

  test('a school has the company committed at an address of the company’s domain alone', async () => {
    await dossier.upTo('assess')
    for (const email of ['paul@elsewhere.example', 'paul@gmail.com']) {
      const asking = askCompany(world, story.head, { ...PAUL, email, dossierId })
      expect((await refusalOf(asking)).fields).toMatchObject([{ pointer: '/email' }])
    }
    await asked(PAUL, story.head)
    await asked({ ...PAUL, email: 'paul@elsewhere.example' }, story.admin)
  })

  test('a school that had an award assessed at an address of its choice has not made it the company’s', async () => {
    await dossier.upTo('propose')
    const link = await asked({ ...INES, email: 'ines@elsewhere.example' }, story.head)
    await assessByLink(world, undefined, await assessing(link))
    const asking = askCompany(world, story.head, {
      ...PAUL,
      email: 'paul@elsewhere.example',
      dossierId,
    })
    expect((await refusalOf(asking)).fields).toMatchObject([{ pointer: '/email' }])
    await asked(PAUL, story.head)
  })

  test('asks neither themselves nor somebody who has an account', async () => {
    await dossier.upTo('propose')
    await person('colleague@example.org', 'company-endorser', story.boss)
    const asking = (email: string) =>
      refusalOf(askCompany(world, story.head, { ...INES, email, dossierId }))
    expect(await asking('HEAD+moi@example.org')).toMatchObject({ code: 'forbidden' })
    expect(await asking('colleague@example.org')).toMatchObject({ code: 'conflict' })
    expect(await asking('teacher@example.org')).toMatchObject({ code: 'conflict' })
  })

  test('finds nothing to ask before it is proposed, or once it is endorsed', async () => {
    const asking = () => refusalOf(askCompany(world, story.admin, { ...INES, dossierId }))
    expect(await asking()).toMatchObject({ code: 'not-found' })
    await dossier.upTo('endorse')
    expect(await asking()).toMatchObject({ code: 'conflict' })
  })

  test('needs a service that sends mail: the link is shown to nobody', async () => {
    await dossier.upTo('propose')
    const silent = { ...world, config: { ...world.config, smtpUrl: undefined } }
    const asking = askCompany(silent, story.admin, { ...INES, dossierId })
    expect(await refusalOf(asking)).toMatchObject({ code: 'rule-refused' })
  })

  test('does it at the page of the dossier; the answer is given without an account', async () => {
    await dossier.upTo('propose')
    const app = createApp(world)
    const admin = await openTab(app).signIn('admin@example.org')
    expect((await admin.get(`/dossiers/${dossierId}`)).text).toContain(`/dossiers/${dossierId}/ask`)
    const path = `/dossiers/${dossierId}/ask`
    const { _csrf = '' } = hiddenOf((await admin.get(path)).text, {})
    const sent = await admin.post(path, { _csrf, ...INES })
    expect(sent.text).toContain('Le lien est envoyé à cette adresse')
    const token = tokenIn((await lastLetter()).text)
    expect(sent.text).not.toContain(token)
    const reader = openTab(app)
    const form = hiddenOf((await reader.get(`/e/${token}`)).text, { act: 'assess' })
    const thanks = await reader.post(`/e/${token}`, { ...form, function: 'Tutrice' })
    expect(thanks.text).toContain('Votre évaluation est enregistrée')
    expect(await dossier.state()).toBe('assessed')
    expect((await reader.get(`/e/${token}`)).status).toBe(410)
  })
})
