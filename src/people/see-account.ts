import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { passkeysRequired } from '../settings/read.js'
import { appendAudit } from '../store/audit.js'
import { hasPassword } from './access-store.js'
import { mustHavePasskey } from './authorize.js'
import { listPasskeys } from './passkeys/store.js'
import { listIdentities } from './providers/store.js'
import { mayConfirmSomebody } from './recovery/rules.js'
import { hashOf } from './secrets.js'
import { endSessionOf, endSessionsOf, findSession, listSessions } from './session-store.js'
import { isOver, type Device } from './sessions.js'

export type Account = Readonly<{
  passkeys: readonly Readonly<{
    id: string
    name: string
    createdAt: string
    lastUsedAt: string | null
  }>[]
  sessions: readonly (Device &
    Readonly<{ id: string; since: string; lastSeenAt: string; isThis: boolean }>)[]
  identities: readonly Readonly<{
    id: string
    /** As the settings call the provider; its issuer, once they know it no more. */
    provider: string
    createdAt: string
    lastUsedAt: string | null
  }>[]
  /** Those that one may be linked at. */
  providers: readonly Readonly<{ id: string; name: string }>[]
  /** They may help others who lost what lets them in. */
  mayConfirmOthers: boolean
  hasPassword: boolean
  /** They hold a role that commits, where passkeys are required. */
  mustHavePasskey: boolean
}>

/** How a person gets in, and where they are in now. @param token of the session that asks */
export async function seeAccount(ctx: Context, actor: Actor, token: string): Promise<Account> {
  const personId = actor.personId ?? 0
  const since = new Date(ctx.now().getTime() - ctx.config.limits.sessionMs).toISOString()
  const here = await findSession(ctx.db, hashOf(token))
  const sessions = await listSessions(ctx.db, personId, since)
  const passkeys = await listPasskeys(ctx.db, personId)
  return {
    passkeys: passkeys.map((one) => ({
      id: one.public_id,
      name: one.name,
      createdAt: one.created_at,
      lastUsedAt: one.last_used_at,
    })),
    sessions: sessions
      .filter((one) => !isOver(one, actor.assignments, ctx))
      .map((one) => ({
        id: one.public_id,
        since: one.created_at,
        lastSeenAt: one.last_seen_at,
        browser: one.browser,
        network: one.network,
        isThis: one.id === here?.id,
      })),
    identities: await seeIdentities(ctx, personId),
    providers: ctx.config.signInProviders,
    mayConfirmOthers: mayConfirmSomebody(actor.assignments),
    hasPassword: await hasPassword(ctx.db, personId),
    mustHavePasskey: (await passkeysRequired(ctx)) && mustHavePasskey(actor.assignments),
  }
}

async function seeIdentities(ctx: Context, personId: number): Promise<Account['identities']> {
  const { signInProviders } = ctx.config
  return (await listIdentities(ctx.db, personId)).map((one) => ({
    id: one.public_id,
    provider: signInProviders.find(({ issuer }) => issuer === one.issuer)?.name ?? one.issuer,
    createdAt: one.created_at,
    lastUsedAt: one.last_used_at,
  }))
}

/** Ends a session of one's own. @throws {DomainError} not-found */
export async function endOneSession(ctx: Context, actor: Actor, publicId: string): Promise<void> {
  const of = { personId: actor.personId ?? 0, publicId }
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await endSessionOf(trx, of, at.toISOString()))) throw noSession()
    const line = { actor: actor.publicId, subject: actor.publicId, details: { session: publicId } }
    await appendAudit(trx, { at, ...line, action: 'session.ended' })
  })
}

/** Signs a person out everywhere but here. @param token of the session that goes on */
export async function endOtherSessions(ctx: Context, actor: Actor, token: string): Promise<void> {
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await endSessionsOf(trx, actor.personId ?? 0, at.toISOString(), hashOf(token))
    const line = { actor: actor.publicId, subject: actor.publicId }
    await appendAudit(trx, { at, ...line, action: 'sessions.ended' })
  })
}

function noSession(): DomainError {
  return new DomainError('not-found', {
    fr: 'Cette session n’est pas, ou plus, ouverte.',
    en: 'This session is not open, or not any more.',
  })
}
