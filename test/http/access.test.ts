import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { createApp, pages, routes } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import type { Actor } from '../../src/context.js'
import { READINGS } from '../../src/issuer/rights/readings.data.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { SCOPE_NAMES } from '../../src/people/scopes.data.js'
import { openSession, sessionCookie } from '../../src/people/sessions.js'
import { issue, type Issued } from '../issuer/share-story.js'
import { openWorld, type World } from '../support/world.js'
import { writtenIn } from './written.js'
import { addressIn } from './addresses.js'
import { everybody, idsOfAll } from './cast.js'
import {
  COMPANY,
  PEOPLE,
  PROGRAMS,
  PUBLIC_PAGES,
  PUBLIC_ROUTES,
  READERS,
  type Name,
} from './readers.js'

let world: World
let story: Issued
let actors: Record<Name, Actor>
let ids: Record<string, string>
let cookies: Record<Name, string>
let tokens: Record<Name, string>
let api: ReturnType<typeof request>

beforeAll(async () => {
  const settings = {
    NODE_ENV: 'test',
    PUBLIC_URL: 'https://sceau.example',
    VC_API: 'on',
    REQUIRE_PASSKEYS: 'off',
  }
  world = await openWorld({ config: loadConfig(settings) })
  story = await issue(world)
  actors = await everybody(world, story)
  ids = await idsOfAll({ world, story, actors })
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

async function tokenOf(name: Name, scopes: string[]): Promise<string> {
  const owner = { ownerId: actors[name].personId, organisationId: null }
  const { token } = await issueToken(world, OPERATOR, { name: 'Essai', scopes, days: 1, ...owner })
  return `Bearer ${token}`
}

const addressOf = (path: string) => addressIn(path, { ids, studentId: story.studentId })

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

/** What is told in the audit when it is read. */
const TOLD_ON_READING: Readonly<Record<string, readonly string[]>> = {
  '/admin/audit': ['audit', 'audit_readings'],
}

describe('who is signed in', () => {
  test.each(Object.keys(READERS))(
    'GET %s is open to whom it concerns, and writes nothing but who read a student’s record',
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
      // Whoever reads the record of one student is kept for the student: once, so that reading it again changes nothing.
      const isReading = (path.split('?')[0] ?? '') in READINGS
      const written = changed(before, await writtenIn(world))
      expect(written.filter((table) => !isReading || table !== 'record_readings')).toEqual(
        TOLD_ON_READING[path] ?? [],
      )
    },
  )

  test('reads without stepping up: a page asks for it only before an act', async () => {
    await world.db.updateTable('web_sessions').set({ proven_at: null }).execute()
    for (const path of Object.keys(READERS)) {
      const [reader] = READERS[path]!
      if (reader === undefined) continue
      const { status } = await asPage(addressOf(path)).set('Cookie', cookies[reader])
      expect(status, `${reader} ${path}`).toBe(200)
    }
    await world.db
      .updateTable('web_sessions')
      .set({ proven_at: world.now().toISOString() })
      .execute()
  }, 60_000)

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
        // The notice of the story is for everybody, to be put away.
        if (!submit || path === '/announcements/:id') continue
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
  }, 600_000)

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

describe('what an academic referent reads of a student', () => {
  test('AZ-06 is nothing: figures and facts of classes, no name at all', async () => {
    for (const path of Object.keys(READERS)) {
      const { text } = await asPage(addressOf(path)).set('Cookie', cookies.referent)
      expect(text, path).not.toMatch(
        /Zoé|Kergu|2011-02-03|3 février 2011|000000001AA|student@example/,
      )
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
  { do: 'pause' },
  { do: 'second' },
  { key: 'k', reason: 'fact', comment: '', note: '' },
  { vetting: 'REFUSE', vettedOn: '2026-11-02' },
  { label: 'Pour moi', leaveOutRefused: 'yes' },
  { boursier: '1', qpv: '1', day: '2026-11-24', bac: 'OBTENU' },
]

function changed(before: Record<string, number>, after: Record<string, number>): string[] {
  return Object.keys(after).filter((table) => after[table] !== before[table])
}
