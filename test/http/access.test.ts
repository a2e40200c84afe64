import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { createApp, pages, routes } from '../../src/app.js'
import type { Actor, Role } from '../../src/context.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { holdClassList, importHeldList } from '../../src/mentoring/imports/hold.js'
import { siecleXml } from '../../src/mentoring/class-list/write-siecle.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { SCOPE_NAMES } from '../../src/people/scopes.data.js'
import { openSession, sessionCookie } from '../../src/people/sessions.js'
import { aStudent, issue, type Issued } from '../issuer/share-story.js'
import { aCompany, aLycee, asActor, somebody } from '../people/people.js'
import { demoList } from '../support/siecle.js'
import { openWorld, type World } from '../support/world.js'
import { writtenIn } from './written.js'

/** Open to everybody, on purpose; what is not here asks who one is. */
const PUBLIC_PAGES = [
  '/',
  '/about',
  '/accessibilite',
  '/confidentialite',
  '/docs',
  '/verify',
  '/sign-in',
  '/set-up/:token',
]
const PUBLIC_ROUTES = [
  '/verifications',
  '/.well-known/did.json',
  '/.well-known/jwks.json',
  '/orgs/{slug}/did.json',
  '/orgs/{slug}/jwks.json',
  '/status/{list}',
  '/vc-api/credentials/verify',
  '/vc-api/presentations/verify',
  '/vc-api/did/{did}',
]

const PEOPLE = [
  'teacher',
  'head',
  'officer',
  'tutor',
  'admin',
  'student',
  'pupil',
  'stranger',
  'strangerHead',
  'otherCompany',
  'platform',
] as const
type Name = (typeof PEOPLE)[number]
const SCHOOL: Name[] = ['teacher', 'head', 'officer']
const STAFF: Name[] = ['teacher', 'head']
const COMPANY: Name[] = ['tutor', 'admin']

/** Who may open each page of this school, this company and this student; to all others it is closed. */
const READERS: Readonly<Record<string, readonly Name[]>> = {
  '/sign-out': PEOPLE,
  '/organisations': ['platform'],
  '/people': ['head', 'admin', 'platform', 'strangerHead'],
  '/people/new': ['head', 'admin', 'platform', 'strangerHead'],
  '/people/:id': ['head', 'platform'],
  '/tokens': ['platform'],
  '/classes': [...STAFF, 'stranger', 'strangerHead'],
  '/classes/:id': STAFF,
  '/classes/:id/companies/new': STAFF,
  '/classes/:id/liaison': STAFF,
  '/cohorts': [...SCHOOL, 'stranger', 'strangerHead'],
  '/cohorts/:id': SCHOOL,
  '/cohorts/:id/enrolments/new': STAFF,
  '/cohorts/:id/students/:studentId/leave': STAFF,
  '/cohorts/:id/sessions/new': SCHOOL,
  '/students/:id': SCHOOL,
  '/students/:id/placements/new': STAFF,
  '/confirm': [...SCHOOL, 'tutor', 'stranger', 'strangerHead', 'otherCompany'],
  '/indicators': [...SCHOOL, 'stranger', 'strangerHead'],
  '/my-record': ['student'],
  '/my-record/:kind/:id/contest': ['student'],
  '/import': [...STAFF, 'stranger', 'strangerHead'],
  '/import/:id': ['teacher'],
  '/imports/:id': STAFF,
  '/definitions': [...SCHOOL, ...COMPANY, 'stranger', 'strangerHead', 'otherCompany'],
  '/definitions/examples': [...COMPANY, 'otherCompany'],
  '/definitions/new': [...COMPANY, 'otherCompany'],
  // Published: there is no draft to edit.
  '/definitions/:id/edit': [],
  '/definitions/:id': [...SCHOOL, ...COMPANY],
  '/dossiers': PEOPLE,
  '/dossiers/new': [...SCHOOL, 'stranger', 'strangerHead'],
  '/dossiers/new?student=student': SCHOOL,
  '/dossiers/:id': [...SCHOOL, ...COMPANY, 'student'],
  '/badges': PEOPLE,
  '/badges/:id': [...SCHOOL, ...COMPANY, 'student'],
  '/my-badges': ['student', 'pupil'],
  '/my-badges/:id': ['student'],
}

/** The same for reading by API, with a token that has every scope. */
const PROGRAMS: Readonly<Record<string, readonly Name[]>> = {
  '/api/dossiers': PEOPLE,
  '/api/dossiers/{id}': [...SCHOOL, ...COMPANY, 'student'],
  '/api/badges': PEOPLE,
  '/api/badges/{id}': [...SCHOOL, ...COMPANY, 'student'],
  '/api/organisations': ['platform'],
  '/api/cohorts': [...SCHOOL, 'stranger', 'strangerHead'],
  '/api/cohorts/{id}': SCHOOL,
  '/api/templates': [...SCHOOL, ...COMPANY, 'stranger', 'strangerHead', 'otherCompany'],
  '/api/templates/{id}': [...SCHOOL, ...COMPANY],
}

