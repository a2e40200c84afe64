import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { createApp, pages, routes } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import type { Actor } from '../../src/context.js'
import { copyData } from '../../src/issuer/rights/copy-data.js'
import { LISTS, READINGS } from '../../src/issuer/rights/readings.data.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { SCOPE_NAMES } from '../../src/people/scopes.data.js'
import { openSession, sessionCookie } from '../../src/people/sessions.js'
import { issue, type Issued } from '../issuer/share-story.js'
import { browserOf, textOf } from '../mentoring/browser.js'
import { openWorld, type World } from '../support/world.js'
import { addressIn } from './addresses.js'
import { everybody, idsOfAll } from './cast.js'
import { PEOPLE, PROGRAMS, READERS, type Name } from './readers.js'

let world: World
let story: Issued
let actors: Record<Name, Actor>
let api: ReturnType<typeof request>
let addressOf: (path: string) => string
const headers = new Map<string, string>()
const ADULTS = PEOPLE.filter((name) => name !== 'student')

beforeAll(async () => {
  const settings = { NODE_ENV: 'test', PUBLIC_URL: 'https://sceau.example', VC_API: 'on' }
  world = await openWorld({ config: loadConfig({ ...settings, REQUIRE_PASSKEYS: 'off' }) })
  story = await issue(world)
  // From Terminale on, they are on one more list.
  await world.db.updateTable('schoolings').set({ level: 'TLE_PRO' }).execute()
  actors = await everybody(world, story)
  const ids = await idsOfAll({ world, story, actors })
  addressOf = (path) => addressIn(path, { ids, studentId: story.studentId })
  api = request(createApp(world))
  const { name: cookie } = sessionCookie(world.config.publicUrl)
  for (const name of PEOPLE) {
    const { personId } = actors[name]
    headers.set(name, `${cookie}=${await openSession(world, world.db, personId!)}`)
    const wanted = { name: 'Essai', scopes: [...SCOPE_NAMES], days: 1, organisationId: null }
    const { token } = await issueToken(world, OPERATOR, { ...wanted, ownerId: personId })
    headers.set(`${name} token`, `Bearer ${token}`)
  }
})

const asPerson = (name: Name, path: string) =>
  api.get(addressOf(path)).set('Accept', 'text/html').set('Cookie', headers.get(name)!)
const asProgram = (name: Name, path: string) =>
  api.get(addressOf(path)).set('Authorization', headers.get(`${name} token`)!)
const kept = () => world.db.selectFrom('record_readings').selectAll().orderBy('id').execute()
const forget = () => world.db.deleteFrom('record_readings').execute()
const pathOf = (path: string) => path.split('?')[0]!

describe('every page and operation that shows a student', () => {
  test('is said to be a reading of their record, or a list', () => {
    const paths = [...pages, ...routes].map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining([...Object.keys(READINGS), ...LISTS]))
    expect(LISTS.filter((path) => path in READINGS)).toEqual([])
  })

  test('named in neither list names no student to anybody', async () => {
    const naming = new Set<string>()
    for (const path of Object.keys(READERS)) {
      if (pathOf(path) in READINGS) continue
      for (const name of READERS[path]!.filter((one) => one !== 'student')) {
        const { text } = await asPerson(name, path)
        if (/Zoé|Kergu/.test(text)) naming.add(pathOf(path))
      }
    }
    for (const path of Object.keys(PROGRAMS)) {
      if (path in READINGS) continue
      for (const name of PROGRAMS[path]!.filter((one) => one !== 'student')) {
        const { text } = await asProgram(name, path)
        if (text.includes(story.studentId)) naming.add(path)
      }
    }
    expect([...naming].toSorted()).toEqual([...LISTS].toSorted())
    expect(await kept()).toEqual([])
  }, 120_000)

  test.each(Object.keys(READERS).filter((path) => pathOf(path) in READINGS))(
    'GET %s keeps each reader once, and nobody who was refused',
    async (path) => {
      await forget()
      for (const name of ADULTS) {
        await asPerson(name, path)
        await asPerson(name, path)
      }
      const readers = READERS[path]!.filter((name) => name !== 'student')
      const lines = await kept()
      expect(lines.map(({ reader }) => reader)).toEqual(
        ADULTS.filter((name) => readers.includes(name)).map((name) => actors[name].publicId),
      )
      const { id } = await world.db.selectFrom('students').select('id').executeTakeFirstOrThrow()
      for (const line of lines)
        expect(line).toMatchObject({ student_id: id, kind: 'page', day: '2026-11-24' })
    },
    60_000,
  )

  test.each(Object.keys(PROGRAMS).filter((path) => path in READINGS))(
    'GET %s by token likewise',
    async (path) => {
      await forget()
      for (const name of ADULTS) {
        await asProgram(name, path)
        await asProgram(name, path)
      }
      const readers = PROGRAMS[path]!.filter((name) => name !== 'student')
      const lines = await kept()
      expect(lines.map(({ person_id, kind }) => [person_id, kind])).toEqual(
        ADULTS.filter((name) => readers.includes(name)).map((name) => [
          actors[name].personId,
          'token',
        ]),
      )
    },
    60_000,
  )
})

describe('who saw my record', () => {
  test('is told by function, organisation and day, never by name; one’s own reading is none', async () => {
    await forget()
    const own = { given_name: 'Reine', family_name: 'Unique' }
    const of = [actors.teacher.personId!, actors.tutor.personId!]
    await world.db.updateTable('persons').set(own).where('id', 'in', of).execute()
    await asPerson('student', '/dossiers/:id').expect(200)
    expect(await kept()).toEqual([])
    await asPerson('teacher', '/students/:id').expect(200)
    await asPerson('tutor', '/dossiers/:id').expect(200)
    const tab = await browserOf(world, 'student@example.org')
    const text = textOf(await tab.get('/my-record'))
    expect(text).toContain('Qui a lu mon dossier')
    expect(text).toContain('personnel du lycée Lycée DÉMO des Tilleuls une page')
    expect(text).toContain('endosseur de l’entreprise Composites du Lac DÉMO une page')
    expect(text).not.toContain('Unique')
  })

  test('a file of a cohort is a line of each whom it names, a copy of the student’s one', async () => {
    await forget()
    const tab = await browserOf(world, 'teacher@example.org')
    const cohort = await world.db.selectFrom('cohorts').selectAll().executeTakeFirstOrThrow()
    await tab.send('/exports', { students: 'csv', cohortId: cohort.public_id })
    await tab.send('/exports', { sessions: 'csv', year: '2026' })
    const { id } = await world.db.selectFrom('students').select('id').executeTakeFirstOrThrow()
    const own = async () => (await kept()).filter(({ student_id }) => student_id === id)
    expect(await own()).toMatchObject([{ kind: 'export', role: 'school-staff' }])
    await copyData(world, actors.head, story.studentId)
    await copyData(world, actors.student)
    expect((await own()).map(({ kind }) => kind)).toEqual(['export', 'copy'])
  })

  test('the next day is another line', async () => {
    await forget()
    await asPerson('head', '/students/:id').expect(200)
    world.clock.advance(86_400_000)
    const { name: cookie } = sessionCookie(world.config.publicUrl)
    const again = await openSession(world, world.db, actors.head.personId!)
    headers.set('head', `${cookie}=${again}`)
    await asPerson('head', '/students/:id').expect(200)
    expect((await kept()).map(({ day }) => day)).toEqual(['2026-11-24', '2026-11-25'])
  })
})
