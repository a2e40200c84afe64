import { beforeEach, describe, expect, test } from 'vitest'
import { askErasure, withdrawErasure } from '../../../src/issuer/rights/ask-erasure.js'
import {
  agreeToErasure,
  refuseErasure,
  secondErasure,
} from '../../../src/issuer/rights/decide-erasure.js'
import { seeOpenRequests, seeRights } from '../../../src/issuer/rights/see-rights.js'
import { eraseOnRequest, eraseStudent } from '../../../src/issuer/rights/erase-student.js'
import { openSession } from '../../../src/people/sessions.js'
import type { Actor, Role } from '../../../src/context.js'
import { runNextJob } from '../../../src/worker.js'
import { issue, type Issued } from '../share-story.js'
import { aLycee, asActor, auditOf, refusalOf, somebody } from '../../people/people.js'
import { browserOf } from '../../mentoring/browser.js'
import { moveTo } from '../../mentoring/move.js'
import type { Organisation } from '../../../src/people/store.js'
import { STORES } from '../../support/dialects.js'
import { live } from './life.js'
import { openWorld, type World } from '../../support/world.js'

let world: World
let story: Issued
beforeEach(async () => {
  world = await openWorld()
  story = await issue(world)
  while (await runNextJob(world));
})
const ask = () => askErasure(world, story.student, { badges: 'keep' })
const state = () =>
  world.db
    .selectFrom('erasure_requests')
    .selectAll()
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
const names = () => world.db.selectFrom('students').select('family_name').execute()

test('a student asks; one person of the school alone erases nobody, a second one does', async () => {
  const id = await ask()
  expect((await refusalOf(secondErasure(world, story.teacher, id))).code).toBe('conflict')
  await agreeToErasure(world, story.head, id)
  expect((await refusalOf(secondErasure(world, story.head, id))).code).toBe('forbidden')
  expect((await refusalOf(agreeToErasure(world, story.head, id))).code).toBe('conflict')
  await expect(eraseOnRequest(world, { requestId: id })).rejects.toThrow('Nobody has decided')
  expect(await runNextJob(world)).toBe(false)
  expect(await names()).toEqual([{ family_name: 'Kerguélen' }])
  await secondErasure(world, story.teacher, id)
  expect((await refusalOf(withdrawErasure(world, story.student))).code).toBe('conflict')
  while (await runNextJob(world));
  expect(await names()).toEqual([{ family_name: 'effacé' }])
  expect(await state()).toMatchObject({ ended_as: 'ERASED', student_id: null, asked_by_id: null })
  const lines = (await auditOf(world)).filter((action) => /erasure|erased/.test(action))
  expect(lines).toEqual(['erasure.asked', 'erasure.agreed', 'erasure.seconded', 'student.erased'])
})

test('nobody of another school, of a company, and no program decides; staff alone do not agree first', async () => {
  const id = await ask()
  const other = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
  const held = { role: 'school-approver', organisationId: other.id } as const
  const stranger = await asActor(world, await somebody(world, 'far@example.org', held))
  const program: Actor = { ...story.head, via: 'token' }
  const codes = async (act: (actor: Actor) => Promise<void>, actors: Actor[]) =>
    Promise.all(actors.map(async (actor) => (await refusalOf(act(actor))).code))
  const agree = (actor: Actor) => agreeToErasure(world, actor, id)
  expect(await codes(agree, [stranger, story.boss, program, story.teacher])).toEqual([
    'not-found',
    'not-found',
    'forbidden',
    'forbidden',
  ])
  await agree(story.head)
  const second = (actor: Actor) => secondErasure(world, actor, id)
  expect(await codes(second, [stranger, story.boss, story.student])).toEqual([
    'not-found',
    'not-found',
    'not-found',
  ])
  expect(await state()).toMatchObject({ seconded_at: null, ended_at: null })
})

test('a legal hold refuses, with a reason that the student reads; they may ask again', async () => {
  const id = await ask()
  const input = { id, code: 'LEGAL_HOLD', reason: 'Une procédure est en cours.' } as const
  const short = await refusalOf(refuseErasure(world, story.head, { ...input, reason: 'Non' }))
  expect(short.code).toBe('invalid-request')
  expect((await refusalOf(refuseErasure(world, story.teacher, input))).code).toBe('forbidden')
  await refuseErasure(world, story.head, input)
  expect(await state()).toMatchObject({ ended_as: 'REFUSED', refusal_reason: input.reason })
  expect((await refusalOf(agreeToErasure(world, story.head, id))).code).toBe('conflict')
  await ask()
  expect((await refusalOf(ask())).code).toBe('conflict')
  await withdrawErasure(world, story.student)
  expect(await state()).toMatchObject({ ended_as: 'WITHDRAWN' })
})

