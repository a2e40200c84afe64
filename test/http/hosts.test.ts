import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import { openSession } from '../../src/people/sessions.js'
import { startServer } from '../../src/serve.js'
import { issue, type Issued } from '../issuer/share-story.js'
import { openWorld, type World } from '../support/world.js'
import { writtenIn } from './written.js'

const OURS = 'sceau.example'
const EVIL = 'evil.example'
const settings = {
  NODE_ENV: 'test',
  PUBLIC_URL: `https://${OURS}`,
  ALLOWED_HOSTS: 'sceau-1, Sceau.LAN',
  REQUIRE_PASSKEYS: 'off',
}

let world: World
let story: Issued
let server: Awaited<ReturnType<typeof startServer>>
let cookie: string
let csrf: string
beforeAll(async () => {
  world = await openWorld({ config: loadConfig(settings) })
  story = await issue(world)
  cookie = `Cookie: __Host-s=${await openSession(world, world.db, story.head.personId!, { proof: 'password' })}`
  const rows = await world.db.selectFrom('web_sessions').select('csrf_token').execute()
  csrf = rows.at(-1)!.csrf_token
  server = await startServer(createApp(world), 0)
})
afterAll(() => server.stop())

/** Sends lines as no browser would, and reads all that comes back. */
function send(line: string, headers: readonly string[], body = ''): Promise<string> {
  const sized = body
    ? [`Content-Length: ${body.length}`, 'Content-Type: application/x-www-form-urlencoded']
    : []
  const head = [`${line} HTTP/1.1`, ...headers, ...sized, 'Connection: close', '', body]
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(head.join('\r\n')))
    let answer = ''
    socket.setEncoding('utf8').on('data', (part: string) => (answer += part))
    socket.on('close', () => resolve(answer)).on('error', reject)
  })
}
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])

let invited = 0
/** The form by which an approver makes a link for somebody’s password. */
function invitation(): string {
  invited += 1
  const fields = {
    ...{
      act: 'invite',
      givenName: 'Ida',
      familyName: 'Durand',
      email: `ida-${invited}@example.org`,
    },
    ...{ role: 'school-staff', organisation: '', _csrf: csrf },
  }
  return new URLSearchParams(fields).toString()
}
async function invite(line: string, headers: readonly string[]) {
  const body = new URLSearchParams(invitation())
  const school = await world.db
    .selectFrom('organisations')
    .select('public_id')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  body.set('organisation', school.public_id)
  return send(
    line,
    [...headers, cookie, 'Sec-Fetch-Site: same-origin', 'Accept: text/html'],
    body.toString(),
  )
}

describe('EM-01 the link of an invitation, asked for', () => {
  test.each([
    ['with X-Forwarded-Host', 'POST /people/new', [`Host: ${OURS}`, `X-Forwarded-Host: ${EVIL}`]],
    ['with Forwarded', 'POST /people/new', [`Host: ${OURS}`, `Forwarded: host=${EVIL};proto=http`]],
    [
      'by number, with X-Forwarded-Host',
      'POST /people/new',
      ['Host: 127.0.0.1', `X-Forwarded-Host: ${EVIL}`],
    ],
    ['by our own name as a whole address', `POST https://${OURS}/people/new`, [`Host: ${EVIL}`]],
  ])('%s is one of PUBLIC_URL', async (_, line, headers) => {
    const answer = await invite(line, headers)
    expect(statusOf(answer)).toBe(200)
    expect(answer).toMatch(/https:\/\/sceau\.example\/set-up\/[\w-]{43}/)
    expect(answer).not.toContain(EVIL)
  })

  test.each([
    ['with another Host', 'POST /people/new', [`Host: ${EVIL}`]],
    [
      'with another Host and ours forwarded',
      'POST /people/new',
      [`Host: ${EVIL}`, `X-Forwarded-Host: ${OURS}`],
    ],
    ['with the address of another', `POST http://${EVIL}/people/new`, [`Host: ${OURS}`]],
    [
      'with the address of another and our name before an @',
      `POST http://${OURS}@${EVIL}/people/new`,
      [`Host: ${OURS}`],
    ],
    ['with a longer name that begins with ours', 'POST /people/new', [`Host: ${OURS}.${EVIL}`]],
    ['with a longer name that ends in ours', 'POST /people/new', [`Host: evil-${OURS}`]],
    ['with two names in one', 'POST /people/new', [`Host: ${OURS}, ${EVIL}`]],
  ])(
    '%s is refused: nothing is made, nothing of the other name comes back',
    async (_, line, headers) => {
      const before = await writtenIn(world)
      const answer = await invite(line, headers)
      expect(statusOf(answer)).toBe(400)
      expect(answer).not.toContain(EVIL)
      expect(answer).not.toContain('/set-up/')
      expect(await writtenIn(world)).toEqual(before)
    },
  )
})

describe('MT-04 a session under a name that is not ours', () => {
  const pages = [
    '/',
    '/dossiers',
    '/students/student',
    '/api/dossiers',
    '/openapi.yaml',
    '/assets/app.css',
  ]

  test('shows nothing at any address', async () => {
    for (const path of pages) {
      const answer = await send(`GET ${path}`, [
        'Host: autre-lycee.example',
        cookie,
        'Accept: text/html',
      ])
      expect(statusOf(answer), path).toBe(400)
      expect(answer, path).not.toMatch(/Zoé|Kergu|Camille/)
    }
  })

  test.each([
    OURS,
    `${OURS}:8443`,
    OURS.toUpperCase(),
    'localhost:3000',
    '127.0.0.1:3000',
    '[::1]:3000',
    'sceau-1',
    'sceau.lan',
  ])('is read under %s', async (host) => {
    const answer = await send('GET /students/student', [
      `Host: ${host}`,
      cookie,
      'Accept: text/html',
    ])
    expect(statusOf(answer)).toBe(200)
    expect(answer).toContain('Zoé')
  })

  test('who balances the load asks by any name whether we live', async () => {
    expect(statusOf(await send('GET /healthz', ['Host: pod-7']))).toBe(200)
    expect(statusOf(await send('GET /readyz', ['Host: pod-7']))).toBe(200)
  })

  test('no header chooses a school: by whatever name, a person of one reads that one', async () => {
    for (const header of [
      'X-Tenant: 2',
      'X-Forwarded-Host: autre-lycee.example',
      'X-Original-URL: /organisations',
    ]) {
      const answer = await send('GET /organisations', [
        `Host: ${OURS}`,
        header,
        cookie,
        'Accept: text/html',
      ])
      expect(statusOf(answer), header).toBe(404)
    }
  })
})

test('ALLOWED_HOSTS takes names only', () => {
  expect(() => loadConfig({ ALLOWED_HOSTS: 'https://sceau.example' })).toThrow(/ALLOWED_HOSTS/)
  expect(() => loadConfig({ ALLOWED_HOSTS: 'sceau:3000' })).toThrow(/ALLOWED_HOSTS/)
  expect(loadConfig({}).allowedHosts).toEqual([])
})
