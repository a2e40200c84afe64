import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/context.js'
import { assignRole, endRole } from '../../src/people/assign-role.js'
import { grantByEmail, invitePerson } from '../../src/people/invite-person.js'
import { invite } from '../../src/people/accept-invitation.js'
import { insertPasskey } from '../../src/people/passkeys/store.js'
import { insertIdentity } from '../../src/people/providers/store.js'
import { OPERATOR } from '../../src/people/operator.js'
import { seePeople, seePerson } from '../../src/people/see-people.js'
import type { Organisation } from '../../src/people/store.js'
import { openWorld, type World } from '../support/world.js'
import { aCompany, aLycee, asActor, auditOf, refusalOf, somebody } from './people.js'

const A_PASSKEY = {
  ...{ name: 'Téléphone', credential_id: 'c', public_key: 'k', transports: 'internal' },
  ...{ sign_count: 0, last_used_at: null },
}
const AN_IDENTITY = { issuer: 'https://login.example', subject: 's', last_used_at: null }

let world: World
let lycee: Organisation
let company: Organisation
let [admin, approver, companyAdmin]: Actor[] = []
beforeEach(async () => {
  world = await openWorld()
  lycee = await aLycee(world)
  company = await aCompany(world)
  const actor = async (email: string, role: never, organisationId: number | null) =>
    asActor(world, await somebody(world, email, { role, organisationId }))
  admin = await actor('admin@x.example', 'platform-admin' as never, null)
  approver = await actor('approver@x.example', 'school-approver' as never, lycee.id)
  companyAdmin = await actor('boss@x.example', 'company-admin' as never, company.id)
})

const addressesFor = async (actor: Actor, of: 'staff' | 'students' | 'none' = 'staff') =>
  (await seePeople(world, actor, { of, page: 1 })).people.map(({ email }) => email)

function aStudent(email = 'noa@x.example') {
  return somebody(world, email, { role: 'student', organisationId: lycee.id })
}

describe('a list of people', () => {
  test('holds everybody for the platform’s administrator', async () => {
    await aStudent()
    expect((await addressesFor(admin!)).toSorted()).toEqual([
      'admin@x.example',
      'approver@x.example',
      'boss@x.example',
    ])
    expect(await addressesFor(admin!, 'students')).toEqual(['noa@x.example'])
  })

  test('AZ-09 holds those of their own organisation for an approver and a company’s administrator', async () => {
    await aStudent()
    expect(await addressesFor(approver!)).toEqual(['approver@x.example'])
    expect(await addressesFor(approver!, 'students')).toEqual(['noa@x.example'])
    expect(await addressesFor(companyAdmin!)).toEqual(['boss@x.example'])
    expect(await addressesFor(companyAdmin!, 'students')).toEqual([])
  })

  test('tells who has no role to the platform’s administrator only', async () => {
    const held = { role: 'school-staff', organisationId: lycee.id } as const
    const left = await somebody(world, 'left@x.example', held)
    await endRole(world, OPERATOR, { personId: left.id, ...held })
    expect(await addressesFor(admin!, 'none')).toEqual(['left@x.example'])
    expect(await addressesFor(approver!, 'none')).toEqual(['approver@x.example'])
  })

  test('tells an approver no role that somebody has elsewhere', async () => {
    const tutor = await somebody(world, 't@x.example', {
      role: 'company-endorser',
      organisationId: company.id,
    })
    await assignRole(world, approver!, {
      personId: tutor.id,
      role: 'school-staff',
      organisationId: lycee.id,
    })
    const seen = await seePerson(world, approver!, tutor.publicId)
    expect(seen.roles.map(({ role }) => role)).toEqual(['school-staff'])
    expect((await seePerson(world, admin!, tutor.publicId)).roles).toHaveLength(2)
  })

  test('has pages of twenty, and the last one for whoever asks beyond', async () => {
    const added_at = world.now().toISOString()
    for (let n = 0; n < 30; n++) {
      const name = `p${String(n).padStart(2, '0')}`
      await world.db
        .insertInto('persons')
        .values({ public_id: name, given_name: 'A', family_name: name, created_at: added_at })
        .execute()
    }
    const first = await seePeople(world, admin!, { of: 'none', page: 1 })
    const beyond = await seePeople(world, admin!, { of: 'none', page: 9 })
    expect([first.people.length, first.pages]).toEqual([20, 2])
    expect([beyond.people.length, beyond.page]).toEqual([10, 2])
  })

  test.each(['school-staff', 'liaison-officer', 'student'] as const)(
    'is not there for a %s',
    async (role) => {
      const person = await somebody(world, 's@x.example', { role, organisationId: lycee.id })
      const actor = await asActor(world, person)
      expect((await refusalOf(seePeople(world, actor, { of: 'staff', page: 1 }))).code).toBe(
        'not-found',
      )
      const one = seePerson(world, actor, person.publicId)
      expect((await refusalOf(one)).code).toBe('not-found')
    },
  )
})

