import { describe, expect, test } from 'vitest'
import { acceptInvitation, invite } from '../../src/people/accept-invitation.js'
import { endRole } from '../../src/people/assign-role.js'
import { createPerson } from '../../src/people/create-person.js'
import { issueToken, revokeToken } from '../../src/people/issue-token.js'
import { activeSigner, ANNOUNCED_MS, KeyChanged, whileItSigns } from '../../src/people/keys.js'
import { OPERATOR } from '../../src/people/operator.js'
import { activateKey, rotateKey } from '../../src/people/rotate-key.js'
import { revokeKey } from '../../src/people/revoke-key.js'
import { seeKeys } from '../../src/people/see-keys.js'
import { offerSetUp, setUp } from '../../src/people/set-up.js'
import { readSession } from '../../src/people/sessions.js'
import { signIn } from '../../src/people/sign-in.js'
import { signOut } from '../../src/people/sign-out.js'
import { listOrganisations } from '../../src/people/store.js'
import { readToken } from '../../src/people/tokens.js'
import { STORES } from '../support/dialects.js'
import { MINUTE, openWorld } from '../support/world.js'
import { aCompany, aLycee, auditOf, PASSWORD, refusalOf } from './people.js'

const EMAIL = 'alix@sceau.example'
const ALIX = { givenName: 'Alix', familyName: 'Durand', email: EMAIL }

describe.each(STORES)('on $name', ({ open }) => {
  test('a person’s whole story goes as on any other store', async () => {
    const world = await openWorld({ db: await open() })
    await setUp(world, (await offerSetUp(world))!.split('/set-up/')[1]!, {
      ...ALIX,
      email: 'first@sceau.example',
      password: PASSWORD,
    })
    const lycee = await aLycee(world)
    await aCompany(world)
    expect(await listOrganisations(world.db, 'lycee')).toEqual([lycee])
    expect((await activeSigner(world, lycee.id)).controller).toContain('lycee-voltaire')

    const held = { role: 'school-staff', organisationId: lycee.id } as const
    const { id } = await createPerson(world, OPERATOR, { ...ALIX, ...held })
    const link = await invite(world, OPERATOR, id)
    await acceptInvitation(world, link.split('/set-up/')[1]!, PASSWORD)
    await refusalOf(signIn(world, { email: EMAIL, password: 'wrong' }))
    const session = await signIn(world, { email: EMAIL, password: PASSWORD })
    world.clock.advance(5 * MINUTE)
    const { actor } = (await readSession(world, session))!
    expect(actor.assignments).toEqual([held])

    const scoped = { name: 'Test', scopes: ['badges:read'], days: 1, organisationId: lycee.id }
    const { token, publicId } = await issueToken(world, OPERATOR, { ...scoped, ownerId: id })
    expect((await readToken(world, token))?.assignments).toEqual([held])
    await endRole(world, OPERATOR, { personId: id, ...held })
    expect((await readToken(world, token))?.assignments).toEqual([])
    await revokeToken(world, OPERATOR, publicId)
    await signOut(world, actor, session)
    expect(await readSession(world, session)).toBeUndefined()
    expect((await auditOf(world)).slice(-4)).toEqual([
      'token.issued',
      'role.ended',
      'token.revoked',
      'sign-out.done',
    ])
    await world.db.destroy()
  })

  test('keys are rotated and revoked as on any other store, and one signs at any moment', async () => {
    const world = await openWorld({ db: await open() })
    const lycee = await aLycee(world)
    const old = await activeSigner(world, lycee.id)
    const document = JSON.stringify({ proof: [{ verificationMethod: old.id }] })
    const keep = () => whileItSigns(world, document, async () => 'kept')
    const { publicKeyMultibase: key } = await rotateKey(world, OPERATOR, lycee)
    expect((await refusalOf(rotateKey(world, OPERATOR, lycee))).code).toBe('conflict')
    world.clock.advance(ANNOUNCED_MS)
    expect(await keep()).toBe('kept')
    const twice = [activateKey(world, { key }), activateKey(world, { key })]
    await Promise.all(twice.map((one) => one.catch(() => undefined)))
    await expect(keep()).rejects.toThrow(KeyChanged)
    const since = world.now()
    const next = await revokeKey(world, OPERATOR, { key, since })
    expect((await activeSigner(world, lycee.id)).publicKeyMultibase).toBe(next)
    const stages = (await seeKeys(world, OPERATOR)).map(({ state }) => state)
    expect(stages).toEqual(['retired', 'revoked', 'active'])
    await world.db.destroy()
  })
})
