import type { SignInProvider } from '../../config.js'
import type { Actor, Context } from '../../context.js'
import { providerOf } from './set-out.js'
import { addressToSignOut } from './speak.js'
import { listIdentities } from './store.js'

/** The providers that somebody has signed in by. */
export async function providersOf(ctx: Context, actor: Actor): Promise<SignInProvider[]> {
  const { signInProviders } = ctx.config
  if (signInProviders.length === 0) return []
  const issuers = (await listIdentities(ctx.db, actor.personId ?? 0)).map(({ issuer }) => issuer)
  return signInProviders.filter(({ issuer }) => issuers.includes(issuer))
}

/**
 * Where somebody who has signed out here signs out at a provider; undefined where it has no such address, or does not
 * answer: here they are out in any case.
 *
 * @throws {DomainError} not-found
 */
export async function whereToSignOut(
  ctx: Context,
  id: string,
): Promise<{ url: string; name: string } | undefined> {
  const provider = providerOf(ctx, id)
  const url = await addressToSignOut(ctx, provider).catch(() => undefined)
  return url === undefined ? undefined : { url, name: provider.name }
}
