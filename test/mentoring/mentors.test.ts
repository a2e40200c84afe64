import { beforeEach, describe, expect, test } from 'vitest'
import { recordSession } from '../../src/mentoring/facts/record-session.js'
import { choicesForSession } from '../../src/mentoring/facts/see-session-form.js'
import { addMentor, type MentorInput } from '../../src/mentoring/mentors/add-mentor.js'
import { changeMentor, NOT_SAID } from '../../src/mentoring/mentors/change-mentor.js'
import { seeMentors } from '../../src/mentoring/mentors/see-mentors.js'
import { isMinor, isVetted, judgeMentors } from '../../src/mentoring/mentors/vetting.js'
import { createOrganisation } from '../../src/people/create-organisation.js'
import { requireVetting, seeAcademyRules } from '../../src/mentoring/mentors/require-vetting.js'
import { createPerson } from '../../src/people/create-person.js'
import { OPERATOR } from '../../src/people/operator.js'
import { asActor, auditOf, refusalOf, somebody } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'
import { aMember, ADDRESS, openAcademy, type Academy } from './academy.js'
import { openPairs } from './any-scheme.js'
import { browserOf, textOf } from './browser.js'

let world: World
let academy: Academy
let eve: MentorInput

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  eve = {
    organisationId: academy.company.publicId,
    givenName: 'Ève',
    familyName: 'Atelier',
    email: '',
    sex: 'F',
    vetting: 'A_VERIFIER',
    vettedOn: '',
    renewBy: '',
    charterOn: '',
  }
})

const personOfMentor = async (mentorId: string) =>
  (await seeMentors(world, academy.teacher)).mentors.find((one) => one.mentorId === mentorId)!

const alone = (mentorIds: string[], changes: object = {}) =>
  recordSession(world, academy.teacher, {
    cohortId: academy.cohortId,
    companyId: academy.company.publicId,
    kind: 'PROJET',
    format: 'INDIVIDUEL',
    day: '2026-11-24',
    minutes: 60,
    topic: 'Moule en composite',
    mentorIds,
    studentIds: ['zoe'],
    topicAgreed: false,
    coordinated: false,
    acknowledged: ['PT-06'],
    ...changes,
  })

