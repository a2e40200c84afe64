import { describe, expect, test } from 'vitest'
import { removePasskey } from '../../../src/people/passkeys/change-passkeys.js'
import { endOtherSessions, seeAccount } from '../../../src/people/see-account.js'
import { signIn } from '../../../src/people/sign-in.js'
import { STORES } from '../../support/dialects.js'
import { openWorld } from '../../support/world.js'
import { aLycee, PASSWORD, refusalOf, somebody } from '../people.js'
import { softAuthenticator } from './soft-authenticator.js'
import { actorIn, confirmWith, enterWith, register, registered } from './story.js'

const EMAIL = 'camille@lycee.example'

describe.each(STORES)('on $name', ({ open }) => {
  test('passkeys are registered, shown, asked for again and removed', async () => {
    const world = await openWorld({ db: await open() })
    const { id } = await aLycee(world)
    await somebody(world, EMAIL, { role: 'school-approver', organisationId: id })
    const [device, other] = [softAuthenticator(), softAuthenticator()]
    await registered(world, EMAIL, device)
    let token = await enterWith(world, device)
    token = await register(world, await confirmWith(world, token, device), other)
    const actor = await actorIn(world, token)
    await signIn(world, { email: EMAIL, password: PASSWORD })
    expect(await seeAccount(world, actor, token)).toMatchObject({
      passkeys: [{ name: 'Téléphone' }, { name: 'Téléphone' }],
      hasPassword: true,
    })
    expect((await seeAccount(world, actor, token)).sessions).toHaveLength(3)
    await endOtherSessions(world, actor, token)
    const { passkeys, sessions } = await seeAccount(world, actor, token)
    expect(sessions).toMatchObject([{ isThis: true }])
    await removePasskey(world, actor, token, passkeys[0]!.id)
    expect((await refusalOf(enterWith(world, device))).code).toBe('wrong-credentials')
    expect(await enterWith(world, other)).toMatch(/^[\w-]{43}$/)
  })

  test('AU-12 of two answers with one count, one gets in', async () => {
    const world = await openWorld({ db: await open() })
    const { id } = await aLycee(world)
    await somebody(world, EMAIL, { role: 'school-approver', organisationId: id })
    const device = softAuthenticator()
    await registered(world, EMAIL, device)
    const both = await Promise.allSettled([
      enterWith(world, device, { counter: 5 }),
      enterWith(world, device, { counter: 5 }),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})
