import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { nothingHere } from '../../mentoring/refusals.js'
import {
  askContact,
  putOffContact,
  removeContact,
} from '../../people/private-contact/ask-contact.js'
import type { Language } from '../../words.js'
import { leaverFor, seeLeaving, type Leaving } from './see-leaving.js'

/** What the student who asks has in hand for when they leave. @throws {DomainError} not-found for others */
export async function seeOwnLeaving(ctx: Context, actor: Actor): Promise<Leaving> {
  await leaverFor(ctx, actor)
  const leaving = await seeLeaving(ctx, actor)
  if (!leaving) throw nothingHere()
  return leaving
}

/**
 * A student gives a private address, or another one, to be confirmed by the link that is sent there.
 *
 * @param by.token of their session
 * @returns the address of the page, in a demo alone
 * @throws {DomainError} not-found, rule-refused before Terminale, and all that `askContact` refuses
 */
export async function giveContact(
  ctx: Context,
  actor: Actor,
  by: Readonly<{ token: string; email: string; language: Language }>,
): Promise<{ url: string | undefined }> {
  const { stage } = await seeOwnLeaving(ctx, actor)
  // What is not needed yet is not collected.
  if (stage === 'before') throw notYet()
  return askContact(ctx, actor, by)
}

/** A student says “not now”. @throws {DomainError} not-found for others */
export async function askMeLater(ctx: Context, actor: Actor): Promise<void> {
  await leaverFor(ctx, actor)
  await putOffContact(ctx, actor)
}

/** A student takes their private address back. @throws {DomainError} not-found or step-up-required */
export async function takeContactBack(ctx: Context, actor: Actor, token: string): Promise<void> {
  await leaverFor(ctx, actor)
  await removeContact(ctx, actor, token)
}

function notYet(): DomainError {
  const words = {
    fr: 'Une adresse privée est demandée à partir de la terminale : avant, le service n’en a pas besoin.',
    en: 'A private address is asked for from Terminale (the last year) on: before, the service does not need it.',
  }
  return new DomainError('rule-refused', words, { fields: [{ pointer: '/email', words }] })
}
