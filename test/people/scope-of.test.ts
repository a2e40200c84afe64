import { beforeEach, expect, test } from 'vitest'
import type { Actor, Role } from '../../src/context.js'
import { createOrganisation } from '../../src/people/create-organisation.js'
import { OPERATOR } from '../../src/people/operator.js'
import { scopeOf } from '../../src/people/scope-of.js'
import { toSetting } from '../../src/store/scope.js'
import { openWorld, type World } from '../support/world.js'
import { aCompany } from './people.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})

const holding = (...held: readonly (readonly [Role, number | null])[]): Actor => ({
  personId: 7,
  publicId: 'somebody',
  assignments: held.map(([role, organisationId]) => ({ role, organisationId })),
  via: 'session',
  scopes: [],
})

test('MT-05 a stranger stands for nobody', async () => {
  expect(toSetting(await scopeOf(world, undefined))).toBe('')
})

test('MT-05 staff stand for their organisations, each once', async () => {
  const actor = holding(['school-staff', 3], ['school-approver', 3], ['company-admin', 5])
  expect(toSetting(await scopeOf(world, actor))).toBe('of:3,5;7')
})

test('MT-05 a student stands for themself, not for their school', async () => {
  expect(toSetting(await scopeOf(world, holding(['student', 3])))).toBe('of:;7')
  expect(toSetting(await scopeOf(world, holding(['student', 3], ['school-staff', 4])))).toBe(
    'of:4;7',
  )
})

test('MT-05 a referent stands for all of their academy, and for no other', async () => {
  const academy = await createOrganisation(world, OPERATOR, {
    ...{ kind: 'academy', name: 'Académie DÉMO', academyCode: '03' },
  })
  const within = await createOrganisation(world, OPERATOR, {
    ...{ kind: 'lycee', name: 'Lycée DÉMO', uai: '9990001X', academyCode: '03' },
  })
  await createOrganisation(world, OPERATOR, {
    ...{ kind: 'lycee', name: 'Lycée DÉMO d’ailleurs', uai: '9990002Y', academyCode: '10' },
  })
  await aCompany(world)
  const scope = await scopeOf(world, holding(['academic-referent', academy.id]))
  expect(scope).toEqual({ organisations: [academy.id, within.id], personId: 7 })
})

test('MT-05 who runs the platform goes past it, by name', async () => {
  const actor = holding(['school-staff', 3], ['platform-admin', null])
  expect(toSetting(await scopeOf(world, actor))).toBe('service:platform')
})
