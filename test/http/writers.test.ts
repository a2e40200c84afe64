import { sql } from 'kysely'
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createApp, pages, routes } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import type { Actor } from '../../src/context.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { openLog } from '../../src/open-context.js'
import { PERMISSIONS } from '../../src/people/permissions.data.js'
import { openSession } from '../../src/people/sessions.js'
import { SCOPE_NAMES } from '../../src/people/scopes.data.js'
import type { Route } from '../../src/web/route.js'
import { somebody } from '../people/people.js'
import { issue, type Issued } from '../issuer/share-story.js'
import { aDefinition } from '../support/definitions.js'
import { openWorld, type World } from '../support/world.js'
import { addressIn } from './addresses.js'
import { everybody, idsOfAll } from './cast.js'
import { FORMS, ONCE, OPERATIONS } from './doors.data.js'
import { PEOPLE, type Name } from './readers.js'
import { samplesOf } from './samples.js'
import { writtenIn } from './written.js'

let world: World
let story: Issued
let actors: Record<Name, Actor>
let ids: Record<string, string>
let known: Record<string, unknown>
let api: ReturnType<typeof request>
let tokens: Record<Name, string>
let cookies: Record<Name, string>

let log: string
/** What no form has: whoever sends it would like to be somebody else, somewhere else, or further on. */
const MARK = 'marque-de-trop'
const EXTRAS = Object.fromEntries(
  [
    ...['role', 'roles', 'tenantId', 'organisationId', 'schoolId', 'personId', 'userId', 'ownerId'],
    ...['id', 'publicId', 'public_id', 'status', 'state', 'issuedAt', 'issued_at', 'createdAt'],
    ...[
      'approvedBy',
      'approved_by_id',
      'confirmedBy',
      'confirmed_by_id',
      'revokedAt',
      'scopes',
      'isAdmin',
    ],
  ].map((name) => [name, MARK]),
)

async function begin(): Promise<void> {
  const settings = { NODE_ENV: 'test', PUBLIC_URL: 'https://sceau.example' }
  const also = { VC_API: 'on', REQUIRE_PASSKEYS: 'off' }
  log = ''
  world = await openWorld({
    config: loadConfig({ ...settings, ...also }),
    log: openLog({ logLevel: 'info' }, { write: (line) => void (log += line) }),
  })
  story = await issue(world)
  actors = await everybody(world, story)
  ids = await idsOfAll({ world, story, actors })
  const held = { role: 'school-staff', organisationId: story.schoolId } as const
  // Somebody whose role may end without harm to the others.
  ids = { ...ids, people: (await somebody(world, 'assistant@example.org', held)).publicId }
  api = request(createApp(world))
  const made = PEOPLE.map(async (name) => {
    const asked = { name: 'Essai', scopes: [...SCOPE_NAMES], days: 1, organisationId: null }
    const { token } = await issueToken(world, OPERATOR, {
      ...asked,
      ownerId: actors[name].personId,
    })
    const cookie = `__Host-s=${await openSession(world, world.db, actors[name].personId!, { proof: 'password' })}`
    return [name, `Bearer ${token}`, cookie] as const
  })
  const all = await Promise.all(made)
  tokens = Object.fromEntries(all.map(([name, token]) => [name, token])) as typeof tokens
  cookies = Object.fromEntries(all.map(([name, , cookie]) => [name, cookie])) as typeof cookies
  const organisations = await world.db
    .selectFrom('organisations')
    .selectAll()
    .orderBy('id')
    .execute()
  const publicIdOf = (kind: string) => organisations.find((one) => one.kind === kind)!.public_id
  known = {
    studentId: story.studentId,
    studentIds: [story.studentId],
    badgeIds: [story.badgeId],
    badges: [],
    templateId: ids['templates'],
    companyId: publicIdOf('company'),
    principalCompanyId: publicIdOf('company'),
    schoolId: publicIdOf('lycee'),
    schoolIds: [publicIdOf('lycee')],
    ownerId: publicIdOf('higher-education'),
    structureId: publicIdOf('mentoring-structure'),
    mentorId: 'mentor',
    tutorId: story.tutor.publicId,
    personId: story.teacher.publicId,
    definition: aDefinition,
    acknowledged: [],
    mef: '2472250331',
    startTime: '08:30',
    endTime: '16:30',
    academyCode: '',
    uai: '9990001X',
    siret: '',
    email: 'somebody@example.org',
    website: '',
    organisation: publicIdOf('lycee'),
    organisationId: publicIdOf('company'),
    academyId: publicIdOf('academy'),
    revoke: undefined,
    close: undefined,
    allow: undefined,
    forbid: undefined,
    life: 'year',
    shows: 'badge',
    badge: '',
  }
}

const addressOf = (path: string) => addressIn(path, { ids, studentId: story.studentId })
const unsafe = routes.filter(({ method, access }) => method !== 'get' && access !== 'public')
const forms = pages.filter(
  ({ access, submit, path }) => access === 'signed-in' && submit && path !== '/sign-out',
)

