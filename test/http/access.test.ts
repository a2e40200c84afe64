import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { createApp, pages, routes } from '../../src/app.js'
import type { Actor, Role } from '../../src/context.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { enrolStudent } from '../../src/mentoring/cohorts/enrol-student.js'
import { openGroup } from '../../src/mentoring/groups/open-group.js'
import { openPair } from '../../src/mentoring/pairs/open-pair.js'
import { beginOpening } from '../../src/mentoring/classes/begin-opening.js'
import { recordAgreement } from '../../src/mentoring/classes/record-agreement.js'
import { holdClassList, importHeldList } from '../../src/mentoring/imports/hold.js'
import { addMentor } from '../../src/mentoring/mentors/add-mentor.js'
import { siecleXml } from '../../src/mentoring/class-list/write-siecle.js'
import { findOrganisation } from '../../src/people/store.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { SCOPE_NAMES } from '../../src/people/scopes.data.js'
import { createOrganisation } from '../../src/people/create-organisation.js'
import { addSite } from '../../src/mentoring/placements/add-site.js'
import { planPlacement } from '../../src/mentoring/placements/plan-placement.js'
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
  '/a/:token',
  '/a/:token/placement',
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
  'coordinator',
] as const
type Name = (typeof PEOPLE)[number]
const SCHOOL: Name[] = ['teacher', 'head', 'officer']
const STAFF: Name[] = ['teacher', 'head']
const COMPANY: Name[] = ['tutor', 'admin']
/** Whom alerts may concern. */
const READING = PEOPLE.filter((name) => name !== 'student' && name !== 'pupil')

/** Who may open each page of this school, this company and this student; to all others it is closed. */
const READERS: Readonly<Record<string, readonly Name[]>> = {
  '/sign-out': PEOPLE,
  '/organisations': ['platform'],
  '/people': ['head', 'admin', 'platform', 'strangerHead'],
  '/people/new': ['head', 'admin', 'platform', 'strangerHead'],
  '/people/:id': ['head', 'platform'],
  '/tokens': ['platform'],
  '/classes': [...SCHOOL, 'stranger', 'strangerHead'],
  '/classes/:id': SCHOOL,
  '/classes/:id/people': SCHOOL,
  '/classes/:id/agreements': SCHOOL,
  '/classes/:id/progression': SCHOOL,
  '/classes/:id/plan': [...SCHOOL, 'admin'],
  '/classes/:id/plan/edit': STAFF,
  '/classes/:id/contributions': [...SCHOOL, 'admin'],
  '/classes/:id/commitments': [...SCHOOL, 'admin'],
  '/classes/:id/domains': [...SCHOOL, 'admin'],
  '/agreements/:id': SCHOOL,
  '/openings': [...SCHOOL, 'stranger', 'strangerHead'],
  '/openings/:id': SCHOOL,
  '/contributions': [...SCHOOL, 'admin', 'stranger', 'strangerHead'],
  '/classes/:id/companies/new': STAFF,
  '/classes/:id/liaison': STAFF,
  '/cohorts': [...SCHOOL, 'stranger', 'strangerHead'],
  '/cohorts/:id': SCHOOL,
  '/cohorts/:id/schools': STAFF,
  '/cohorts/:id/enrolments/new': STAFF,
  '/cohorts/:id/students/:studentId/leave': STAFF,
  '/cohorts/:id/sessions/new': SCHOOL,
  '/sessions/:id': SCHOOL,
  '/sessions/:id/correct': SCHOOL,
  '/sessions/:id/link': SCHOOL,
  '/cohorts/:id/calendar': SCHOOL,
  '/cohorts/:id/calendar/:day': SCHOOL,
  '/cohorts/:id/planned/new': SCHOOL,
  '/cohorts/:id/feeds': SCHOOL,
  '/students/:id': SCHOOL,
  '/students/:id/placements/new': STAFF,
  '/mentors': [...SCHOOL, 'admin', 'stranger', 'strangerHead'],
  '/mentors/new': [...SCHOOL, 'admin', 'stranger', 'strangerHead'],
  '/mentors/:id': [...SCHOOL, 'admin'],
  '/schemes': [...STAFF, 'stranger', 'strangerHead', 'coordinator'],
  // Any school may open a cordée for itself, with any tête.
  '/schemes/:id/new': [...STAFF, 'stranger', 'strangerHead', 'coordinator'],
  '/groups/:id': [...STAFF, 'coordinator'],
  '/groups/:id/schools/new': ['coordinator'],
  '/groups/:id/close': ['coordinator'],
  '/groups/:id/schools/:schoolId/end': [...STAFF, 'coordinator'],
  '/cordees/:id': [...STAFF, 'coordinator'],
  '/cordees/:id/publics/:schoolId': STAFF,
  '/pairs/new': [...STAFF, 'stranger', 'strangerHead'],
  '/pairs/:id': STAFF,
  '/pairs/:id/registration': STAFF,
  '/pairs/:id/end': STAFF,
  '/confirm': [...SCHOOL, 'tutor', 'stranger', 'strangerHead', 'otherCompany', 'coordinator'],
  '/students/:id/placements/plan': STAFF,
  '/placements': [...SCHOOL, 'tutor', 'student', 'stranger', 'strangerHead', 'otherCompany'],
  '/placements/:id': [...SCHOOL, 'tutor', 'student'],
  '/placements/:id/agreement': [...SCHOOL, 'tutor', 'student'],
  '/placements/:id/agreement/edit': STAFF,
  '/placements/:id/assessment': STAFF,
  '/placements/:id/tutor': STAFF,
  // Sites are of companies and name no student.
  '/sites': [...STAFF, 'stranger', 'strangerHead'],
  '/sites/:id': [...STAFF, 'stranger', 'strangerHead'],
  '/grids': [...STAFF, 'stranger', 'strangerHead'],
  '/indicators': [...SCHOOL, 'stranger', 'strangerHead'],
  '/my-record': ['student'],
  '/my-record/:kind/:id/contest': ['student'],
  '/alerts': READING,
  '/account/mail': READING,
  '/mail': ['platform'],
  '/calendar': PEOPLE,
  '/calendar/new': ['platform'],
  '/calendar/:id': ['platform'],
  '/exports': [...STAFF, 'stranger', 'strangerHead'],
  '/exports/scheme/:code': STAFF,
  '/import': [...STAFF, 'stranger', 'strangerHead'],
  '/import/:id': ['teacher'],
  // The held list is of SIECLE: it has no columns to be named.
  '/import/:id/columns': [],
  '/imports/:id': STAFF,
  '/imports/:id/leavers': STAFF,
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
  '/api/schemes': [...STAFF, 'stranger', 'strangerHead', 'coordinator'],
  '/api/groups/{id}': [...STAFF, 'coordinator'],
  '/api/pairs/{id}': STAFF,
  '/api/classes/{id}': SCHOOL,
  '/api/classes/{id}/contributions': [...SCHOOL, 'admin'],
  '/api/cohorts/{id}/sessions': SCHOOL,
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
  const tete = await createOrganisation(world, OPERATOR, {
    kind: 'higher-education',
    name: 'Université DÉMO du Lac',
    type: 'UNIVERSITE',
  })
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
    coordinator: await held('tete@example.org', 'scheme-coordinator', tete.id),
    platform: await held('platform@example.org', 'platform-admin', null),
  }
}

