import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { adultsWhoLeft, forgetAdult } from '../../../src/issuer/rights/forget-adult.js'
import { forgetStudents, studentsWhoLeft } from '../../../src/issuer/rights/forget-students.js'
import { assignRole } from '../../../src/people/assign-role.js'

import { OPERATOR } from '../../../src/people/operator.js'
import { openSession } from '../../../src/people/sessions.js'
import type { Organisation } from '../../../src/people/store.js'
import { aLycee, somebody } from '../../people/people.js'
import { STORES } from '../../support/dialects.js'
import { meanwhile } from '../../support/meanwhile.js'
import { openWorld, type World } from '../../support/world.js'

describe.each(STORES)(
  'who comes back while the night forgets, on $name',
  ({ open, concurrent }) => {
    let world: World
    let lycee: Organisation
    let personId: number
    beforeAll(async () => {
      world = await openWorld({ db: await open() })
      lycee = await aLycee(world)
    }, 120_000)
    afterAll(() => world.db.destroy())
    let people = 0
    beforeEach(async () => {
      world.clock.at = new Date('2026-11-24T11:00:00Z')
      const held = { role: 'school-staff', organisationId: lycee.id } as const
      personId = (await somebody(world, `person-${(people += 1)}@example.org`, held)).id
    })

    const leave = async () => {
      const roles = world.db.updateTable('role_assignments').set({ until_day: '2026-11-30' })
      await roles.where('person_id', '=', personId).execute()
      world.clock.at = new Date('2028-02-01T02:00:00Z')
      const warned = world.db.updateTable('persons').set({ forgetting_told_on: '2028-01-02' })
      await warned.where('id', '=', personId).execute()
    }
    const nameOf = async () => {
      const person = world.db.selectFrom('persons').select('family_name').where('id', '=', personId)
      return (await person.executeTakeFirstOrThrow()).family_name
    }
    const aRole = () =>
      assignRole(world, OPERATOR, { personId, role: 'school-staff', organisationId: lycee.id })
    const aCommitment = () =>
      world.db
        .insertInto('mentors')
        .values({
          ...{ public_id: 'm', person_id: personId, organisation_id: lycee.id, created_at: 'x' },
          ...{ from_day: '2028-02-01', vetting: 'A_VERIFIER' },
        })
        .execute()
    const aSignIn = () => openSession(world, world.db, personId)
    const aLink = () =>
      world.db
        .insertInto('invitations')
        .values({
          ...{ token_hash: 'x', person_id: personId, purpose: 'invite' },
          ...{ created_at: world.now().toISOString(), expires_at: '2028-02-02T02:00:00.000Z' },
        })
        .execute()

    test.each([
      ['a role', aRole],
      ['a commitment', aCommitment],
      ['a session, for they signed in,', aSignIn],
      ['a link that lets them in', aLink],
    ] as const)('an adult who was given %s since they were found stays', async (_, give) => {
      await leave()
      expect(await adultsWhoLeft(world, personId)).toEqual([personId])
      expect(await forgetAdult(meanwhile(world, give), personId)).toBe(false)
      expect(await nameOf()).toBe('Martin')
      expect(await adultsWhoLeft(world, personId)).toEqual([])
    })

    test('an adult of whom nothing changed is forgotten, once', async () => {
      await leave()
      expect(await forgetAdult(world, personId)).toBe(true)
      expect(await nameOf()).toBe('effacée')
      expect(await forgetAdult(world, personId)).toBe(false)
    })

    test.runIf(concurrent)('who is being given a role at this moment is waited for', async () => {
      await leave()
      const role = { person_id: personId, organisation_id: lycee.id, role: 'school-staff' }
      let forgotten: Promise<boolean> | undefined
      await world.db.transaction().execute(async (trx) => {
        await trx
          .insertInto('role_assignments')
          .values({ ...role, from_day: '2028-02-01' })
          .execute()
        forgotten = forgetAdult(world, personId)
        await new Promise((resolve) => setTimeout(resolve, 300))
      })
      expect(await forgotten).toBe(false)
      expect(await nameOf()).toBe('Martin')
    })

    async function aStudentWhoLeft(): Promise<number> {
      const student = { public_id: 's', school_id: lycee.id, ine_fingerprint: 'x', created_at: 'x' }
      const named = { given_name: 'Zoé', family_name: 'Kerguélen', birth_date_sealed: 'x' }
      const { id } = await world.db
        .insertInto('students')
        .values({ ...student, ...named })
        .returning('id')
        .executeTakeFirstOrThrow()
      await schooling(id, '2026-09-01', '2026-11-30')
      world.clock.at = new Date('2028-09-01T02:00:00Z')
      return id
    }
    const schooling = (student_id: number, from_day: string, until_day: string | null) =>
      world.db
        .insertInto('schoolings')
        .values({
          ...{ student_id, school_id: lycee.id, from_day, until_day },
          ...{ level: '2NDE_PRO', mef: '', division: '2PC' },
        })
        .execute()

    test('a student who came back to school since they were found stays, and nothing of their erasure has begun', async () => {
      const id = await aStudentWhoLeft()
      expect(await studentsWhoLeft(world)).toEqual([id])
      const kept: string[] = []
      const erased = { keep: (name: string) => void kept.push(name), all: () => [] }
      const during = meanwhile({ ...world, erased }, () => schooling(id, '2028-09-01', null))
      expect(await forgetStudents(during, 10)).toBe(0)
      expect(kept).toEqual([])
      const row = world.db.selectFrom('students').select(['family_name', 'erasure_began_at'])
      expect(await row.execute()).toEqual([{ family_name: 'Kerguélen', erasure_began_at: null }])
      // Gone again, they are forgotten.
      await world.db.deleteFrom('schoolings').where('until_day', 'is', null).execute()
      expect(await forgetStudents({ ...world, erased }, 10)).toBe(1)
      expect(kept).toEqual(['s'])
    })
  },
)