/** A refusal that lets nobody past; 410 is what was held for somebody else. */
const REFUSED = [403, 404, 410]
/** Outsiders first: what they did would be seen. */
const inOrder = (open: readonly Name[]) => [
  ...PEOPLE.filter((name) => !open.includes(name)),
  ...PEOPLE.filter((name) => open.includes(name)),
]

/** Tries a door for everybody. @returns who got past it; the others wrote nothing */
async function whoPasses(open: readonly Name[], knock: (name: Name) => Promise<number[]>) {
  const past: Name[] = []
  const before = await writtenIn(world)
  for (const name of inOrder(open)) {
    const statuses = await knock(name)
    expect(
      statuses.filter((status) => status >= 500),
      name,
    ).toEqual([])
    if (statuses.some((status) => !REFUSED.includes(status))) past.push(name)
    // A form that is refused comes back on its page: whoever may read that is kept as a reader.
    const written = { ...(await writtenIn(world)), record_readings: before['record_readings'] }
    if (!open.includes(name)) expect(written, name).toEqual(before)
  }
  return PEOPLE.filter((name) => past.includes(name))
}

/** All that is kept, in every table. */
async function everything(): Promise<string> {
  const tables = await world.db.introspection.getTables()
  const rows = tables.map(({ name }) => sql`select * from ${sql.table(name)}`.execute(world.db))
  return JSON.stringify(await Promise.all(rows))
}

describe('AZ-01 each operation that changes something, for each person of each role', () => {
  beforeAll(begin)
  const name = ({ method, path }: Pick<Route, 'method' | 'path'>) => `${method} ${path}`

  test('is in the list, and what is not in it fails', () => {
    expect(unsafe.map(name).sort()).toEqual(Object.keys(OPERATIONS).sort())
    const added = [...unsafe, { method: 'post', path: '/api/added' } as const].map(name)
    expect(() => expect(added.sort()).toEqual(Object.keys(OPERATIONS).sort())).toThrow()
  })

  test.each(unsafe.map((one) => [name(one), one] as const))('%s', async (door, operation) => {
    const { asks, open } = OPERATIONS[door]!
    for (const who of open) {
      const roles = actors[who].assignments.map(({ role }) => PERMISSIONS[asks][role])
      expect(roles.some(Boolean), `${who} may ${asks}`).toBe(true)
    }
    const { method, path, body } = operation
    const [sent = {}] = body ? samplesOf(body, known) : [{}]
    const call = (who: Name) => api[method](addressOf(path)).set('Authorization', tokens[who])
    if (body && isStrict(body)) {
      const before = await writtenIn(world)
      for (const field of Object.keys(EXTRAS).filter((one) => !(one in sent))) {
        const { status, body: said } = await call(open[0] ?? 'head').send({
          ...sent,
          [field]: MARK,
        })
        expect(status, `AZ-03 ${field}`).toBe(400)
        expect(JSON.stringify(said.errors), `AZ-03 ${field}`).toContain(`Champ inconnu : ${field}`)
      }
      expect(await writtenIn(world)).toEqual(before)
    }
    const past = await whoPasses(open, async (who) => [(await call(who).send(sent)).status])
    expect(past).toEqual(ONCE.includes(door) ? open.slice(0, 1) : open)
  })

  test('AZ-03 every body refuses what it does not know, but those of the VC-API, whose standard lets all through', () => {
    const loose = unsafe.filter(({ body }) => body && !isStrict(body)).map(({ path }) => path)
    expect(loose).toEqual(['/vc-api/credentials/issue', '/vc-api/credentials/status'])
  })
})

describe('AZ-01 each form that changes something, for each person of each role', () => {
  beforeAll(begin)

  test('is in the list, and what is not in it fails', () => {
    expect(forms.map(({ path }) => path).sort()).toEqual(Object.keys(FORMS).sort())
  })

  test.each(forms.map((one) => [one.path, one] as const))('%s', async (path, { form }) => {
    const open = FORMS[path]!
    const past = await whoPasses(open, async (who) => {
      const asked = await api
        .get('/sign-out')
        .set('Accept', 'text/html')
        .set('Cookie', cookies[who])
      const _csrf = /name="_csrf" value="([^"]*)"/.exec(asked.text)?.[1] ?? ''
      const statuses: number[] = []
      for (const sent of form ? samplesOf(form, known) : [{}]) {
        const post = api
          .post(addressOf(path))
          .set('Cookie', cookies[who])
          .set('Accept', 'text/html')
        // AZ-03: every form is sent with more than it has.
        statuses.push((await post.type('form').send({ ...EXTRAS, ...sent, _csrf })).status)
      }
      return statuses
    })
    expect(past).toEqual(open)
  })

  test('AZ-03 of what was sent beyond the forms nothing is kept in any table; that it was sent is in the log', async () => {
    expect(await everything()).not.toContain(MARK)
    expect(log).toContain('"event":"fields-ignored"')
    expect(log).not.toContain(MARK)
  })
})

function isStrict(body: z.ZodType): boolean {
  return body instanceof z.ZodObject && body.def.catchall instanceof z.ZodNever
}
