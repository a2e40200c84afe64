import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { assertMayInvite } from './accept-invitation.js'
import { hasWayIn, withdrawInvitations } from './access-store.js'
import { nothingHere } from './authorize.js'
import { changeEmail } from './create-person.js'
import { today } from './days.js'
import { toEmail } from './names.js'
import { lockPerson } from './passkeys/store.js'
import { rightsOf } from './rights-of.js'
import { pauseOf } from './sign-in.js'
import { findPerson } from './store.js'

/**
 * Corrects the address of somebody who was invited and has not come in. Links that went to the one before are then
 * worthless: it may be a stranger’s.
 *
 * @throws {DomainError} not-found, forbidden, invalid-request, too-many-requests, conflict (an account has it), or
 *   rule-refused: they have come in, or are a student
 */
export async function correctAddress(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ personId: number; email: string }>,
): Promise<void> {
  const { personId } = input
  await assertMayInvite(ctx, actor, personId)
  const email = toEmail(input.email)
  const by = ctx.vault.fingerprint(`address corrected by ${actor.publicId}`)
  const seconds = await pauseOf(ctx, by)
  if (seconds > 0) throw tooMany(seconds)
  await ctx.db.transaction().execute(async (trx) => {
    await lockPerson(trx, personId)
    const person = await findPerson(trx, personId)
    if (!person || person.disabledAt !== null) throw nothingHere()
    if (person.email === email) return
    const held = await rightsOf(trx, personId, today(ctx))
    const isStudent = held.some(({ role }) => role === 'student')
    if (isStudent || (await hasWayIn(trx, personId))) throw theirs()
    const invited = { purpose: 'invite', personId }
    await withdrawInvitations(trx, invited, ctx.now().toISOString())
    await changeEmail(ctx, trx, actor, { person, email })
  })
}

function theirs(): DomainError {
  return new DomainError('rule-refused', {
    fr: 'Cette adresse ne se corrige pas ici : la personne est déjà entrée, ou c’est un élève.',
    en: 'This address is not corrected here: the person has come in already, or is a student.',
  })
}

function tooMany(seconds: number): DomainError {
  return new DomainError('too-many-requests', {
    fr: `Vous avez corrigé beaucoup d’adresses en peu de temps. Réessayez dans ${seconds} secondes.`,
    en: `You have corrected many addresses in a short time. Try again in ${seconds} seconds.`,
  })
}
