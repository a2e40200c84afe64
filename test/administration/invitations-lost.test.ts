import { beforeEach, describe, expect, test } from 'vitest'
import { sendAgain } from '../../src/administration/invitations/follow-up.js'
import { inviteList } from '../../src/administration/invitations/invite-list.js'
import { seeRun } from '../../src/administration/invitations/see-runs.js'
import { loadConfig } from '../../src/config.js'
import type { Actor } from '../../src/context.js'
import { markGivenUp, type GivenUpWhy } from '../../src/mail/store.js'
import { acceptInvitation, invite, readInvitation } from '../../src/people/accept-invitation.js'
import { correctAddress } from '../../src/people/correct-address.js'
import { seePeople, seePerson } from '../../src/people/see-people.js'
import { findPersonByEmail } from '../../src/people/store.js'
import { aLycee, asActor, auditOf, PASSWORD, refusalOf, somebody } from '../people/people.js'
import { openWorld, SECOND, type World } from '../support/world.js'

let world: World
let organisation: string
let schoolId: number
let head: Actor
let runId: string

const LIST = `Ève;Kerguélen;eve@lycee.exmple;personnel;
Noé;D'Hiver;noe@lycee.example;personnel;`

beforeEach(async () => {
  const env = { NODE_ENV: 'test', PUBLIC_URL: 'https://sceau.example', REQUIRE_PASSKEYS: 'off' }
  const mail = { SMTP_URL: 'smtp://localhost:2525', MAIL_FROM: 'sceau@example.org' }
  world = await openWorld({ config: loadConfig({ ...env, ...mail }) })
  ;({ publicId: organisation, id: schoolId } = await aLycee(world))
  const held = { role: 'school-approver', organisationId: schoolId } as const
  head = await asActor(world, await somebody(world, 'head@lycee.example', held))
  ;({ runId } = await inviteList(world, head, { organisation, text: LIST }))
})

/** As the job does with the latest letter to somebody. */
async function giveUp(of: string, why: GivenUpWhy): Promise<void> {
  const mails = await world.db.selectFrom('outbox_mails').select(['id', 'letter_sealed']).execute()
  const letters = mails.filter(
    ({ letter_sealed: one }) => one && world.vault.open(one).includes(of),
  )
  await markGivenUp(world.db, letters.at(-1)!.id, why, world.now())
}

const unreached = async () =>
  (await seeRun(world, head, runId)).lines.map(({ unreached: why }) => why)
const eve = async () => (await seeRun(world, head, runId)).lines[0]!
const linkFor = async (personId: number) =>
  (await invite(world, head, personId)).split('/set-up/')[1]!

describe('a letter that will never arrive', () => {
  test.each(['refused', 'no-address', 'too-old'] as const)(
    '(%s) is told beside the one whom it was for, in the list and at “People”',
    async (why) => {
      expect(await unreached()).toEqual([undefined, undefined])
      await giveUp('eve@', why)
      expect(await unreached()).toEqual([why, undefined])
      const { people } = await seePeople(world, head, { of: 'staff', page: 1 })
      expect(people.filter((one) => one.unreached !== undefined).map(({ name }) => name)).toEqual([
        'Ève Kerguélen',
      ])
      expect((await seePerson(world, head, (await eve()).publicId)).unreached).toBe(why)
    },
  )

  test('is told no more once the address is corrected and a letter sent again', async () => {
    await giveUp('eve@', 'refused')
    const { personId, publicId } = await eve()
    const before = await linkFor(personId)
    await correctAddress(world, head, { personId, email: ' Eve@lycee.example' })
    // EM-03: what went to the address before is worthless.
    await expect(readInvitation(world, before)).rejects.toMatchObject({ code: 'gone' })
    expect(await auditOf(world)).toContain('person.email-changed')
    expect(await sendAgain(world, head, { runId, people: [publicId] })).toEqual({
      count: 1,
      links: [],
    })
    expect(await unreached()).toEqual([undefined, undefined])
    expect((await eve()).email).toBe('eve@lycee.example')
    await giveUp('eve@lycee.example', 'refused')
    expect(await unreached()).toEqual(['refused', undefined])
  })

  test('is nothing to who has come in by a link that was handed over', async () => {
    await giveUp('eve@', 'refused')
    await acceptInvitation(world, await linkFor((await eve()).personId), PASSWORD)
    expect(await unreached()).toEqual([undefined, undefined])
  })
})

describe('correcting an address', () => {
  const corrected = (personId: number, email = 'new@lycee.example', by = head) =>
    refusalOf(correctAddress(world, by, { personId, email }))

  test('is refused of who has come in, of a student, and for an address of another', async () => {
    const { personId } = await eve()
    expect((await corrected(personId, 'noe@lycee.example')).code).toBe('conflict')
    expect((await corrected(personId, 'nothing')).code).toBe('invalid-request')
    await acceptInvitation(world, await linkFor(personId), PASSWORD)
    // Who is in is the platform’s administrator’s to give a link to.
    expect((await corrected(personId)).code).toBe('not-found')
    const held = { role: 'platform-admin', organisationId: null } as const
    const root = await asActor(world, await somebody(world, 'root@x.fr', held))
    expect((await corrected(personId, 'new@lycee.example', root)).code).toBe('rule-refused')
    const pupil = await somebody(world, 'p@x.fr', { role: 'student', organisationId: schoolId })
    await world.db.updateTable('persons').set({ password_hash: null }).execute()
    expect((await corrected(pupil.id)).code).toBe('rule-refused')
    expect(await findPersonByEmail(world.db, 'new@lycee.example')).toBeUndefined()
  })

  test('AZ-02 is not there for another school; it takes a passkey that was shown lately', async () => {
    const { personId } = await eve()
    const other = await aLycee(world, 'Lycée Hugo', '9990002Y')
    const held = { role: 'school-approver', organisationId: other.id } as const
    const stranger = await asActor(world, await somebody(world, 'head@hugo.example', held))
    expect((await corrected(personId, 'new@x.fr', stranger)).code).toBe('not-found')
    const stale = { ...head, mustStepUp: true as const }
    expect((await corrected(personId, 'new@x.fr', stale)).code).toBe('step-up-required')
  })

  test('AU-07 slows down who tries address after address', async () => {
    const { personId } = await eve()
    for (let n = 0; n < 10; n += 1)
      expect((await corrected(personId, 'head@lycee.example')).code).toBe('conflict')
    expect((await corrected(personId, 'head@lycee.example')).code).toBe('too-many-requests')
    world.clock.advance(31 * SECOND)
    await correctAddress(world, head, { personId, email: 'new@lycee.example' })
  })
})
