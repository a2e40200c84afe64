import {
  askToRegister,
  askToSignIn,
  askToStepUp,
} from '../../../src/people/passkeys/ask-passkey.js'
import { registerPasskey } from '../../../src/people/passkeys/register-passkey.js'
import { signInByPasskey } from '../../../src/people/passkeys/sign-in-by-passkey.js'
import { stepUp } from '../../../src/people/passkeys/step-up.js'
import { readSession } from '../../../src/people/sessions.js'
import { signIn } from '../../../src/people/sign-in.js'
import type { World } from '../../support/world.js'
import { PASSWORD } from '../people.js'
import { softAuthenticator, type Wrong } from './soft-authenticator.js'

export type Device = ReturnType<typeof softAuthenticator>

export async function actorIn(world: World, token: string) {
  return (await readSession(world, token))!.actor
}

/** Signs in by password, and registers the device. @returns the session, renewed by that */
export async function registered(world: World, email: string, device: Device, wrong: Wrong = {}) {
  const token = await signIn(world, { email, password: PASSWORD })
  return register(world, token, device, wrong)
}

/** Registers another device in a session. @returns its new secret */
export async function register(world: World, token: string, device: Device, wrong: Wrong = {}) {
  const actor = await actorIn(world, token)
  const options = await askToRegister(world, actor, token)
  const answer = device.register(options, wrong)
  return registerPasskey(world, actor, token, { name: 'Téléphone', answer })
}

export async function enterWith(world: World, device: Device, wrong: Wrong = {}) {
  const { token: half, options } = await askToSignIn(world)
  return signInByPasskey(world, { answer: device.assert(options, wrong), half })
}

export async function confirmWith(world: World, token: string, device: Device, wrong: Wrong = {}) {
  const actor = await actorIn(world, token)
  const options = await askToStepUp(world, actor, token)
  return stepUp(world, actor, token, { answer: device.assert(options, wrong) })
}
