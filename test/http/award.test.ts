import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import type { Actor } from '../../src/context.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { endRole } from '../../src/people/assign-role.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { SCOPE_NAMES } from '../../src/people/scopes.data.js'
import { makeServiceKey } from '../../src/people/service-keys.js'
import { runNextJob } from '../../src/worker.js'
import { stepsOf } from '../issuer/steps.js'
import { tell, type Story } from '../issuer/story.js'
import { somebody } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'
import { hiddenOf, openTab } from './dossier-tab.js'

let world: World
let story: Story
let app: ReturnType<typeof createApp>
let dossier: ReturnType<typeof stepsOf>
let at: string
let template: string
let ine: string
beforeEach(async () => {
  world = await openWorld()
  story = await tell(world)
  await makeServiceKey(world)
  const school = story.head.assignments[0]!.organisationId
  await somebody(world, 'officer@example.org', { role: 'liaison-officer', organisationId: school })
  app = createApp(world)
  const id = await openDossier(world, story.teacher, story)
  dossier = stepsOf(world, story, id)
  at = `/dossiers/${id}`
  template = (await world.db.selectFrom('templates').selectAll().executeTakeFirstOrThrow())
    .public_id
  ine = '000000001AA'
  // Only the school’s yes is missing.
  await dossier.upTo('endorse')
})

const as = (name: string) => openTab(app).signIn(`${name}@example.org`)
type Tab = Awaited<ReturnType<typeof as>>
const tokenOf = async (tab: Tab) => hiddenOf((await tab.get('/sign-out')).text, {})['_csrf'] ?? ''
const work = async () => {
  while (await runNextJob(world));
}

/** Tried, refused, and after all jobs the dossier is where it was and no badge has been made. */
async function notAwarded(send: () => Promise<request.Response>, statuses: readonly number[]) {
  const answer = await send()
  await work()
  expect(statuses).toContain(answer.status)
  expect(await dossier.state()).toBe('endorsed')
  expect(await world.db.selectFrom('badges').select('id').execute()).toEqual([])
  const lines = await world.db.selectFrom('audit').select('action').execute()
  expect(lines.map(({ action }) => action)).not.toContain('dossier.approved')
}

/** Of the school and of the company, each without the role that awards. */
const OTHERS = ['teacher', 'officer', 'tutor', 'boss', 'admin']

describe('AZ-11 who has not the role that awards awards nothing', () => {
  test.each(OTHERS)('by a form of their own making (%s)', async (name) => {
    const tab = await as(name)
    const { digest } = await dossier.committed()
    const form = { act: 'approve', digest, _csrf: await tokenOf(tab) }
    await notAwarded(() => tab.post(at, form), [403])
  })

  test.each(OTHERS)('by a batch (%s)', async (name) => {
    const tab = await as(name)
    const { digest } = await dossier.committed()
    const rows = `d ${at.split('/').at(-1)} ${digest}`
    const form = {
      key: 'k',
      rows,
      function: '',
      comment: '',
      reason: '',
      _csrf: await tokenOf(tab),
    }
    await notAwarded(() => tab.post('/batches/new?act=approve', form), [403, 404])
  })

  test.each(OTHERS)('by a CSV file (%s)', async (name) => {
    const tab = await as(name)
    const csv = `ine;badge\n${ine};${template}\n`
    const fields = { act: 'approve', _csrf: await tokenOf(tab) }
    await notAwarded(() => tab.file('/batches/csv', fields, csv), [403, 404])
  })

  test('by the preview of a CSV file that the approver was shown', async () => {
    const head = await as('head')
    const csv = `ine;badge\n${ine};${template}\n`
    const shown = await head.file(
      '/batches/csv',
      { act: 'approve', _csrf: await tokenOf(head) },
      csv,
    )
    const seen = hiddenOf(shown.text, { key: hiddenOf(shown.text, {})['key'] ?? '' })
    expect(seen['sealed']).toBeTruthy()
    for (const name of OTHERS) {
      const tab = await as(name)
      const stolen = { ...seen, key: `k-${name}`, _csrf: await tokenOf(tab), leaveOut: 'yes' }
      await notAwarded(() => tab.post('/batches/csv', stolen), [403, 404, 410])
    }
  })

  test.each(['teacher', 'head'] as const)('by a token with every scope (%s)', async (name) => {
    const bearer = await bearerOf(story[name])
    const { digest } = await dossier.committed()
    for (const path of [`/api${at}/approval`, `/api${at}/approve`, '/api/approvals', '/api/badges'])
      await notAwarded(() => bearer(path).send({ digest }), [404, 405])
    const rows = [{ studentId: story.studentId, templateId: template, version: 1 }]
    await notAwarded(() => bearer('/api/batches').send({ rows, act: 'approve' }), [400])
    await notAwarded(() => bearer(at).type('form').send({ act: 'approve', digest }), [403])
    await notAwarded(
      () => bearer('/batches/new?act=approve').type('form').send({ key: 'k' }),
      [403],
    )
  })

  test('by the approver’s own form, sent again in another’s session', async () => {
    const form = hiddenOf((await (await as('head')).get(at)).text, { act: 'approve' })
    expect(form['digest']).toBeTruthy()
    for (const name of OTHERS) {
      const tab = await as(name)
      await notAwarded(() => tab.post(at, { ...form, act: 'approve' }), [403])
      const own = { ...form, act: 'approve', _csrf: await tokenOf(tab) }
      await notAwarded(() => tab.post(at, own), [403])
    }
  })

  test('by a form that was shown while they had the role', async () => {
    const head = await as('head')
    const form = hiddenOf((await head.get(at)).text, { act: 'approve' })
    const { role, organisationId } = story.head.assignments[0]!
    await endRole(world, OPERATOR, { personId: story.head.personId!, role, organisationId })
    await notAwarded(() => head.post(at, { ...form, act: 'approve' }), [403, 404])
  })
})

test('AZ-11 whoever has the role awards by the same batch', async () => {
  const head = await as('head')
  const { digest } = await dossier.committed()
  const rows = `d ${at.split('/').at(-1)} ${digest}`
  const form = { key: 'k', rows, function: '', comment: '', reason: '', _csrf: await tokenOf(head) }
  expect((await head.post('/batches/new?act=approve', form)).status).toBe(303)
  await work()
  expect(await dossier.state()).toBe('issued')
})

test('AZ-11 whoever has the role awards by the same form', async () => {
  const head = await as('head')
  const { digest } = await dossier.committed()
  const answer = await head.post(at, { act: 'approve', digest, _csrf: await tokenOf(head) })
  expect(answer.status).toBe(303)
  await work()
  expect(await dossier.state()).toBe('issued')
})

async function bearerOf({ personId }: Actor) {
  const asked = { name: 'Essai', scopes: [...SCOPE_NAMES], days: 1, organisationId: null }
  const { token } = await issueToken(world, OPERATOR, { ...asked, ownerId: personId })
  return (path: string) => request(app).post(path).set('Authorization', `Bearer ${token}`)
}
