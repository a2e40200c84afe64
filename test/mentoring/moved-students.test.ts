import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor, Role } from '../../src/context.js'
import { importClassList } from '../../src/mentoring/imports/import-class-list.js'
import { moveStudents } from '../../src/mentoring/imports/move-students.js'
import { makeCardOf } from '../../src/mentoring/students/make-cards.js'
import { openStudentAccount } from '../../src/mentoring/students/open-student-account.js'
import { findStudent } from '../../src/mentoring/students/store.js'
import { acceptInvitation, invite, readInvitation } from '../../src/people/accept-invitation.js'
import { enterByCode } from '../../src/people/codes/enter-by-code.js'
import { OPERATOR } from '../../src/people/operator.js'
import {
  confirmRecovery,
  readRecovery,
  seeRecoveries,
  useRecovery,
} from '../../src/people/recovery/recover.js'
import { openSession, readSession } from '../../src/people/sessions.js'
import { insertAssignment, listAssignments, type Organisation } from '../../src/people/store.js'
import { today } from '../../src/people/days.js'
import {
  aCompany,
  aLycee,
  asActor,
  auditOf,
  PASSWORD,
  refusalOf,
  somebody,
} from '../people/people.js'
import { askAndTake } from '../people/recovery/story.js'
import { STORES } from '../support/dialects.js'
import { meanwhile } from '../support/meanwhile.js'
import { demoList, demoStudents, siecleXml } from '../support/siecle.js'
import { openWorld, type World } from '../support/world.js'
import { moveTo } from './move.js'

type School = Readonly<{ it: Organisation; uai: string; head: Actor; teacher: Actor }>

const EMAIL = 'zoe@example.org'
let world: World
let former: School
let present: School
let studentId: string

beforeEach(async () => {
  await given(await openWorld())
})

async function given(one: World) {
  world = one
  former = await aSchool('Lycée DÉMO des Tilleuls', '9990001X')
  present = await aSchool('Lycée DÉMO des Érables', '9990002Y')
  await listed(former)
  const row = await world.db.selectFrom('students').select('public_id').executeTakeFirstOrThrow()
  studentId = row.public_id
}

async function aSchool(name: string, uai: string): Promise<School> {
  const it = await aLycee(world, name, uai)
  const at = async (role: Role) =>
    asActor(world, await somebody(world, `${role}@${uai}.example`, { role, organisationId: it.id }))
  return { it, uai, head: await at('school-approver'), teacher: await at('school-staff') }
}

/** The class list of a school has the student. */
function listed({ it, uai }: School) {
  const list = demoList({ uai, students: demoStudents(1) })
  const input = { schoolId: it.publicId, file: siecleXml(list), schoolYear: list.schoolYear }
  return importClassList(world, OPERATOR, input)
}

const linkAt = async ({ teacher }: School, email?: string) => {
  const { link } = await openStudentAccount(world, teacher, { studentId, email })
  return link.split('/').at(-1)!
}
const personId = async () => (await findStudent(world.db, studentId))!.person_id!
const rolesOf = async (id: number) =>
  (await listAssignments(world.db, id, today(world))).map(
    ({ role, organisationId }) => [role, organisationId] as const,
  )
const codeOf = async (act: Promise<unknown>) => (await refusalOf(act)).code
async function opened() {
  await acceptInvitation(world, await linkAt(former, EMAIL), PASSWORD)
  return personId()
}
async function asked() {
  await askAndTake(world, EMAIL)
  const rows = world.db.selectFrom('recoveries').select('public_id').orderBy('id', 'desc')
  return (await rows.executeTakeFirstOrThrow()).public_id
}