test.each(STORES)(
  'an erasure is done on $name',
  async ({ open }) => {
    world = await openWorld({ db: await open() })
    const life = await live(world)
    const id = await askErasure(world, life.student, { badges: 'revoke' })
    await agreeToErasure(world, life.head, id)
    await secondErasure(world, life.teacher, id)
    while (await runNextJob(world));
    expect(await state()).toMatchObject({ ended_as: 'ERASED' })
    expect(await names()).toEqual([{ family_name: 'effacé' }])
    expect(await world.db.selectFrom('badges').select('id').execute()).toEqual([])
    await world.db.destroy()
  },
  120_000,
)

test('staff write down what was asked by mouth; whoever did may be the second person', async () => {
  const { teacher, head, studentId } = story
  const id = await askErasure(world, teacher, { studentId, badges: 'revoke' })
  expect(await state()).toMatchObject({ asked_as: 'SCHOOL', badges: 'revoke' })
  await agreeToErasure(world, head, id)
  await secondErasure(world, teacher, id)
  while (await runNextJob(world));
  expect(await state()).toMatchObject({ ended_as: 'ERASED' })
})

test('at the page of staff nobody asks for their own record, not even who is of the staff by now', async () => {
  const { student, studentId } = story
  const refused = async (actor: Actor) =>
    refusalOf(askErasure(world, actor, { studentId, badges: 'keep' }))
  expect(await refused(student)).toMatchObject({ code: 'forbidden' })
  const staff = { ...student, assignments: [...student.assignments, ...story.teacher.assignments] }
  expect((await refused(staff)).words.fr).toContain('Mes données')
  const tab = await browserOf(world, 'student@example.org')
  const fields = { do: 'ask', badges: 'keep' }
  expect((await tab.send(`/students/${studentId}/data`, fields)).status).toBe(403)
  expect(await world.db.selectFrom('erasure_requests').selectAll().execute()).toEqual([])
  expect((await tab.send('/my-data', fields)).status).toBe(303)
  expect(await state()).toMatchObject({ asked_as: 'STUDENT' })
})

test('an adult who was a student keeps their account and its other roles', async () => {
  const row = { person_id: story.student.personId!, role: 'company-endorser' }
  const organisation_id = story.boss.assignments[0]!.organisationId
  const held = { ...row, organisation_id, from_day: '2026-09-01' }
  await world.db.insertInto('role_assignments').values(held).execute()
  const id = await ask()
  await agreeToErasure(world, story.head, id)
  await secondErasure(world, story.teacher, id)
  while (await runNextJob(world));
  const person = world.db.selectFrom('persons').selectAll().where('id', '=', row.person_id)
  expect(await person.executeTakeFirst()).toMatchObject({ email: 'student@example.org' })
  const roles = world.db.selectFrom('role_assignments').select('role')
  expect(await roles.where('person_id', '=', row.person_id).execute()).toEqual([
    { role: 'company-endorser' },
  ])
  expect(await names()).toEqual([{ family_name: 'effacé' }])
})

