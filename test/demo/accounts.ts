import type { Actor } from '../../src/context.js'
import type { OpenDemo } from '../../src/demo/open-demo.js'
import { readSession } from '../../src/people/sessions.js'
import { signIn } from '../../src/people/sign-in.js'

/** Who signs in with one of the accounts that are printed, by role. */
export async function accountOf({ ctx, facts }: OpenDemo, role: string, nth = 0): Promise<Actor> {
  const account = facts.accounts.filter((one) => one.role === role)[nth]!
  return (await readSession(ctx, await signIn(ctx, account)))!.actor
}
