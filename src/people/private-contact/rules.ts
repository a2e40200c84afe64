import type { Context } from '../../context.js'

/** The link that confirms an address. */
export const LINK_DAYS = 3
/** Who says “not now” is asked again after so many days. */
export const ASK_AGAIN_DAYS = 30
/** The link that lets somebody in by their private address. SECURITY: a day at most. */
export const WAY_IN_DAYS = 1

/** What an address is looked up by: keyed, so that who reads the store can't try addresses on it. */
export function contactHash({ vault }: Pick<Context, 'vault'>, address: string): string {
  return vault.fingerprint(`private-contact ${address}`)
}
