import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { pauseOf } from '../../people/sign-in.js'

/**
 * Counts the lists that one person gives, as tries of a password are: a list tells a little of who is here.
 *
 * @throws {DomainError} too-many-requests
 */
export async function countList(
  ctx: Context,
  { personId, via }: Actor,
  what: 'looked at' | 'sent',
): Promise<void> {
  // Whoever has the command line has the store.
  if (via === 'operator') return
  const seconds = await pauseOf(ctx, ctx.vault.fingerprint(`list ${what} by ${personId}`))
  if (seconds === 0) return
  throw new DomainError('too-many-requests', {
    fr: `Vous avez donné beaucoup de listes en peu de temps. Réessayez dans ${seconds} secondes.`,
    en: `You have given many lists in a short time. Try again in ${seconds} seconds.`,
  })
}