describe('MENT-01', () => {
  const base = { format: 'INDIVIDUEL', day: '2026-11-24', hasMinor: true } as const
  const case_ = { ...base, isRequired: false, schoolAdultPresent: false, mentors: [[]] }
  const vetted = (renewBy: string | null) => [
    [{ vetting: 'VERIFIE_PAR_ACADEMIE', renewBy } as const],
  ]
  const rules = (session: Parameters<typeof judgeMentors>[0]) =>
    judgeMentors(session).map(({ rule }) => rule)

  test.each([
    ['alone with a minor, not verified', case_, ['MENT-01']],
    ['an adult of the school was there', { ...case_, schoolAdultPresent: true }, []],
    ['no minor', { ...case_, hasMinor: false }, []],
    ['a small group', { ...case_, format: 'PETIT_GROUPE' as const }, []],
    ['verified without an end', { ...case_, mentors: vetted(null) }, []],
    ['verified until the day', { ...case_, mentors: vetted('2026-11-24') }, []],
    ['verified until the day before', { ...case_, mentors: vetted('2026-11-23') }, ['MENT-01']],
    ['one of two is not verified', { ...case_, mentors: [...vetted(null), []] }, ['MENT-01']],
  ])('%s', (_, session, expected) => {
    expect(rules(session)).toEqual(expected)
  })

  test('refuses whoever was refused, whatever else is known', () => {
    const refused = [
      { vetting: 'VERIFIE_PAR_STRUCTURE', renewBy: null },
      { vetting: 'REFUSE', renewBy: null },
    ] as const
    expect(() =>
      judgeMentors({ ...case_, hasMinor: false, format: 'CLASSE', mentors: [[], refused] }),
    ).toThrow(expect.objectContaining({ rule: 'MENT-01', code: 'rule-refused' }))
  })

  test('refuses, where the academy says so, what else warns', () => {
    expect(() => judgeMentors({ ...case_, isRequired: true })).toThrow(
      expect.objectContaining({ rule: 'MENT-01', code: 'rule-refused' }),
    )
    for (const change of [
      { schoolAdultPresent: true },
      { hasMinor: false },
      { mentors: vetted(null) },
    ]) {
      expect(judgeMentors({ ...case_, isRequired: true, ...change })).toEqual([])
    }
  })

  test('is refused from the day on which the academy says so, until it says otherwise', async () => {
    await aMember(world, academy, { id: 'zoe' })
    const make = (academyCode: string) =>
      createOrganisation(world, OPERATOR, {
        kind: 'academy',
        name: `DÉMO ${academyCode}`,
        academyCode,
      })
    const [ours, theirs] = [await make('03'), await make('70')]
    const held = async ({ id }: { id: number }) => {
      const role = { role: 'academic-referent', organisationId: id } as const
      return asActor(world, await somebody(world, `referent-${id}@example.org`, role))
    }
    const [referent, other] = [await held(ours), await held(theirs)]
    await world.db
      .updateTable('organisations')
      .set({ academy_code: '03' })
      .where('id', '=', academy.school.id)
      .execute()
    const order = { academyId: ours.publicId, required: true }
    for (const actor of [academy.teacher, other]) {
      expect((await refusalOf(requireVetting(world, actor, order))).code).toBe('not-found')
    }
    await requireVetting(world, other, { ...order, academyId: theirs.publicId })
    const { publicId } = academy.tutor
    const acknowledged = ['PT-06', 'MENT-01']
    await alone([publicId], { acknowledged, topic: 'Avant' })
    await requireVetting(world, referent, order)
    expect((await refusalOf(requireVetting(world, referent, order))).code).toBe('conflict')
    expect(await refusalOf(alone([publicId], { acknowledged }))).toMatchObject({
      code: 'rule-refused',
      rule: 'MENT-01',
      fields: [{ pointer: '/schoolAdultPresent' }],
    })
    // The day before, nobody had said so.
    await alone([publicId], { acknowledged, day: '2026-11-23' })
    await alone([publicId], { acknowledged: ['PT-06'], schoolAdultPresent: true })
    expect(await seeAcademyRules(world, referent)).toMatchObject([{ requiredSince: '2026-11-24' }])
    const tab = await browserOf(world, `referent-${ours.id}@example.org`)
    expect(textOf(await tab.get('/academy'))).toContain('Depuis le 24 novembre 2026')
    await tab.send('/academy', { academyId: ours.publicId, do: 'release' })
    await alone([publicId], { acknowledged, topic: 'Après' })
    expect((await auditOf(world)).filter((one) => one.startsWith('academy.'))).toEqual([
      'academy.vetting-required',
      'academy.vetting-required',
      'academy.vetting-released',
    ])
  })

  test('a minor is one until the day of their 18 years', () => {
    expect(isMinor('2008-11-24', '2026-11-23')).toBe(true)
    expect(isMinor('2008-11-24', '2026-11-24')).toBe(false)
    expect(isVetted({ vetting: 'A_VERIFIER', renewBy: null }, '2026-11-24')).toBe(false)
  })

  test('is asked when a session is recorded, also of who has a role in the company', async () => {
    await aMember(world, academy, { id: 'zoe' })
    const mentorId = await addMentor(world, academy.teacher, eve)
    const { publicId } = await personOfMentor(mentorId)
    for (const one of [publicId, academy.tutor.publicId]) {
      expect(await refusalOf(alone([one]))).toMatchObject({
        code: 'unacknowledged',
        fields: [{ pointer: '/acknowledged/MENT-01' }],
      })
    }
    const state = { mentorId, renewBy: '', charterOn: '', lastDay: '' }
    const vettedOn = '2026-11-02'
    const verified = { ...state, vetting: 'VERIFIE_PAR_ACADEMIE', vettedOn }
    await changeMentor(world, academy.teacher, verified)
    await alone([publicId])
    await changeMentor(world, academy.teacher, { ...state, vetting: 'REFUSE', vettedOn })
    const group = { format: 'CLASSE', topic: 'Autre', schoolAdultPresent: true }
    expect(await refusalOf(alone([publicId], group))).toMatchObject({
      rule: 'MENT-01',
      fields: [{ pointer: '/mentorIds/0' }],
    })
    await alone([academy.tutor.publicId], group)
    const kept = await world.db
      .selectFrom('mentoring_sessions')
      .select('accompanied_by')
      .orderBy('id')
      .execute()
    expect(kept).toEqual([{ accompanied_by: null }, { accompanied_by: 'SCHOOL_ADULT' }])
  })
})

