import { z } from 'zod'
import type { Context, DemoAccount } from '../context.js'
import { passkeysRequired } from '../settings/read.js'
import type { FormProblem, Next } from '../web/page.js'
import { mustHavePasskey } from './authorize.js'
import { toNextPage } from './next-page.js'
import { listPasskeys } from './passkeys/store.js'
import { readSession } from './sessions.js'

/** Where somebody goes who has signed in: to what they wanted, or first to a passkey that they must have. */
export async function afterSignIn(ctx: Context, token: string, to: string): Promise<Next> {
  const actor = (await readSession(ctx, token))?.actor
  if (!actor || !mustHavePasskey(actor.assignments)) return { to }
  if (!(await passkeysRequired(ctx))) return { to }
  if ((await listPasskeys(ctx.db, actor.personId ?? 0)).length > 0) return { to }
  const notice = {
    fr: 'Votre rôle engage une organisation : enregistrez d’abord une clé d’accès.',
    en: 'Your role commits an organisation: register a passkey first.',
  }
  return { to: '/account', notice }
}

/** The page that was wanted: as the form that came back says, else as the address does. */
export function nextOf(
  asked: Readonly<{ problem: FormProblem | undefined; query: { next?: string | undefined } }>,
): string {
  const typed = z.string().optional().catch(undefined).parse(asked.problem?.values.next)
  return toNextPage(typed ?? asked.query.next)
}

/** A password on a page: of a demo alone, whose people are nobody. */
export function demoAccountsOf({ config, demoAccounts }: Context): readonly DemoAccount[] {
  return config.demo && !config.production ? (demoAccounts ?? []) : []
}
