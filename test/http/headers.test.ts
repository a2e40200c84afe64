import request from 'supertest'
import { expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import { closeLink } from '../../src/issuer/close-link.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { issue } from '../issuer/share-story.js'
import { findOrganisation } from '../../src/people/store.js'
import { openWorld } from '../support/world.js'

/** One answer of each kind that a browser may be given. */
const KINDS = [
  ['a page', '/', 200],
  ['the page of whoever is not signed in', '/account', 401],
  ['a page that is not there', '/nowhere', 404],
  ['a refused form', 'POST /verify', 400],
  ['a style sheet', '/assets/sceau.css', 200],
  ['a probe', '/healthz', 200],
  ['the description of the API', '/openapi.yaml', 200],
  ['an operation that is refused', '/api/organisations', 401],
  ['what robots are told', '/robots.txt', 200],
  ['a shared badge', 'OPEN', 200],
  ['its file', 'OPEN.json', 200],
  ['its picture', 'OPEN.png', 200],
  ['its sheet', 'OPEN.pdf', 200],
  ['a link that was closed', 'CLOSED', 410],
  ['a link that never was', `/b/${'A'.repeat(43)}`, 404],
] as const

test('XS-07 every kind of answer has every header that guards it', async () => {
  const settings = { NODE_ENV: 'test', PUBLIC_URL: 'https://sceau.example' }
  const world = await openWorld({ config: loadConfig(settings) })
  const { student, badgeId } = await issue(world)
  const [open, closed] = [
    await shareBadge(world, student, { badgeId, label: 'CV' }),
    await shareBadge(world, student, { badgeId, label: 'Stage' }),
  ]
  await closeLink(world, student, closed.linkId)
  const app = createApp(world)
  for (const [kind, where, status] of KINDS) {
    const path = where
      .replace('POST ', '')
      .replace('OPEN', new URL(open.url).pathname)
      .replace('CLOSED', new URL(closed.url).pathname)
    const asked = where.startsWith('POST') ? request(app).post(path) : request(app).get(path)
    const answer = await asked.set('Accept', where.startsWith('/api') ? '*/*' : 'text/html')
    expect({ kind, status: answer.status }).toEqual({ kind, status })
    expect({ kind, headers: answer.headers }).toEqual({
      kind,
      headers: expect.objectContaining({
        'content-security-policy': expect.stringMatching(
          /^default-src '(?:self|none)';(?!.*unsafe).*frame-ancestors 'none'/,
        ),
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'strict-transport-security': expect.stringContaining('max-age=31536000'),
        'cross-origin-opener-policy': 'same-origin',
        'x-frame-options': expect.any(String),
      }),
    })
    expect({ kind, by: answer.headers['x-powered-by'] }).toEqual({ kind, by: undefined })
  }
}, 60_000)

test('no answer that failed is kept by a cache, where the one that succeeds is', async () => {
  const world = await openWorld()
  const { student } = await issue(world)
  const schoolId = student.assignments[0]!.organisationId!
  const { slug } = (await findOrganisation(world.db, schoolId))!
  const app = createApp(world)
  const cacheOf = async (path: string) => {
    const { status, headers } = await request(app).get(path)
    return [status, headers['cache-control']]
  }
  for (const file of ['did.json', 'jwks.json']) {
    expect(await cacheOf(`/orgs/${slug}/${file}`)).toEqual([200, 'public, max-age=300'])
    expect(await cacheOf(`/orgs/nobody/${file}`)).toEqual([404, 'no-store'])
  }
})