describe('a student whom the class list of another school has', () => {
  test('takes the role of a student along, and nobody of the former school makes a link', async () => {
    const made = await linkAt(former, EMAIL)
    const id = await personId()
    expect(await rolesOf(id)).toEqual([['student', former.it.id]])
    await listed(present)
    expect(await rolesOf(id)).toEqual([['student', present.it.id]])
    expect((await auditOf(world)).slice(-5)).toEqual([
      'student.moved',
      'role.ended',
      'role.given',
      'invitation.withdrawn',
      'class-list.imported',
    ])
    expect(await codeOf(readInvitation(world, made))).toBe('gone')
    expect(await codeOf(linkAt(former))).toBe('not-found')
    expect(await codeOf(invite(world, former.head, id))).toBe('not-found')
    await acceptInvitation(world, await linkAt(present), PASSWORD)
  })

  test('comes in by no card of the former school, and gets one of the present school', async () => {
    const [card] = await makeCardOf(world, former.teacher, studentId)
    await listed(present)
    expect(await auditOf(world)).toContain('code.withdrawn')
    const entering = enterByCode(world, { ...card!, password: PASSWORD })
    expect(await codeOf(entering)).toBe('wrong-credentials')
    expect(await codeOf(makeCardOf(world, former.teacher, studentId))).toBe('not-found')
    const [second] = await makeCardOf(world, present.teacher, studentId)
    expect(second!.identifier).toBe(card!.identifier)
    await enterByCode(world, { ...second!, password: PASSWORD })
  })

  test('is let in again by two people of the present school alone', async () => {
    await opened()
    const before = await asked()
    await confirmRecovery(world, former.head, before)
    await listed(present)
    expect(await auditOf(world)).toContain('recovery.ended')
    expect(await seeRecoveries(world, present.head)).toEqual([])
    for (const who of [former.teacher, present.head])
      expect(await codeOf(confirmRecovery(world, who, before))).toBe('not-found')
    const again = await asked()
    expect(again).not.toBe(before)
    expect(await codeOf(confirmRecovery(world, former.head, again))).toBe('not-found')
    await confirmRecovery(world, present.head, again)
    const link = await confirmRecovery(world, present.teacher, again)
    await useRecovery(world, link!.split('/').at(-1)!, PASSWORD)
  })

  test('a link that two people of the former school gave opens nothing any more', async () => {
    await opened()
    const id = await asked()
    await confirmRecovery(world, former.head, id)
    const link = await confirmRecovery(world, former.teacher, id)
    await listed(present)
    expect(await codeOf(readRecovery(world, link!.split('/').at(-1)!))).toBe('gone')
  })

  test('keeps the own password, sessions, and what they are elsewhere', async () => {
    const id = await opened()
    const company = await aCompany(world)
    const elsewhere = { person_id: id, role: 'company-endorser', organisation_id: company.id }
    await insertAssignment(world.db, { ...elsewhere, from_day: '2026-09-01' })
    const token = await openSession(world, world.db, id)
    const lines = (await auditOf(world)).length
    await listed(present)
    expect(await rolesOf(id)).toEqual([
      ['company-endorser', company.id],
      ['student', present.it.id],
    ])
    expect(await readSession(world, token)).toBeDefined()
    expect((await auditOf(world)).slice(lines)).toEqual([
      'student.moved',
      'role.ended',
      'role.given',
      'class-list.imported',
    ])
  })

  test('moves back with the account, which is the present school’s no more', async () => {
    await linkAt(former, EMAIL)
    await listed(present)
    const made = await linkAt(present)
    await listed(former)
    expect(await rolesOf(await personId())).toEqual([['student', former.it.id]])
    expect(await codeOf(readInvitation(world, made))).toBe('gone')
    expect(await codeOf(linkAt(present))).toBe('not-found')
    await acceptInvitation(world, await linkAt(former), PASSWORD)
  })

  test('stays a student of the former school for another record there', async () => {
    await linkAt(former, EMAIL)
    const { id: _, ...row } = (await findStudent(world.db, studentId))!
    const second = { public_id: 'second', ine_fingerprint: 'second' }
    await world.db
      .insertInto('students')
      .values({ ...row, ...second })
      .execute()
    await listed(present)
    expect(await rolesOf(await personId())).toEqual([
      ['student', former.it.id],
      ['student', present.it.id],
    ])
    await moveTo(world, 'second', present.it)
    expect(await rolesOf(await personId())).toEqual([['student', present.it.id]])
  })

  test('and whom somebody else moved meanwhile stays where they are', async () => {
    const { id } = (await findStudent(world.db, studentId))!
    const known = { id, publicId: studentId, schoolId: former.it.id }
    await listed(present)
    const third = await aSchool('Lycée DÉMO des Saules', '9990003Z')
    const moving = world.db
      .transaction()
      .execute((trx) =>
        moveStudents(world, trx, [known], { school: third.it, actor: third.teacher }),
      )
    expect(await codeOf(moving)).toBe('conflict')
    expect(await findStudent(world.db, studentId)).toMatchObject({ school_id: present.it.id })
  })
})

describe('who moves a moment after somebody of the former school was let through', () => {
  const whileMoving = () => meanwhile(world, () => listed(present))

  test('gets no account and no link of it', async () => {
    const account = { studentId, email: EMAIL }
    const opening = openStudentAccount(whileMoving(), former.teacher, account)
    expect(await codeOf(opening)).toBe('not-found')
    expect(await findStudent(world.db, studentId)).toMatchObject({ person_id: null })
  })

  test('gets no card of it', async () => {
    expect(await codeOf(makeCardOf(whileMoving(), former.teacher, studentId))).toBe('not-found')
  })

  test('gets no link from its “People” page', async () => {
    await linkAt(former, EMAIL)
    const inviting = invite(whileMoving(), former.head, await personId())
    expect(await codeOf(inviting)).toBe('not-found')
  })

  test('gets no link of its two people', async () => {
    await opened()
    const id = await asked()
    await confirmRecovery(world, former.head, id)
    expect(await codeOf(confirmRecovery(whileMoving(), former.teacher, id))).toBe('conflict')
  })
})

test.each(STORES)(
  '$name: an account, a card and a lost access go along',
  async ({ open }) => {
    await given(await openWorld({ db: await open() }))
    await opened()
    await confirmRecovery(world, former.head, await asked())
    await listed(present)
    expect(await rolesOf(await personId())).toEqual([['student', present.it.id]])
    expect(await auditOf(world)).toContain('recovery.ended')
    await world.db.destroy()
  },
  60_000,
)
