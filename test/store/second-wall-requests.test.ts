import { setTimeout as sleep } from 'node:timers/promises'
import express from 'express'
import { sql } from 'kysely'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readVisitor } from '../../src/people/read-visitor.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { openClass } from '../../src/mentoring/classes/open-class.js'
import { openCohort } from '../../src/mentoring/classes/open-cohort.js'
import { findOrganisation } from '../../src/people/store.js'
import { openDatabase } from '../../src/store/open.js'
import type { Db } from '../../src/store/schema.js'
import { asService } from '../../src/store/scope.js'
import { siecleXml } from '../../src/mentoring/class-list/write-siecle.js'
import { runNextJob } from '../../src/worker.js'
import { ADDRESS, aMember, aSession, openAcademy, type Academy } from '../mentoring/academy.js'
import { browserOf } from '../mentoring/browser.js'
import { openPostgres } from '../support/postgres.js'
import { demoList, demoStudents } from '../support/siecle.js'
import { openWorld, type World } from '../support/world.js'

const SERVER = process.env.TEST_POSTGRES_URL

// Its connections are a pool: what one request leaves on them the next would find.
describe.runIf(SERVER)('MT-05 requests behind the second wall', () => {
  let db: Db
  let world: World
  let here: Academy
  let there: Pick<Academy, 'cohortId'>
  beforeAll(async () => {
    const url = new URL(SERVER ?? '')
    const filled = await openPostgres()
    url.pathname = `/${await nameOf(filled)}`
    await filled.destroy()
    // What is asked for in no scope is nobody's: a request that lost its own sees nothing.
    db = await openDatabase(url.href)
    world = await openWorld({ db })
    await asService('command', async () => {
      here = await openAcademy(world)
      await aMember(world, here, { id: 'ysoline', givenName: 'Ysoline' })
      there = await aCohortElsewhere(world, here)
    })
  }, 120_000)
  afterAll(() => db.destroy())

  /** The world of the test itself, which calls no act but through the service. */
  const tabOf = (email: string) => asService('command', () => browserOf(world, email))

  test('an operation that forgot to ask whose students are read is given those of its visitor', async () => {
    const app = express()
    app.use(readVisitor(world))
    app.post('/all', express.json(), async (_req, res) => {
      await sleep(Math.random() * 20)
      res.json(await db.selectFrom('students').select('given_name').execute())
    })
    const bearerOf = (personId: number | null) =>
      asService('command', async () => {
        const asked = { name: 'Essai', scopes: ['mentoring:read'], days: 1, organisationId: null }
        const { token } = await issueToken(world, OPERATOR, { ...asked, ownerId: personId })
        return `Bearer ${token}`
      })
    const bearers = {
      Ysoline: await bearerOf(here.teacher.personId),
      Zéphyrine: await bearerOf(here.stranger.personId),
    }
    const asked = Array.from({ length: 200 }, async (_, at) => {
      const [name, bearer] = Object.entries(bearers)[at % 2] ?? ['', '']
      const answer = await request(app).post('/all').set('Authorization', bearer).send({ at })
      expect(answer.body).toEqual([{ given_name: name }])
    })
    await Promise.all(asked)
    expect((await request(app).post('/all').send({}).expect(200)).body).toEqual([])
    expect(await db.selectFrom('students').select('id').execute()).toEqual([])
  }, 60_000)

  test('pages, forms and files go on', async () => {
    const tab = await tabOf(ADDRESS.teacher)
    expect((await tab.get(`/cohorts/${here.cohortId}`)).text).toContain('Ysoline')
    expect((await tab.get(`/cohorts/${there.cohortId}`)).status).toBe(404)
    const left = { lastDay: '2026-11-20', reason: 'REORIENTATION' }
    const said = await tab.send(`/cohorts/${here.cohortId}/students/ysoline/leave`, left)
    expect(said.status, said.text).toBe(303)
    const list = siecleXml(demoList({ students: demoStudents(4) }))
    const file = { name: 'liste.xml', bytes: Buffer.from(list) }
    const held = await tab.upload(
      '/import',
      { schoolId: here.school.publicId, schoolYear: '2026' },
      file,
    )
    expect(held.status, held.text).toBe(303)
    const to = held.headers.location ?? ''
    expect((await tab.get(to)).status).toBe(200)
    const done = await tab.send(to, {})
    expect(done.headers.location, done.text).toMatch(/^\/imports\//)
  })

  test('jobs go on', async () => {
    await asService('command', () => aSession(world, here, { studentIds: ['ysoline'] }))
    const due = async () =>
      (await db.selectFrom('jobs').select('id').where('given_up_at', 'is', null).execute()).length
    expect(await due()).toBeGreaterThan(0)
    while (await runNextJob(world)) continue
    const failed = await db
      .selectFrom('jobs')
      .select(['kind', 'last_error'])
      .where('last_error', 'is not', null)
      .execute()
    expect(failed).toEqual([])
  })
})

async function nameOf(db: Db): Promise<string> {
  const asked = sql<{ name: string }>`select current_database() as name`
  return (await asked.execute(db)).rows[0]?.name ?? ''
}

/** Of the other lycée, whose teacher is the stranger. */
async function aCohortElsewhere(world: World, academy: Academy) {
  const id = academy.stranger.assignments[0]?.organisationId ?? 0
  const school = await findOrganisation(world.db, id)
  if (!school) throw new Error('The other lycée is not there.')
  const { publicId: classId } = await openClass(world, academy.stranger, {
    schoolId: school.publicId,
    name: '2MV',
    mef: '2472250331',
    track: 'Plastiques et composites',
    principalCompanyId: academy.company.publicId,
    fromDay: '2026-09-01',
  })
  const cohortId = await openCohort(world, academy.stranger, { classId, entryYear: 2026 })
  const elsewhere = { ...academy, school, teacher: academy.stranger, classId, cohortId }
  await aMember(world, elsewhere, { id: 'zephyrine', givenName: 'Zéphyrine' })
  return { cohortId }
}