async function idsOfAll(): Promise<Record<string, string>> {
  const { teacher, student } = story
  const publicIdIn = async (
    table: 'ptech_classes' | 'cohorts' | 'placements' | 'dossiers' | 'mentoring_sessions',
  ) =>
    (await world.db.selectFrom(table).select('public_id').orderBy('id').executeTakeFirstOrThrow())
      .public_id
  const template = await world.db.selectFrom('templates').select('public_id').executeTakeFirst()
  const school = await world.db.selectFrom('organisations').selectAll().executeTakeFirstOrThrow()
  const company = await world.db
    .selectFrom('organisations')
    .selectAll()
    .where('kind', '=', 'company')
    .executeTakeFirstOrThrow()
  const classId = await publicIdIn('ptech_classes')
  const list = { schoolId: school.public_id, schoolYear: 2026 }
  const first = await holdClassList(world, teacher, { ...list, file: siecleXml(demoList()) })
  const receipt = await importHeldList(world, teacher, { id: first, leaveOutRefused: false })
  const held = await holdClassList(world, teacher, { ...list, file: siecleXml(demoList()) })
  const groups = await cordeeAndPair(school.public_id)
  await shareBadge(world, student, { badgeId: story.badgeId, label: 'Stage' })
  const recorded = await publicIdIn('placements')
  const { placementId, siteId } = await aPlannedPlacement()
  return {
    ...groups,
    placements: placementId,
    sites: siteId,
    people: teacher.publicId,
    classes: classId,
    agreements: await recordAgreement(world, teacher, {
      classId,
      type: 'CHARTE',
      title: 'Charte DÉMO',
      startDay: '2026-09-01',
      endDay: '2027-08-31',
      parties: [],
    }),
    openings: await beginOpening(world, teacher, {
      schoolId: school.public_id,
      companyId: company.public_id,
      track: 'Plastiques',
      day: '2026-09-01',
      note: '',
    }),
    cohorts: await publicIdIn('cohorts'),
    students: story.studentId,
    sessions: await publicIdIn('mentoring_sessions'),
    mentors: await aMentor(),
    'my-record': recorded,
    calendar: '2026-a-toussaint',
    import: held,
    imports: receipt.id,
    definitions: template!.public_id,
    templates: template!.public_id,
    dossiers: await publicIdIn('dossiers'),
    badges: story.badgeId,
    'my-badges': story.badgeId,
  }
}

