import { readdirSync, readFileSync } from 'node:fs'
import type { KyselyPlugin } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/context.js'
import { may } from '../../src/people/authorize.js'
import { issueToken, revokeToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { isSecretOf } from '../../src/people/secrets.js'
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

describe('TK-06 a secret is compared', () => {
  test('by its whole hash: what shares all but one character is worth as little as what shares none', async () => {
    const { token } = await issue()
    const { publicId, secret } = parseToken(token)!
    const flipped = (at: number) =>
      secret.slice(0, at) + (secret[at] === 'A' ? 'B' : 'A') + secret.slice(at + 1)
    const wrong = [0, 1, 21, 41, 42].map((at) =>
      formatToken(false, { publicId, secret: flipped(at) }),
    )
    const unknown = formatToken(false, { publicId: 'A'.repeat(12), secret })
    for (const one of [...wrong, unknown]) expect(await readToken(world, one)).toBeUndefined()
    expect(await readToken(world, token)).toBeDefined()
  })

  test('after its row was found by its id alone, and against a hash where there is no row', async () => {
    const asked: string[] = []
    const { token } = await issue()
    const seen = { ...world, db: world.db.withPlugin(noting(asked)) }
    await readToken(seen, token)
    await readToken(
      seen,
      formatToken(false, { publicId: 'A'.repeat(12), secret: parseToken(token)!.secret }),
    )
    const finding = asked.filter(
      (node) => node.includes('api_tokens') && node.includes('SelectQuery'),
    )
    expect(finding).toHaveLength(2)
    for (const node of finding) {
      const where = JSON.stringify((JSON.parse(node) as { where: unknown }).where)
      expect(where).toContain('public_id')
      expect(where).not.toContain('secret_hash')
    }
  })

  test.each(['', 'a', 'é'.repeat(64), 'f'.repeat(63), 'f'.repeat(65)])(
    'and never by length: a kept value of another form (%j) fits nothing',
    (kept) => expect(isSecretOf(kept, 'secret')).toBe(false),
  )

  test('by timingSafeEqual alone: nowhere in the source does a hash or secret meet ===', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.tsx?$/.test(name),
    )
    const met =
      /(?:secret|token)_?hash\b[^\n]*[!=]==(?! undefined)|[!=]==(?! undefined)[^\n]*(?:secret|token)_?hash\b/i
    const found = files.filter((name) => met.test(readFileSync(`src/${name}`, 'utf8')))
    expect(found).toEqual([])
    expect(readFileSync('src/people/secrets.ts', 'utf8')).toContain(
      'timingSafeEqual(expected, given)',
    )
  })
})

/** Writes down each question, and changes none. */
function noting(asked: string[]): KyselyPlugin {
  return {
    transformQuery({ node }) {
      asked.push(JSON.stringify(node))
      return node
    },
    transformResult: async ({ result }) => result,
  }
}
