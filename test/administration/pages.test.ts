import { beforeEach, expect, test } from 'vitest'
import request from 'supertest'
import { createApp } from '../../src/app.js'
import { appendAudit } from '../../src/store/audit.js'
import { enqueue } from '../../src/store/jobs.js'
import { runNextJob } from '../../src/worker.js'
import { openWorld, type World } from '../support/world.js'
import { PASSWORD, somebody } from '../people/people.js'
import { signIn } from '../../src/people/sign-in.js'
import { sessionCookie } from '../../src/people/sessions.js'

let world: World
let cookie: string
const site = () => request(createApp(world))
const read = (path: string) => site().get(path).set('Cookie', cookie).set('Accept-Language', 'en')

beforeEach(async () => {
  world = await openWorld()
  await somebody(world, 'a@x.example', { role: 'platform-admin', organisationId: null })
  const token = await signIn(world, { email: 'a@x.example', password: PASSWORD })
  cookie = `${sessionCookie(world.config.publicUrl).name}=${token}`
})

async function send(path: string, fields: Record<string, string>) {
  const { text } = await read(path)
  const [, _csrf] = /name="_csrf" value="([^"]+)"/.exec(text)!
  const sent = site().post(path).set('Cookie', cookie).set('Sec-Fetch-Site', 'same-origin')
  return sent.type('form').send({ _csrf, ...fields })
}

test('the page of health tells each part with a word, and has a job tried again', async () => {
  const runAt = world.now()
  await enqueue(world.db, { id: 'job-7', kind: 'no-such', key: 'x', payload: { of: 'Zoé' }, runAt })
  await runNextJob(world)
  const { text } = await read('/admin/health').expect(200)
  expect(text).toContain('Something is not well')
  expect(text).toContain('knows no such job')
  expect(text).toContain('job-7')
  expect(text).not.toContain('Zoé')
  await send('/admin/health', { job: 'job-7' }).then(({ status }) => expect(status).toBe(303))
  expect((await read('/admin/health')).text).toContain('No job failed.')
  await send('/admin/health', { job: 'nothing' }).then(({ status }) => expect(status).toBe(404))
})

test('the page of the audit says in words what was done, and has its chain validated', async () => {
  const { text } = await read('/admin/audit').expect(200)
  expect(text).toContain('Signed in')
  expect(text).toContain('a person')
  expect(text).not.toContain('a@x.example')
  expect(text).toContain('Not validated yet')
  await send('/admin/audit', {}).then(({ status }) => expect(status).toBe(303))
  expect(await runNextJob(world)).toBe(true)
  expect((await read('/admin/audit')).text).toMatch(/Sound: \d+ entries/)
})

test('what can’t be meant is not asked of the audit', async () => {
  const asked = '/admin/audit?before=x&day=2026-02-31&subject=%25&action=nothing'
  expect((await read(asked).expect(200)).text).toContain('No line answers')
})

test('a page of the audit is taken away as CSV, where no cell is a formula', async () => {
  const line = { at: world.now(), actor: '=1+1', action: 'badge.held', subject: 'b' }
  await appendAudit(world.db, line)
  const { text, headers } = await read('/admin/audit.csv?action=badge.held').expect(200)
  expect(headers['content-disposition']).toContain('audit.csv')
  expect(text.trim().split('\r\n')).toHaveLength(2)
  expect(text).toContain(`"'=1+1"`)
  await site().get('/admin/audit.csv').expect(401)
})