describe('of a student who changes school', () => {
  let there: { school: Organisation; head: Actor; teacher: Actor }
  beforeEach(async () => {
    const school = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
    const at = async (role: Role) =>
      asActor(
        world,
        await somebody(world, `${role}@there.example`, { role, organisationId: school.id }),
      )
    there = { school, head: await at('school-approver'), teacher: await at('school-staff') }
  })
  const move = () => moveTo(world, story.studentId, there.school)
  const states = async (actor: Actor) =>
    (await seeOpenRequests(world, actor)).map((one) => one.state)

  test('a request is decided by two persons of the present school, from the beginning', async () => {
    const id = await ask()
    await agreeToErasure(world, story.head, id)
    await move()
    const refusal = { id, code: 'LEGAL_HOLD', reason: 'Une procédure est en cours.' } as const
    for (const act of [
      agreeToErasure(world, story.head, id),
      secondErasure(world, story.teacher, id),
      refuseErasure(world, story.head, refusal),
    ])
      expect((await refusalOf(act)).code).toBe('not-found')
    expect(await states(story.teacher)).toEqual([])
    expect(await states(there.teacher)).toEqual(['asked'])
    const seen = await seeRights(world, there.head, story.studentId)
    expect(seen).toMatchObject({ request: { state: 'asked' }, mayAgree: true, maySecond: false })
    expect((await refusalOf(secondErasure(world, there.teacher, id))).code).toBe('conflict')
    await agreeToErasure(world, there.head, id)
    expect(await states(there.teacher)).toEqual(['agreed'])
    expect((await refusalOf(secondErasure(world, there.head, id))).code).toBe('forbidden')
    await secondErasure(world, there.teacher, id)
    while (await runNextJob(world));
    expect(await state()).toMatchObject({ ended_as: 'ERASED', school_id: there.school.id })
    expect(await names()).toEqual([{ family_name: 'effacé' }])
  })

  test('a request is refused by the present school', async () => {
    const id = await ask()
    await move()
    const reason = 'Une procédure est en cours.'
    await refuseErasure(world, there.head, { id, code: 'LEGAL_HOLD', reason })
    expect(await state()).toMatchObject({ ended_as: 'REFUSED', school_id: there.school.id })
  })

  test('the first person who is of both schools is still not the second', async () => {
    const id = await ask()
    const assignments = [...story.head.assignments, ...there.head.assignments]
    const ofBoth = { ...story.head, assignments }
    await agreeToErasure(world, ofBoth, id)
    await move()
    expect((await refusalOf(secondErasure(world, ofBoth, id))).code).toBe('conflict')
    await agreeToErasure(world, ofBoth, id)
    expect((await refusalOf(secondErasure(world, ofBoth, id))).code).toBe('forbidden')
  })
})

describe('a person with records in two schools', () => {
  const personId = () => story.student.personId!
  const person = () =>
    world.db.selectFrom('persons').selectAll().where('id', '=', personId()).executeTakeFirst()
  const roles = async () =>
    (
      await world.db
        .selectFrom('role_assignments')
        .select('organisation_id')
        .where('person_id', '=', personId())
        .execute()
    ).map(({ organisation_id }) => organisation_id)
  const erase = async () => {
    const row = await world.db.selectFrom('students').selectAll().executeTakeFirstOrThrow()
    const erasure = { badges: 'keep', request: 'first' }
    await eraseStudent(world, row, erasure)
  }
  let otherSchool: number
  let other: number
  beforeEach(async () => {
    const { db } = world
    otherSchool = (await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')).id
    const { id: _, ...row } = await db.selectFrom('students').selectAll().executeTakeFirstOrThrow()
    const second = { public_id: 'second', ine_fingerprint: 'second', school_id: otherSchool }
    const inserted = db.insertInto('students').values({ ...row, ...second })
    other = (await inserted.returning('id').executeTakeFirstOrThrow()).id
    const held = { person_id: personId(), role: 'student', from_day: '2026-09-01' }
    const at = { ...held, organisation_id: otherSchool }
    await db.insertInto('role_assignments').values(at).execute()
    await openSession(world, db, personId())
  })

  test('keeps the account while one of them lives, and is told', async () => {
    await erase()
    expect(await person()).toMatchObject({ email: 'student@example.org' })
    expect(await roles()).toEqual([otherSchool])
    expect(await world.db.selectFrom('web_sessions').select('id').execute()).toHaveLength(1)
    expect(await world.db.selectFrom('students').select('person_id').execute()).toEqual([
      { person_id: null },
      { person_id: personId() },
    ])
    const mails = world.db.selectFrom('outbox_mails').selectAll()
    const [mail] = await mails.where('key', 'like', 'account-stays %').execute()
    expect(mail).toMatchObject({ to_person_id: personId() })
    expect(mail!.body).toContain('Votre compte reste')
    expect(mail!.body).not.toMatch(/Lycée|Zoé|Kergu/)
  })

  test('loses it with the last one', async () => {
    await erase()
    const row = world.db.selectFrom('students').selectAll().where('id', '=', other)
    const erasure = { badges: 'keep', request: 'second' }
    await eraseStudent(world, await row.executeTakeFirstOrThrow(), erasure)
    expect(await person()).toMatchObject({ email: null, family_name: 'effacé' })
    expect(await roles()).toEqual([])
    for (const table of ['web_sessions', 'outbox_mails'] as const)
      expect(await world.db.selectFrom(table).select('id').execute(), table).toEqual([])
  })
})
