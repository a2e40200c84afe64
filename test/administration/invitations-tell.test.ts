import { beforeEach, describe, expect, test } from 'vitest'
import { inviteList } from '../../src/administration/invitations/invite-list.js'
import { previewList } from '../../src/administration/invitations/preview-list.js'
import { seeRun } from '../../src/administration/invitations/see-runs.js'
import type { Actor } from '../../src/context.js'
import { endRole } from '../../src/people/assign-role.js'
import { today } from '../../src/people/days.js'
import { OPERATOR } from '../../src/people/operator.js'
import { findPersonByEmail, listAssignments } from '../../src/people/store.js'
import { aCompany, aLycee, asActor, auditOf, refusalOf, somebody } from '../people/people.js'
import { SECOND, openWorld, type World } from '../support/world.js'

let world: World
let ours: { id: number; publicId: string }
let theirs: { id: number; publicId: string }
let head: Actor

beforeEach(async () => {
  world = await openWorld()
  ours = await aLycee(world)
  theirs = await aLycee(world, 'Lycée Hugo', '9990002Y')
  const held = { role: 'school-approver', organisationId: ours.id } as const
  head = await asActor(world, await somebody(world, 'head@lycee.example', held))
  const company = await aCompany(world)
  await somebody(world, 'boss@x.fr', { role: 'company-admin', organisationId: company.id })
  await somebody(world, 'pupil@x.fr', { role: 'student', organisationId: theirs.id })
  const former = { role: 'student', organisationId: theirs.id } as const
  const { id: personId } = await somebody(world, 'former@x.fr', former)
  await endRole(world, OPERATOR, { personId, ...former })
  await somebody(world, 'gone@x.fr', { role: 'school-staff', organisationId: theirs.id })
  await disable('gone@x.fr')
})

const STRANGERS = ['boss@x.fr', 'pupil@x.fr', 'former@x.fr', 'gone@x.fr'] as const
const rowOf = (email: string, role = 'personnel') => `Ève;Kerguélen;${email};${role};proviseure`
const listOf = (...rows: string[]) => ({ organisation: ours.publicId, text: rows.join('\n') })

function disable(email: string) {
  const disabled_at = '2026-11-01T00:00:00.000Z'
  return world.db.updateTable('persons').set({ disabled_at }).where('email', '=', email).execute()
}

async function rolesOf(email: string) {
  const person = await findPersonByEmail(world.db, email)
  return listAssignments(world.db, person!.id, today(world))
}

describe('EM-05 the preview of a list', () => {
  test.each(STRANGERS)(
    'says of %s what it says of an address without an account',
    async (email) => {
      const preview = (of: string) => previewList(world, head, listOf(rowOf(of)))
      const told = JSON.stringify(await preview(email)).replaceAll(email, 'nobody@x.fr')
      expect(told).toBe(JSON.stringify(await preview('nobody@x.fr')))
    },
  )

  test('tells of people of one’s own organisation that they are here, or can’t be given a role', async () => {
    await somebody(world, 'pupil@lycee.example', { role: 'student', organisationId: ours.id })
    await somebody(world, 'left@lycee.example', { role: 'school-staff', organisationId: ours.id })
    await disable('left@lycee.example')
    const { rows, faults } = await previewList(
      ...([world, head] as const),
      listOf(
        rowOf('head@lycee.example', 'approbateur'),
        rowOf('pupil@lycee.example'),
        rowOf('left@lycee.example'),
      ),
    )
    expect(rows.map(({ outcome }) => outcome)).toEqual(['here'])
    expect(faults.map(({ line }) => line)).toEqual([2, 3])
    expect(faults[0]!.words.en).toContain('can’t be given a role from here')
  })

  test('tells the platform’s administrator no more of who has an account', async () => {
    const { rows } = await previewList(
      ...([world, OPERATOR] as const),
      listOf(rowOf('boss@x.fr'), rowOf('nobody@x.fr')),
    )
    expect(rows.map(({ outcome }) => outcome)).toEqual(['invite', 'invite'])
  })

  test('AU-07 slows down after ten lists, whoever is asked about, and nobody else', async () => {
    for (let n = 0; n < 10; n += 1) await previewList(world, head, listOf(rowOf(`p${n}@x.fr`)))
    const lines = (await auditOf(world)).length
    const more = () => previewList(world, head, listOf(rowOf('boss@x.fr')))
    const refused = await refusalOf(more())
    expect(refused.code).toBe('too-many-requests')
    expect(refused.words.en).toContain('many lists')
    expect((await auditOf(world)).length).toBe(lines)
    const held = { role: 'school-approver', organisationId: ours.id } as const
    const other = await asActor(world, await somebody(world, 'second@lycee.example', held))
    await previewList(world, other, listOf(rowOf('boss@x.fr')))
    world.clock.advance(31 * SECOND)
    await more()
  })
})

describe('EM-05 sending a list', () => {
  test('answers the same for accounts that can’t be given a role from here, and gives none', async () => {
    const sent = await inviteList(world, head, listOf(...STRANGERS.map((email) => rowOf(email))))
    expect(sent).toEqual({ runId: sent.runId, links: [], again: false })
    expect(await rolesOf('boss@x.fr')).toContainEqual({
      role: 'school-staff',
      organisationId: ours.id,
    })
    for (const email of ['pupil@x.fr', 'former@x.fr', 'gone@x.fr']) {
      const here = (await rolesOf(email)).filter(({ organisationId: of }) => of === ours.id)
      expect(here, email).toEqual([])
    }
    const { lines } = await seeRun(world, head, sent.runId)
    expect(lines.map(({ email }) => email)).toEqual(['boss@x.fr'])
    const passed = (await auditOf(world)).filter((one) => one === 'invitation.passed-over')
    expect(passed).toHaveLength(3)
  })

  test('tells the holder of such an account, and not who has none here any more', async () => {
    await inviteList(world, head, listOf(...STRANGERS.map((email) => rowOf(email))))
    const mails = await world.db
      .selectFrom('outbox_mails')
      .innerJoin('persons', 'persons.id', 'to_person_id')
      .select(['email', 'subject', 'body'])
      .execute()
    const told = mails.filter(({ subject }) => subject.includes('ne peut pas prendre'))
    expect(told.map(({ email }) => email)).toEqual(['pupil@x.fr', 'former@x.fr'])
    expect(JSON.stringify(mails)).not.toContain('Kerguélen')
  })

  test('AU-07 slows down too', async () => {
    for (let n = 0; n < 10; n += 1) await inviteList(world, head, listOf(rowOf(`p${n}@x.fr`)))
    const refused = await refusalOf(inviteList(world, head, listOf(rowOf('more@x.fr'))))
    expect(refused.code).toBe('too-many-requests')
    expect(await findPersonByEmail(world.db, 'more@x.fr')).toBeUndefined()
  })
})
