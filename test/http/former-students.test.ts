import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/context.js'
import { invite } from '../../src/people/accept-invitation.js'
import { assignRole } from '../../src/people/assign-role.js'
import { grantByEmail } from '../../src/people/invite-person.js'
import { OPERATOR } from '../../src/people/operator.js'
import { askContact } from '../../src/people/private-contact/ask-contact.js'
import { confirmContact } from '../../src/people/private-contact/confirm-contact.js'
import { removeContact } from '../../src/people/private-contact/ask-contact.js'
import { makeInvitation } from '../../src/people/accept-invitation.js'
import { findPerson } from '../../src/people/store.js'
import { makeCardOf } from '../../src/mentoring/students/make-cards.js'
import { close, freshSession, inTerminale, lastToken, letters } from '../issuer/leaving/story.js'
import type { Issued } from '../issuer/share-story.js'
import { aCompany, asActor, refusalOf, somebody } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'

/** The school has closed the account: what is left of it is the student's own record. */
let world: World
let story: Issued
beforeEach(async () => {
  world = await openWorld()
  story = await inTerminale(world)
})
const confirmed = async (email: string) => {
  const token = await freshSession(world, story.student)
  await askContact(world, story.student, { token, email, language: 'fr' })
  await confirmContact(world, story.student, await lastToken(world))
}
const personId = () => story.student.personId!
const openLinks = () =>
  world.db.selectFrom('invitations').select('id').where('used_at', 'is', null).execute()

describe('AZ-01 the account of who was a student', () => {
  test('gets no role from a company that types its address, and no link from one that gave it a role', async () => {
    const company = await aCompany(world, 'Fonderies DÉMO', '00099002800011')
    const held = { role: 'company-admin', organisationId: company.id } as const
    const admin: Actor = await asActor(world, await somebody(world, 'fonderies@example.org', held))
    await world.db
      .updateTable('persons')
      .set({ password_hash: null })
      .where('id', '=', personId())
      .execute()
    await close(world, story)
    const given = { role: 'company-endorser', organisation: company.publicId } as const
    const typed = { ...given, email: 'student@example.org' }
    const before = await world.db.selectFrom('role_assignments').selectAll().execute()
    expect((await refusalOf(grantByEmail(world, admin, typed))).code).toBe('rule-refused')
    expect(await world.db.selectFrom('role_assignments').selectAll().execute()).toEqual(before)
    const role = { personId: personId(), role: given.role, organisationId: company.id }
    await assignRole(world, OPERATOR, role)
    expect((await refusalOf(invite(world, admin, personId()))).code).toMatch(/not-found|forbidden/)
    expect(await openLinks()).toEqual([])
  })

  test('is opened by no card once a private address is confirmed', async () => {
    await world.db
      .updateTable('persons')
      .set({ email: null })
      .where('id', '=', personId())
      .execute()
    await confirmed('zoe@private.example')
    await close(world, story)
    expect((await refusalOf(makeCardOf(world, story.head, story.studentId))).code).not.toBe('')
    expect(await world.db.selectFrom('school_identifiers').selectAll().execute()).toEqual([])
  })
})

test('AU-12 a private address that is replaced or removed opens nothing more, and is told', async () => {
  await confirmed('zoe@private.example')
  const person = (await findPerson(world.db, personId()))!
  const sent = () =>
    world.db
      .transaction()
      .execute((trx) => makeInvitation(world, trx, OPERATOR, { ...person, days: 1 }))
  await sent()
  await confirmed('other@private.example')
  expect(await openLinks()).toEqual([])
  const told = (await letters(world)).filter(({ text }) => text.includes('n’est plus'))
  expect(told.map(({ address }) => address)).toEqual(['zoe@private.example'])
  await sent()
  await removeContact(world, story.student, await freshSession(world, story.student))
  expect(await openLinks()).toEqual([])
  expect((await letters(world)).at(-1)!.address).toBe('other@private.example')
})
