import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/context.js'
import { may } from '../../src/people/authorize.js'
import { issueToken, revokeToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import type { Organisation, Person } from '../../src/people/store.js'
import { formatToken, parseToken, readToken } from '../../src/people/tokens.js'
import { endRole } from '../../src/people/assign-role.js'
import { DAY, openWorld, SECOND, type World } from '../support/world.js'
import { aLycee, asActor, auditOf, refusalOf, somebody } from './people.js'

let world: World
let lycee: Organisation
let other: Organisation
let person: Person

beforeEach(async () => {
  world = await openWorld()
  lycee = await aLycee(world)
  other = await aLycee(world, 'Lycée Rousseau', '9990002Y')
  person = await somebody(world, 's@lycee.example', {
    role: 'school-staff',
    organisationId: lycee.id,
  })
})

const issue = (changes: Partial<Parameters<typeof issueToken>[2]> = {}, by: Actor = OPERATOR) =>
  issueToken(world, by, {
    name: 'Pronote',
    scopes: ['badges:read'],
    days: 90,
    ownerId: person.id,
    organisationId: lycee.id,
    ...changes,
  })

test('a token speaks for its owner, with its scopes', async () => {
  const { token, publicId } = await issue()
  expect(token).toMatch(/^sceau_test_[\w-]{12}_[\w-]{43}$/)
  expect(await readToken(world, token)).toEqual({
    personId: person.id,
    publicId,
    assignments: [{ role: 'school-staff', organisationId: lycee.id }],
    via: 'token',
    organisationId: lycee.id,
    scopes: ['badges:read'],
  })
})

test('TK-01 the database holds no usable token, only its hash and its id', async () => {
  const { token, publicId } = await issue()
  const dump = JSON.stringify(await world.db.selectFrom('api_tokens').selectAll().execute())
  expect(dump).toContain(publicId)
  expect(dump).not.toContain(token)
  expect(dump).not.toContain(parseToken(token)!.secret)
  expect(JSON.stringify(await world.db.selectFrom('audit').selectAll().execute())).not.toContain(
    parseToken(token)!.secret,
  )
})

describe('TK-03 a token is worth nothing', () => {
  test('once it has expired, and not a second before', async () => {
    const { token } = await issue({ days: 90 })
    world.clock.advance(90 * DAY - SECOND)
    expect(await readToken(world, token)).toBeDefined()
    world.clock.advance(SECOND)
    expect(await readToken(world, token)).toBeUndefined()
  })

  test('RL-11 while it was made by a clock that was ahead', async () => {
    world.clock.advance(365 * DAY)
    const { token } = await issue()
    expect(await readToken(world, token)).toBeDefined()
    world.clock.advance(-365 * DAY)
    expect(await readToken(world, token)).toBeUndefined()
  })

  test('once it is revoked', async () => {
    const { token, publicId } = await issue()
    await revokeToken(world, OPERATOR, publicId)
    expect(await readToken(world, token)).toBeUndefined()
    expect((await refusalOf(revokeToken(world, OPERATOR, publicId))).code).toBe('not-found')
    expect(await auditOf(world)).toContain('token.revoked')
  })

  test('outside its organisation, though its owner has a role there', async () => {
    await endRole(world, OPERATOR, {
      personId: person.id,
      role: 'school-staff',
      organisationId: lycee.id,
    })
    const { token } = await issue({ organisationId: other.id })
    const actor = (await readToken(world, token))!
    expect(actor.assignments).toEqual([])
    expect(may(actor, 'see-dossier', { schoolId: lycee.id })).toBe(false)
  })

  test('with another secret', async () => {
    const { publicId } = await issue()
    const forged = formatToken(false, { publicId, secret: 'A'.repeat(43) })
    expect(await readToken(world, forged)).toBeUndefined()
  })

  test('when its owner is disabled', async () => {
    const { token } = await issue()
    await world.db.updateTable('persons').set({ disabled_at: world.now().toISOString() }).execute()
    expect(await readToken(world, token)).toBeUndefined()
  })
})

test.each(['', 'sceau_test_x_y', 'Bearer', `sceau_prod_${'a'.repeat(12)}_${'b'.repeat(43)}`])(
  '“%s” is no token',
  async (text) => {
    expect(await readToken(world, text)).toBeUndefined()
  },
)

test('a token lives ninety days at most', async () => {
  const error = await refusalOf(issue({ days: 91 }))
  expect(error.fields[0]?.pointer).toBe('/days')
  expect(error.words.fr).toContain('91')
})

test.each([[[]], [['all']], [['badges:read', 'x y']]])('scopes %j are refused', async (scopes) => {
  expect((await refusalOf(issue({ scopes }))).fields[0]?.pointer).toBe('/scopes')
})

test('TK-04 a token makes no token, and staff make none', async () => {
  const admin = await somebody(world, 'a@sceau.example', {
    role: 'platform-admin',
    organisationId: null,
  })
  const { token } = await issue({ ownerId: admin.id, organisationId: null })
  const byToken = (await readToken(world, token))!
  expect((await refusalOf(issue({}, byToken))).code).toBe('forbidden')
  expect((await refusalOf(issue({}, await asActor(world, person)))).code).toBe('forbidden')
})

test('a token’s last use is known', async () => {
  const { token } = await issue()
  world.clock.advance(DAY)
  await readToken(world, token)
  const row = await world.db.selectFrom('api_tokens').select('last_used_at').executeTakeFirst()
  expect(row?.last_used_at).toBe(world.now().toISOString())
})