describe('a mentor without an account', () => {
  test('is added by a school, offered in the form until their last day, and has no way to sign in', async () => {
    const mentorId = await addMentor(world, academy.teacher, eve)
    const offered = async (day: string) => {
      const of = { cohortId: academy.cohortId, day }
      const { mentors } = await choicesForSession(world, academy.teacher, of)
      return mentors.map(({ name }) => name)
    }
    expect(await offered('2026-11-24')).toEqual(['Ève Atelier', 'Camille Martin'])
    expect(await offered('2026-11-23')).toEqual(['Camille Martin'])
    const end = { vetting: 'A_VERIFIER', vettedOn: '', renewBy: '', charterOn: '2026-11-20' }
    await changeMentor(world, academy.teacher, { mentorId, ...end, lastDay: '2026-11-24' })
    expect(await offered('2026-11-25')).toEqual(['Camille Martin'])
    expect(await personOfMentor(mentorId)).toMatchObject({
      charterOn: '2026-11-20',
      untilDay: '2026-11-24',
    })
    const held = await world.db
      .selectFrom('persons')
      .select(['email', 'password_hash'])
      .where('family_name', '=', 'Atelier')
      .execute()
    expect(held).toEqual([{ email: null, password_hash: null }])
    expect((await auditOf(world)).slice(-3)).toEqual([
      'person.created',
      'mentor.added',
      'mentor.changed',
    ])
  })

  test('is not added twice; the address of who has a role takes that person', async () => {
    const { teacher } = academy
    await addMentor(world, teacher, eve)
    expect(await refusalOf(addMentor(world, teacher, eve))).toMatchObject({
      code: 'conflict',
      fields: [{ pointer: '/familyName' }],
    })
    const mentorId = await addMentor(world, teacher, { ...eve, email: ADDRESS.tutor })
    expect(await personOfMentor(mentorId)).toMatchObject({ publicId: academy.tutor.publicId })
    // A teacher's address, or a student's, makes nobody a mentor.
    expect(
      await refusalOf(addMentor(world, teacher, { ...eve, email: ADDRESS.colleague })),
    ).toMatchObject({ code: 'conflict', fields: [{ pointer: '/email' }] })
  })

  test.each([
    ['a state that is none', { vetting: 'CASIER_VU' }, '/vetting'],
    ['a verification without its day', { vetting: 'VERIFIE_PAR_ACADEMIE' }, '/vettedOn'],
    ['one that is to come', { vetting: 'REFUSE', vettedOn: '2026-11-25' }, '/vettedOn'],
    [
      'a renewal before it',
      { vetting: 'VERIFIE_PAR_ACADEMIE', vettedOn: '2026-11-02', renewBy: '2026-11-01' },
      '/renewBy',
    ],
    ['a charter to come', { charterOn: '2026-11-25' }, '/charterOn'],
    ['no name', { familyName: ' ' }, '/familyName'],
    ['another word', { sex: 'X' }, '/sex'],
  ])('%s is refused', async (_, change, pointer) => {
    expect(await refusalOf(addMentor(world, academy.teacher, { ...eve, ...change }))).toMatchObject(
      { code: 'invalid-request', fields: [{ pointer }] },
    )
    expect((await seeMentors(world, academy.teacher)).mentors).toEqual([])
  })

  test('is of a company that the school works with; a stranger sees none of it', async () => {
    const elsewhere = { ...eve, organisationId: academy.otherCompany.publicId }
    expect(await refusalOf(addMentor(world, academy.teacher, elsewhere))).toMatchObject({
      code: 'not-found',
    })
    const mentorId = await addMentor(world, academy.officer, eve)
    expect((await seeMentors(world, academy.stranger)).mentors).toEqual([])
    const change = { mentorId, vetting: 'A_VERIFIER', vettedOn: '', renewBy: '' }
    expect(
      await refusalOf(
        changeMentor(world, academy.stranger, { ...change, charterOn: '', lastDay: '' }),
      ),
    ).toMatchObject({ code: 'not-found' })
    expect(await refusalOf(seeMentors(world, academy.tutor))).toMatchObject({ code: 'not-found' })
  })

  test('of any company, where a cohort of the school may have them', async () => {
    const pairs = await openPairs(world, academy)
    const elsewhere = { ...eve, organisationId: academy.otherCompany.publicId }
    await addMentor(world, academy.teacher, elsewhere)
    const of = { cohortId: pairs.cohortId, day: undefined }
    const { mentors } = await choicesForSession(world, academy.teacher, of)
    expect(mentors.map(({ name }) => name)).toContain('Ève Atelier')
  })

  test('a company adds its people, and does not say that they are verified', async () => {
    const boss = await asActor(
      world,
      await createPerson(world, OPERATOR, {
        givenName: 'Max',
        familyName: 'Patron',
        email: 'boss@example.org',
        role: 'company-admin',
        organisationId: academy.company.id,
      }),
    )
    const said = { vetting: 'VERIFIE_PAR_ACADEMIE', vettedOn: '2026-11-02' }
    const mentorId = await addMentor(world, boss, { ...eve, ...said })
    expect(await personOfMentor(mentorId)).toMatchObject({ vetting: 'A_VERIFIER' })
    const change = { mentorId, ...said, renewBy: '', charterOn: '2026-11-03', lastDay: '' }
    await changeMentor(world, boss, change)
    expect(await personOfMentor(mentorId)).toMatchObject({
      vetting: 'A_VERIFIER',
      charterOn: '2026-11-03',
    })
    await changeMentor(world, academy.teacher, change)
    // What the school has said, the company does not take back.
    await changeMentor(world, boss, { ...change, vetting: 'A_VERIFIER', vettedOn: '' })
    expect(await personOfMentor(mentorId)).toMatchObject({ vetting: 'VERIFIE_PAR_ACADEMIE' })
  })
})