let world: World
let story: Issued
let actors: Record<Name, Actor>
let ids: Record<string, string>
let cookies: Record<Name, string>
let tokens: Record<Name, string>
let api: ReturnType<typeof request>

beforeAll(async () => {
  world = await openWorld()
  story = await issue(world)
  actors = await everybody()
  ids = await idsOfAll()
  const session = sessionCookie(world.config.publicUrl).name
  const all = await Promise.all(
    PEOPLE.map(async (name) => {
      const { personId } = actors[name]
      const cookie = `${session}=${await openSession(world, world.db, personId!)}`
      return [name, cookie, await tokenOf(name, [...SCOPE_NAMES])] as const
    }),
  )
  cookies = Object.fromEntries(all.map(([name, cookie]) => [name, cookie])) as typeof cookies
  tokens = Object.fromEntries(all.map(([name, , token]) => [name, token])) as typeof tokens
  api = request(createApp(world))
})

async function everybody(): Promise<Record<Name, Actor>> {
  const elsewhere = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
  const rival = await aCompany(world, 'Moules du Haut DÉMO', '00099002800011')
  const held = (email: string, role: Role, organisationId: number | null) =>
    somebody(world, email, { role, organisationId }).then((one) => asActor(world, one))
  const [company] = story.boss.assignments
  return {
    teacher: story.teacher,
    head: story.head,
    officer: await held('officer@example.org', 'liaison-officer', story.schoolId),
    tutor: story.tutor,
    admin: await held('manager@example.org', 'company-admin', company!.organisationId),
    student: story.student,
    pupil: await aStudent(world, 'pupil@example.org', story.schoolId),
    stranger: await held('stranger@example.org', 'school-staff', elsewhere.id),
    strangerHead: await held('stranger-head@example.org', 'school-approver', elsewhere.id),
    otherCompany: await held('rival@example.org', 'company-endorser', rival.id),
    platform: await held('platform@example.org', 'platform-admin', null),
  }
}

async function idsOfAll(): Promise<Record<string, string>> {
  const { teacher, student } = story
  const publicIdIn = async (table: 'ptech_classes' | 'cohorts' | 'placements' | 'dossiers') =>
    (await world.db.selectFrom(table).select('public_id').executeTakeFirstOrThrow()).public_id
  const template = await world.db.selectFrom('templates').select('public_id').executeTakeFirst()
  const school = await world.db.selectFrom('organisations').selectAll().executeTakeFirstOrThrow()
  const list = { schoolId: school.public_id, schoolYear: 2026 }
  const first = await holdClassList(world, teacher, { ...list, file: siecleXml(demoList()) })
  const receipt = await importHeldList(world, teacher, { id: first, leaveOutRefused: false })
  const held = await holdClassList(world, teacher, { ...list, file: siecleXml(demoList()) })
  await shareBadge(world, student, { badgeId: story.badgeId, label: 'Stage' })
  return {
    people: teacher.publicId,
    classes: await publicIdIn('ptech_classes'),
    cohorts: await publicIdIn('cohorts'),
    students: story.studentId,
    'my-record': await publicIdIn('placements'),
    import: held,
    imports: receipt.id,
    definitions: template!.public_id,
    templates: template!.public_id,
    dossiers: await publicIdIn('dossiers'),
    badges: story.badgeId,
    'my-badges': story.badgeId,
  }
}

async function tokenOf(name: Name, scopes: string[]): Promise<string> {
  const owner = { ownerId: actors[name].personId, organisationId: null }
  const { token } = await issueToken(world, OPERATOR, { name: 'Essai', scopes, days: 1, ...owner })
  return `Bearer ${token}`
}

/** The address of what is there, in this school, company and student's book. */
function addressOf(path: string): string {
  const [kind = ''] = path.replace('/api/', '/').split('/').slice(1)
  return path
    .replace(':kind', 'placement')
    .replace(/:studentId/, story.studentId)
    .replace(/:id|\{id\}/, ids[kind] ?? 'nothing')
    .replace(/:token|\{\w+\}/, 'nothing')
}

const signedIn = pages.filter(({ access }) => access === 'signed-in')
const guarded = routes.filter(({ access }) => access !== 'public')
const asPage = (path: string) => api.get(path).set('Accept', 'text/html')

describe('the lists that this file rests on', () => {
  test('name every page and every operation that reads', () => {
    const paths = Object.keys(READERS).map((path) => path.split('?')[0])
    expect([...new Set(paths)].sort()).toEqual(signedIn.map(({ path }) => path).sort())
    const reads = guarded.filter(({ method }) => method === 'get').map(({ path }) => path)
    expect(Object.keys(PROGRAMS).sort()).toEqual(reads.sort())
  })

  test('and nothing else is open to everybody', () => {
    const open = pages.filter(({ access }) => access === 'public').map(({ path }) => path)
    expect(open.sort()).toEqual([...PUBLIC_PAGES].sort())
    const free = routes.filter(({ access }) => access === 'public').map(({ path }) => path)
    expect(PUBLIC_ROUTES).toEqual(expect.arrayContaining(free))
  })
})