describe('a student’s address', () => {
  test('is never shown to a company, where the student works too', async () => {
    const student = await aStudent()
    await assignRole(world, OPERATOR, {
      personId: student.id,
      role: 'company-endorser',
      organisationId: company.id,
    })
    expect(await addressesFor(companyAdmin!)).toContain(null)
    expect(await addressesFor(companyAdmin!)).not.toContain('noa@x.example')
    const seen = await seePerson(world, companyAdmin!, student.publicId)
    expect(seen.email).toBeNull()
    expect(seen.roles.map(({ role }) => role)).toEqual(['company-endorser'])
    expect((await seePerson(world, approver!, student.publicId)).email).toBe('noa@x.example')
  })

  test('lets nobody of a company find out who has it', async () => {
    await aStudent()
    const act = grantByEmail(world, companyAdmin!, {
      email: 'noa@x.example',
      role: 'company-endorser',
      organisation: company.publicId,
    })
    const refusal = await refusalOf(act)
    expect(refusal.code).toBe('rule-refused')
    expect(refusal.words.fr).not.toMatch(/élève|Camille|lycée/i)
  })
})

describe('an invitation', () => {
  const NOA = { givenName: 'Noa', familyName: 'Leroy', email: 'New@X.example' }

  test('admits a person with a role, and gives a link that serves once', async () => {
    const { person, link } = await invitePerson(world, approver!, {
      ...NOA,
      role: 'school-staff',
      organisation: lycee.publicId,
    })
    expect(person.email).toBe('new@x.example')
    expect(link).toMatch(/^https:\/\/sceau\.example\/set-up\/[\w-]{43}$/)
    expect((await auditOf(world)).slice(-3)).toEqual([
      'person.created',
      'role.given',
      'person.invited',
    ])
    const seen = await seePerson(world, approver!, person.publicId)
    expect(seen).toMatchObject({ isIn: false, mayBeInvited: true })
  })

  test('AZ-09 into another organisation is refused as if it did not exist', async () => {
    const input = { ...NOA, role: 'company-endorser' as const }
    for (const organisation of [company.publicId, 'none', '']) {
      const act = invitePerson(world, approver!, { ...input, organisation })
      expect((await refusalOf(act)).code).toBe('not-found')
    }
  })

  test('into an organisation that is not there is told beside its field', async () => {
    const act = invitePerson(world, admin!, { ...NOA, role: 'school-staff', organisation: 'none' })
    expect((await refusalOf(act)).fields[0]?.pointer).toBe('/organisation')
  })

  test('of an address that an account has is refused; the role can be given to it', async () => {
    const tutor = await somebody(world, 'new@x.example', {
      role: 'company-endorser',
      organisationId: company.id,
    })
    const role = { role: 'school-staff', organisation: lycee.publicId } as const
    const refusal = await refusalOf(invitePerson(world, approver!, { ...NOA, ...role }))
    expect(refusal).toMatchObject({ code: 'conflict', fields: [{ pointer: '/email' }] })
    expect(refusal.words.fr).not.toMatch(/Camille|Martin/)
    const granted = await grantByEmail(world, approver!, { email: NOA.email, ...role })
    expect(granted).toBe(tutor.publicId)
    const again = grantByEmail(world, approver!, { email: NOA.email, ...role })
    expect((await refusalOf(again)).code).toBe('conflict')
  })

  test('to an address that nobody has gives no role', async () => {
    const role = { role: 'school-staff', organisation: lycee.publicId } as const
    const act = grantByEmail(world, approver!, { email: 'nobody@x.example', ...role })
    expect((await refusalOf(act)).fields[0]?.pointer).toBe('/email')
  })

  test('of one address by two at once admits one person', async () => {
    const input = { ...NOA, role: 'school-staff', organisation: lycee.publicId } as const
    const both = await Promise.allSettled([
      invitePerson(world, approver!, input),
      invitePerson(world, admin!, input),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const refused = both.find((one) => one.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'conflict' })
  })

  test('is an approver’s to renew until there is a password, then the platform’s', async () => {
    const person = await somebody(world, 'w@x.example', {
      role: 'school-staff',
      organisationId: lycee.id,
    })
    expect((await seePerson(world, approver!, person.publicId)).mayBeInvited).toBe(false)
    expect((await seePerson(world, admin!, person.publicId)).mayBeInvited).toBe(true)
  })

  test.each(['passkey', 'account elsewhere'])(
    'is the platform’s alone for who comes in by a %s: an approver would become a colleague',
    async (way) => {
      const person = await somebody(world, 'w@x.example', {
        role: 'school-staff',
        organisationId: lycee.id,
      })
      await world.db.updateTable('persons').set({ password_hash: null }).execute()
      expect(await seePerson(world, approver!, person.publicId)).toMatchObject({
        isIn: false,
        mayBeInvited: true,
      })
      const of = { public_id: 'way', person_id: person.id, created_at: world.now().toISOString() }
      if (way === 'passkey') await insertPasskey(world.db, { ...of, ...A_PASSKEY })
      else await insertIdentity(world.db, { ...of, ...AN_IDENTITY })
      expect(await seePerson(world, approver!, person.publicId)).toMatchObject({
        isIn: true,
        mayBeInvited: false,
      })
      const link = (actor: Actor) => invite(world, actor, person.id)
      expect((await refusalOf(link(approver!))).code).toBe('not-found')
      expect(await link(admin!)).toContain('/set-up/')
    },
  )
})

test('the platform keeps one administrator', async () => {
  const held = { role: 'platform-admin', organisationId: null } as const
  const last = endRole(world, admin!, { personId: admin!.personId!, ...held })
  expect((await refusalOf(last)).code).toBe('rule-refused')
  const other = await somebody(world, 'b@x.example', held)
  await endRole(world, admin!, { personId: admin!.personId!, ...held })
  expect((await seePerson(world, OPERATOR, other.publicId)).roles).toHaveLength(1)
})