test('the pages add a mentor, tell states in words, and say what has run out', async () => {
  const tab = await browserOf(world, ADDRESS.teacher)
  const renewBy = '2026-11-23'
  const answer = await tab.send('/mentors/new', {
    ...eve,
    vetting: 'VERIFIE_PAR_STRUCTURE',
    vettedOn: '2025-11-24',
    renewBy,
  })
  expect(answer.headers.location).toBe('/mentors')
  const list = await tab.get('/mentors')
  expect(textOf(list)).toContain('À renouveler depuis le 23 novembre 2026')
  const href = /href="(\/mentors\/[\w-]{22})"/.exec(list.text)![1]!
  const wrong = await tab.send(href, { vetting: 'REFUSE' })
  expect(wrong.status).toBe(400)
  expect(wrong.text).toContain('id="error-vettedOn"')
  await tab.send(href, { vetting: 'REFUSE', vettedOn: '2026-11-24' })
  expect(textOf(await tab.get('/mentors'))).toContain('Refusé')
  expect((await (await browserOf(world, ADDRESS.stranger)).get(href)).status).toBe(404)
})

describe('the figures of women among mentors', () => {
  const due = () => world.db.selectFrom('figures_due').selectAll().execute()
  const unmarked = () => world.db.deleteFrom('figures_due').execute()

  test('are counted again where a mentor led who says otherwise, and there alone', async () => {
    await aMember(world, academy, { id: 'zoe' })
    const mentorId = await addMentor(world, academy.teacher, eve)
    const { publicId } = await personOfMentor(mentorId)
    const change = { ...eve, mentorId, lastDay: '' }
    await unmarked()
    await changeMentor(world, academy.teacher, { ...change, sex: 'M' })
    expect(await due()).toEqual([])
    await alone([publicId], { schoolAdultPresent: true })
    await unmarked()
    await changeMentor(world, academy.teacher, { ...change, sex: '' })
    expect(await due()).toEqual([])
    await changeMentor(world, academy.teacher, { ...change, sex: 'F' })
    expect(await due()).toMatchObject([{ school_year: 2026 }])
    await changeMentor(world, academy.teacher, { ...change, sex: NOT_SAID })
    const kept = await world.db.selectFrom('mentors').select('sex').execute()
    expect(kept).toEqual([{ sex: null }])
  })

  test('are counted again when who led by a role becomes a mentor', async () => {
    await aMember(world, academy, { id: 'zoe' })
    await alone([academy.tutor.publicId], { schoolAdultPresent: true })
    await unmarked()
    await addMentor(world, academy.teacher, { ...eve, email: ADDRESS.tutor })
    expect(await due()).toHaveLength(1)
  })

  test('show nobody’s answer on the page of a mentor, where it may be changed', async () => {
    const mentorId = await addMentor(world, academy.teacher, eve)
    const tab = await browserOf(world, ADDRESS.teacher)
    const { text } = await tab.get(`/mentors/${mentorId}`)
    expect(text).toContain('Laisser comme c’est')
    expect(text).not.toMatch(/value="[FM]"[^>]*selected|selected[^>]*value="[FM]"/)
  })
})
