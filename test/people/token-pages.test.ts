import { beforeEach, describe, expect, test } from 'vitest'
import { routes } from '../../src/app.js'
import { SCOPES } from '../../src/people/scopes.data.js'
import { readToken } from '../../src/people/tokens.js'
import { openWorld, type World } from '../support/world.js'
import { browser } from './browser.js'
import { aLycee, PASSWORD, somebody } from './people.js'

let world: World
let tab: ReturnType<typeof browser>
beforeEach(async () => {
  world = await openWorld()
  await somebody(world, 'a@x.example', { role: 'platform-admin', organisationId: null })
  tab = browser(world)
  await tab.send('/sign-in', { email: 'a@x.example', password: PASSWORD })
})

const ORDER = { act: 'issue', name: 'Pronote DÉMO', days: '30', owner: '', organisation: '' }
const order = (fields: Record<string, string | string[]>) =>
  tab.send('/tokens', { ...ORDER, ...fields })

const tokenIn = (text: string) => /value="(sceau_test_[\w-]+)"/.exec(text)?.[1]

test('the scopes that are offered are those that the API asks for', () => {
  const asked = new Set(routes.map(({ access }) => access).filter((access) => access !== 'public'))
  expect(Object.keys(SCOPES).toSorted()).toEqual([...asked].toSorted())
})

describe('the page of the tokens', () => {
  test('TK-01 shows a token once, then only its name, and takes it back', async () => {
    const answer = await order({ scopes: ['organisations:read', 'organisations:write'] })
    const token = tokenIn(answer.text)!
    expect(await readToken(world, token)).toMatchObject({
      scopes: ['organisations:read', 'organisations:write'],
      assignments: [{ role: 'platform-admin', organisationId: null }],
    })
    const { text } = await tab.get('/tokens')
    expect(text).toContain('Pronote DÉMO')
    expect(text).toContain('24 décembre 2026')
    expect(text).not.toContain(token)
    expect(text).not.toContain(token.split('_').at(-1))
    const [, publicId] = /name="token" value="([\w-]+)"/.exec(text)!
    expect((await tab.send('/tokens', { act: 'revoke', token: publicId! })).status).toBe(303)
    expect(await readToken(world, token)).toBeUndefined()
    expect((await tab.get('/tokens')).text).toContain('révoqué')
  })

  test('gives the rights of the account that was named, in its organisation', async () => {
    const lycee = await aLycee(world)
    const held = { role: 'school-staff', organisationId: lycee.id } as const
    await somebody(world, 's@x.example', held)
    const fields = { scopes: 'mentoring:write', owner: 'S@x.example', organisation: lycee.publicId }
    const token = tokenIn((await order(fields)).text)!
    expect((await readToken(world, token))?.assignments).toEqual([held])
  })

  test.each([
    ['nothing ticked', {}, 'scopes'],
    ['a scope that is not offered', { scopes: 'badges:forge' }, 'scopes'],
    ['91 days', { scopes: 'templates:read', days: '91' }, 'days'],
    ['no days', { scopes: 'templates:read', days: 'dix' }, 'days'],
    ['no name', { scopes: 'templates:read', name: ' ' }, 'name'],
    ['an unknown owner', { scopes: 'templates:read', owner: 'b@x.example' }, 'owner'],
    ['an owner that is no address', { scopes: 'templates:read', owner: 'b' }, 'owner'],
    ['an unknown organisation', { scopes: 'templates:read', organisation: 'x' }, 'organisation'],
  ])('refuses %s beside the field, and keeps the rest', async (_, fields, field) => {
    const answer = await order(fields)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(`id="error-${field}"`)
    if (field !== 'name') expect(answer.text).toContain('value="Pronote DÉMO"')
    expect((await tab.get('/tokens')).text).toContain('Aucun jeton')
  })

  test('refuses a token that would open nothing', async () => {
    const lycee = await aLycee(world)
    const answer = await order({ scopes: 'mentoring:write', organisation: lycee.publicId })
    expect(answer.text).toContain('il n’ouvrirait rien')
  })

  test('tells which have expired', async () => {
    await order({ scopes: 'templates:read', days: '1' })
    world.clock.advance(25 * 3_600_000)
    await tab.send('/sign-in', { email: 'a@x.example', password: PASSWORD })
    const { text } = await tab.get('/tokens')
    expect(text).toContain('expiré')
    expect(text).not.toContain('Révoquer')
  })

  test('TK-04 is not there for a school’s approver', async () => {
    const lycee = await aLycee(world)
    await somebody(world, 'p@x.example', { role: 'school-approver', organisationId: lycee.id })
    const other = browser(world)
    await other.send('/sign-in', { email: 'p@x.example', password: PASSWORD })
    expect((await other.get('/tokens')).status).toBe(404)
  })
})
