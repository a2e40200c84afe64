import { expect, test } from 'vitest'
import type { Actor, Role } from '../../../src/context.js'
import { askErasure } from '../../../src/issuer/rights/ask-erasure.js'
import { agreeToErasure, secondErasure } from '../../../src/issuer/rights/decide-erasure.js'
import { seeOpenRequests } from '../../../src/issuer/rights/see-rights.js'
import {
  answerObjection,
  openObjectionsFor,
  seeObjections,
} from '../../../src/mentoring/consents/answer-objection.js'
import { objectAsStudent } from '../../../src/mentoring/consents/object.js'
import { importClassList } from '../../../src/mentoring/imports/import-class-list.js'
import { openStudentAccount } from '../../../src/mentoring/students/open-student-account.js'
import { findStudent } from '../../../src/mentoring/students/store.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { findPerson } from '../../../src/people/store.js'
import { asService, inScope } from '../../../src/store/scope.js'
import { aLycee, asActor, refusalOf, somebody } from '../../people/people.js'
import { openWalledPglite } from '../../support/pglite.js'
import { demoList, demoStudents, siecleXml } from '../../support/siecle.js'
import { openWorld, type World } from '../../support/world.js'

type School = Readonly<{ id: number; publicId: string; uai: string; head: Actor; teacher: Actor }>

async function aSchool(world: World, uai: string): Promise<School> {
  const { id, publicId } = await aLycee(world, `Lycée DÉMO ${uai}`, uai)
  const at = async (role: Role) =>
    asActor(world, await somebody(world, `${role}@${uai}.example`, { role, organisationId: id }))
  return { id, publicId, uai, head: await at('school-approver'), teacher: await at('school-staff') }
}

function listed(world: World, { publicId, uai }: School) {
  const list = demoList({ uai, students: demoStudents(1) })
  const input = { schoolId: publicId, file: siecleXml(list), schoolYear: list.schoolYear }
  return importClassList(world, OPERATOR, input)
}

async function anAccount(world: World, { teacher }: School): Promise<Actor> {
  const { public_id } = await world.db
    .selectFrom('students')
    .select('public_id')
    .executeTakeFirstOrThrow()
  await openStudentAccount(world, teacher, { studentId: public_id, email: 'zoe@example.org' })
  const { person_id } = (await findStudent(world.db, public_id))!
  return asActor(world, (await findPerson(world.db, person_id!))!)
}

/** What a request of somebody of a school is given on PostgreSQL. */
const as = <T>({ id }: School, { personId }: Actor, act: () => Promise<T>) =>
  inScope({ organisations: [id], personId }, act)

test.each([
  ['was at school there', false],
  ['was there in no schooling that is left', true],
])(
  'MT-05 a student who %s: the former school decides nothing, the present one all',
  async (_, isHidden) => {
    const { db } = await openWalledPglite()
    const world = await openWorld({ db })
    const { former, present, erasure } = await asService('job', async () => {
      const former = await aSchool(world, '9990001X')
      const present = await aSchool(world, '9990002Y')
      await listed(world, former)
      const student = await anAccount(world, former)
      const erasure = await askErasure(world, student, { badges: 'keep' })
      await objectAsStudent(world, student, { processing: 'sessions', reason: 'Raison' })
      await agreeToErasure(world, former.head, erasure)
      await listed(world, present)
      if (isHidden) await db.deleteFrom('schoolings').where('school_id', '=', former.id).execute()
      return { former, present, erasure }
    })
    const { teacher, head } = present
    await as(former, former.teacher, async () => {
      expect(await seeOpenRequests(world, former.teacher)).toEqual([])
      expect(await openObjectionsFor(world, former.teacher)).toBe(0)
      const second = secondErasure(world, former.teacher, erasure)
      expect((await refusalOf(second)).code).toBe('not-found')
    })
    await as(present, teacher, async () => {
      expect(await seeOpenRequests(world, teacher)).toMatchObject([{ state: 'asked' }])
      const [objection] = await seeObjections(world, teacher)
      const said = { id: objection!.id, outcome: 'upheld', answer: 'Fait.' }
      await answerObjection(world, teacher, said)
    })
    await as(present, head, () => agreeToErasure(world, head, erasure))
    await as(present, teacher, () => secondErasure(world, teacher, erasure))
    await db.destroy()
  },
  120_000,
)