describe('who is not signed in', () => {
  test('opens no page and sends no form', async () => {
    for (const { path, submit } of signedIn) {
      await asPage(addressOf(path)).expect(401)
      if (submit) await api.post(addressOf(path)).type('form').send({}).expect(401)
    }
  })

  test('calls no operation, nor does a person’s session or a token without the scope', async () => {
    const before = await writtenIn(world)
    for (const { path, method, access } of guarded) {
      const ask = () => api[method](addressOf(path))
      await ask().send({}).expect(401)
      await ask().set('Cookie', cookies.head).send({}).expect(401)
      const others = SCOPE_NAMES.filter((scope) => scope !== access)
      const token = await tokenOf('head', others)
      await ask().set('Authorization', token).send({}).expect(403)
    }
    // Tokens were made, and nothing else.
    expect(changed(before, await writtenIn(world))).toEqual(['api_tokens', 'audit'])
  }, 60_000)
})

describe('who is signed in', () => {
  test.each(Object.keys(READERS))(
    'GET %s is open to whom it concerns, and writes nothing',
    async (path) => {
      const before = await writtenIn(world)
      const readers: Name[] = []
      for (const name of PEOPLE) {
        const answer = await asPage(addressOf(path)).set('Cookie', cookies[name])
        if (answer.status === 200) readers.push(name)
        else {
          expect([403, 404, 409, 410], `${name} ${path}`).toContain(answer.status)
          expect(answer.text, `${name} ${path}`).not.toMatch(/Zoé|Kergu|placement-form/)
        }
      }
      expect(readers).toEqual(PEOPLE.filter((name) => READERS[path]!.includes(name)))
      expect(changed(before, await writtenIn(world))).toEqual([])
    },
  )

  test.each(Object.keys(PROGRAMS))('GET %s by token likewise', async (path) => {
    const readers: Name[] = []
    for (const name of PEOPLE) {
      const { status, text } = await api.get(addressOf(path)).set('Authorization', tokens[name])
      if (status === 200) readers.push(name)
      else expect([403, 404], `${name} ${path}`).toContain(status)
      expect(text, `${name} ${path}`).not.toMatch(/Zoé|Kergu|2011-02-03|000000001AA/)
    }
    expect(readers).toEqual(PEOPLE.filter((name) => PROGRAMS[path]!.includes(name)))
  })

  test('whoever has nothing to do with it changes nothing by any form or operation', async () => {
    const before = await writtenIn(world)
    const outsiders: Name[] = ['pupil', 'stranger', 'strangerHead', 'otherCompany']
    for (const name of outsiders) {
      const { text } = await asPage('/sign-out').set('Cookie', cookies[name])
      const _csrf = /name="_csrf" value="([^"]*)"/.exec(text)?.[1] ?? ''
      for (const { path, submit } of signedIn.filter((one) => one.path.includes(':'))) {
        if (!submit) continue
        for (const form of FORMS) {
          const sent = api.post(addressOf(path)).set('Cookie', cookies[name]).type('form')
          const answer = await sent.set('Accept', 'text/html').send({ ...form, _csrf })
          expect([400, 403, 404, 410], `${name} ${path}`).toContain(answer.status)
          expect(answer.text, `${name} ${path}`).not.toMatch(/Zoé|Kergu/)
        }
      }
      for (const { path, method } of guarded.filter((one) => one.path.includes('{id}'))) {
        if (method === 'get') continue
        const { status } = await api[method](addressOf(path))
          .set('Authorization', tokens[name])
          .send({})
        expect([400, 403, 404], `${name} ${path}`).toContain(status)
      }
    }
    expect(changed(before, await writtenIn(world))).toEqual([])
  }, 60_000)

  test('a page with somebody’s name on it is kept by no cache', async () => {
    for (const path of ['/', '/dossiers', '/verify', `/students/${story.studentId}`]) {
      const { headers } = await asPage(path).set('Cookie', cookies.teacher).expect(200)
      expect(headers['cache-control'], path).toBe('no-store')
    }
    const { headers } = await api.get('/api/cohorts').set('Authorization', tokens.teacher)
    expect(headers['cache-control']).toBe('no-store')
  })
})

describe('what a company reads of a student', () => {
  test('is a given name and an initial at the most, and never a page of the school', async () => {
    for (const name of COMPANY) {
      for (const path of Object.keys(READERS)) {
        const { text } = await asPage(addressOf(path)).set('Cookie', cookies[name])
        expect(text, path).not.toMatch(
          /Kergu|2011-02-03|3 février 2011|000000001AA|student@example/,
        )
      }
    }
  })
})

/** One for each form that writes; who is let in too far is found by what they would have changed. */
const FORMS: Readonly<Record<string, string>>[] = [
  { act: 'withdraw' },
  { act: 'propose' },
  {
    reason: 'Sans raison aucune',
    email: 'x@example.org',
    lastDay: '2026-11-20',
    entryYear: '2027',
  },
  { do: 'archive' },
  { do: 'renew' },
  { act: 'link' },
  { label: 'Pour moi', leaveOutRefused: 'yes' },
]

function changed(before: Record<string, number>, after: Record<string, number>): string[] {
  return Object.keys(after).filter((table) => after[table] !== before[table])
}