async function aMentor(): Promise<string> {
  const company = await findOrganisation(world.db, story.boss.assignments[0]!.organisationId!)
  const said = { vetting: 'A_VERIFIER', vettedOn: '', renewBy: '', charterOn: '' }
  const named = { givenName: 'Ève', familyName: 'Atelier', email: '', sex: '' }
  const organisationId = company!.publicId
  return addMentor(world, story.teacher, { ...said, ...named, organisationId })
}

/** A cordée with the student in it, and their pair. */
async function cordeeAndPair(schoolId: string) {
  const [held] = actors.coordinator.assignments
  const tete = await findOrganisation(world.db, held!.organisationId!)
  const ownerId = tete!.publicId
  const { teacher, studentId } = story
  const make = (input: Parameters<typeof createOrganisation>[2]) =>
    createOrganisation(world, OPERATOR, input)
  const structure = await make({
    kind: 'mentoring-structure',
    name: 'Association DÉMO Tremplin',
    type: 'ASSOCIATION',
    siret: '00099003600014',
  })
  const two = { schoolIds: [schoolId], fromDay: '2026-09-01' }
  const cordee = { scheme: 'CORDEES', ownerId, name: 'Cordée DÉMO', ...two }
  const cohortId = await openGroup(world, teacher, cordee)
  await enrolStudent(world, teacher, {
    cohortId,
    studentId,
    fromDay: '2026-09-01',
    volunteeredOn: '2026-09-01',
  })
  await world.db
    .insertInto('mentors')
    .values({
      public_id: 'mentor',
      person_id: actors.coordinator.personId!,
      organisation_id: structure.id,
      from_day: '2026-09-01',
      vetting: 'A_VERIFIER',
      created_at: world.now().toISOString(),
    })
    .execute()
  const pair = await openPair(world, teacher, {
    structureId: structure.publicId,
    studentId,
    mentorId: 'mentor',
    subject: 'ORIENTATION',
    startedOn: '2026-10-01',
    registrationReference: '',
    registeredOn: '',
    acknowledged: ['JM-03'],
  })
  return { schemes: 'CORDEES', groups: cohortId, cordees: cohortId, pairs: pair, school: schoolId }
}

/** Of the student of this book, in this company, by the teacher. */
async function aPlannedPlacement() {
  const { teacher, tutor, studentId } = story
  const [role] = tutor.assignments
  const company = await findOrganisation(world.db, role!.organisationId!)
  const companyId = company!.publicId
  const place = { name: 'Atelier DÉMO', town: 'Port-Démo', staffCount: 40 }
  const siteId = await addSite(world, teacher, { ...place, companyId, siret: '00099003600014' })
  const placementId = await planPlacement(world, teacher, {
    ...{ studentId, companyId, siteId, tutorId: tutor.publicId, referentId: '' },
    ...{ tutorGivenName: '', tutorFamilyName: '', medicalOpinionOn: '', work: 'ORDINARY' },
    ...{ fromDay: '2027-06-07', untilDay: '2027-06-18', startTime: '08:30', endTime: '16:30' },
    ...{ dailyMinutes: 420, weeklyMinutes: 2100, acknowledged: [] },
  })
  return { placementId, siteId }
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
    .replace(':day', '2026-11-10')
    .replace(':code', 'PTECH')
    .replace(/:studentId/, story.studentId)
    .replace(/:schoolId/, ids['school'] ?? '')
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
  { do: 'cancel' },
  { do: 'confirm' },
  { do: 'days', daysDone: '1' },
  { do: 'visit', day: '2026-11-24', manner: 'PHONE', finding: 'GOES_WELL' },
  { do: 'sign', party: 'SCHOOL', signedOn: '2026-11-24', manner: 'PAPER' },
  { tutorGivenName: 'Ida', tutorFamilyName: 'Durand' },
  { act: 'link' },
  { vetting: 'REFUSE', vettedOn: '2026-11-02' },
  { label: 'Pour moi', leaveOutRefused: 'yes' },
]

function changed(before: Record<string, number>, after: Record<string, number>): string[] {
  return Object.keys(after).filter((table) => after[table] !== before[table])
}
