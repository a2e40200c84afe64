import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../src/context.js'
import { seeMyBadge } from '../../src/issuer/my-badges.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { recordSiretSeen } from '../../src/people/authority/prove.js'
import { proofsWaiting, seeProofs } from '../../src/people/authority/see-proofs.js'
import { firstStepsWaiting, seeFirstSteps } from '../../src/people/first-steps.js'
import {
  saveLinkedInId,
  seeOrganisation,
  toLinkedInId,
} from '../../src/people/organisations/linkedin-id.js'
import { issue } from '../issuer/share-story.js'
import { DAY, openWorld, type World } from '../support/world.js'
import { aCompany, aLycee, asActor, refusalOf, somebody } from './people.js'

let world: World
let admin: Actor

beforeEach(async () => {
  world = await openWorld()
  const held = { role: 'platform-admin', organisationId: null } as const
  admin = await asActor(world, await somebody(world, 'root@example.org', held))
})

test('companies are listed with what is missing first, and those that end soon are asked for again', async () => {
  const known = await aCompany(world, 'Composites du Jura')
  const other = await aCompany(world, 'Moules du Haut', '00099002800011')
  const seen = {
    organisationId: known.publicId,
    source: 'Annuaire des entreprises',
    day: '2026-11-24',
  }
  await recordSiretSeen(world, admin, seen)
  const all = await seeProofs(world, admin, { only: 'all', page: 1 })
  expect(all.lines.map(({ organisation, due }) => [organisation.publicId, due])).toEqual([
    [other.publicId, 3],
    [known.publicId, 2],
  ])
  expect(all.lines[1]!.endsAt).toBe('2027-11-24T00:00:00.000Z')
  expect((await proofsWaiting(world, admin))[0]?.count).toBe(1)
  world.clock.advance(336 * DAY)
  expect((await proofsWaiting(world, admin))[0]?.count).toBe(2)
  const head = await asActor(
    world,
    await somebody(world, 'head@example.org', { role: 'company-admin', organisationId: known.id }),
  )
  expect((await refusalOf(seeProofs(world, head, { only: 'all', page: 1 }))).code).toBe('not-found')
  expect(await proofsWaiting(world, head)).toEqual([])
})

test.each(['1035a', '-1', '1.5', '１０３５', '1'.repeat(21), 'https://linkedin.com/company/1035'])(
  'a LinkedIn number is digits alone: %s is none',
  (text) => {
    expect(() => toLinkedInId(text)).toThrow('digits alone')
  },
)

test('the LinkedIn number of a school stands in what its students add to their profile', async () => {
  const { student, badgeId, schoolId } = await issue(world)
  await shareBadge(world, student, { badgeId, label: 'Profil' })
  const linkOf = async () => new URL((await seeMyBadge(world, student, badgeId)).links[0]!.linkedIn)
  expect((await linkOf()).searchParams.has('organizationId')).toBe(false)
  const { public_id: organisationId } = await world.db
    .selectFrom('organisations')
    .select('public_id')
    .where('id', '=', schoolId)
    .executeTakeFirstOrThrow()
  await saveLinkedInId(world, admin, { organisationId, linkedInId: ' 1035 ' })
  expect((await linkOf()).searchParams.get('organizationId')).toBe('1035')
  expect((await linkOf()).searchParams.has('organizationName')).toBe(false)
  await saveLinkedInId(world, admin, { organisationId, linkedInId: '' })
  expect((await seeOrganisation(world, admin, organisationId)).linkedInId).toBeNull()
  const mine = { organisationId, linkedInId: '1' }
  expect((await refusalOf(saveLinkedInId(world, student, mine))).code).toBe('not-found')
})

test('after the set-up, what is left to do is said until badges can be issued', async () => {
  const left = async () => (await firstStepsWaiting(world, admin))[0]?.count
  const done = async () =>
    (await seeFirstSteps(world, admin, { backupMade: false }))
      .filter((one) => one.done)
      .map(({ href }) => href)
  expect(await left()).toBe(4)
  expect(await done()).toEqual([])
  const [school, company] = [await aLycee(world), await aCompany(world)]
  expect(await left()).toBe(2)
  await somebody(world, 'head@example.org', { role: 'school-approver', organisationId: school.id })
  await somebody(world, 'boss@example.org', {
    role: 'company-endorser',
    organisationId: company.id,
  })
  expect(await left()).toBe(0)
  expect(await done()).toEqual(['/organisations', '/organisations', '/invitations', '/invitations'])
  const demo = { ...world, config: { ...world.config, demo: true } }
  expect(await firstStepsWaiting(demo, admin)).toEqual([])
})
