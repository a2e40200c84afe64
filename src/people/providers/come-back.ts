import type { SignInProvider } from '../../config.js'
import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { appendAudit } from '../../store/audit.js'
import type { Row } from '../../store/schema.js'
import { today } from '../days.js'
import { hashOf, newSecret } from '../secrets.js'
import type { Device } from '../sessions.js'
import { enter } from '../sign-in.js'
import { assertFits, labelOf } from './rules.js'
import { askingOf, providerOf } from './set-out.js'
import { redeem, type Proved } from './speak.js'
import { findIdentity, keepOffer, listHeldRoles, takeStart, touchIdentity } from './store.js'

/** Where somebody who came back from a provider stands. */
export type Arrival =
  | Readonly<{ kind: 'entered'; token: string; next: string }>
  /** To be asked whether it is theirs. @property holder the cookie that the answer comes with */
  | Readonly<{ kind: 'asked'; holder: string }>
  | Readonly<{ kind: 'unknown'; provider: SignInProvider }>

type Input = Readonly<{
  provider: string
  /** Of the address: '?code=…&state=…'. */
  search: string
  /** The cookie of whoever was sent there. */
  holder: string | undefined
  actor: Actor | undefined
  oldToken?: string | undefined
  device?: Device | undefined
}>

/**
 * Takes whoever comes back from a provider: signs in whom an identity belongs to, or keeps it until its person says that
 * it is theirs. Who is not known is told so, and nothing is made of it; e-mail addresses say nothing.
 *
 * @throws {DomainError} not-found, wrong-credentials, rule-refused, or overloaded when the provider does not answer
 */
export async function comeBack(ctx: Context, input: Input): Promise<Arrival> {
  const provider = providerOf(ctx, input.provider)
  const state = new URLSearchParams(input.search).get('state') ?? ''
  const holder = input.holder ?? ''
  const of = { stateHash: hashOf(state), holderHash: hashOf(holder), provider: provider.id }
  const start = await takeStart(ctx.db, of, ctx.now().toISOString())
  if (!start) throw await refused(ctx, provider, 'state')
  const proved = await redeem(ctx, provider, input.search, askingOf(holder, state)).catch(
    async (error: unknown) => {
      throw error instanceof DomainError ? error : await refused(ctx, provider, faultOf(error))
    },
  )
  if (start.purpose === 'sign-in') return signIn(ctx, provider, proved, { ...input, ...start })
  if (start.purpose === 'link' && input.actor?.personId !== start.person_id)
    throw await refused(ctx, provider, 'other-person')
  return offer(ctx, provider, proved, start)
}

async function signIn(
  ctx: Context,
  provider: SignInProvider,
  proved: Proved,
  by: Pick<Input, 'oldToken' | 'device'> & { next: string },
): Promise<Arrival> {
  const identity = await findIdentity(ctx.db, proved)
  if (!identity) {
    await refused(ctx, provider, 'unknown')
    return { kind: 'unknown', provider }
  }
  const person = { id: identity.person_id, public_id: identity.personPublicId }
  await assertTheirs(ctx, provider, proved, person.id)
  const token = await ctx.db.transaction().execute(async (trx) => {
    if (!(await touchIdentity(trx, identity.id, ctx.now().toISOString()))) throw notProved(provider)
    return enter(ctx, trx, person, { ...by, proof: 'provider' })
  })
  return { kind: 'entered', token, next: by.next }
}

async function offer(
  ctx: Context,
  provider: SignInProvider,
  { issuer, subject, claims }: Proved,
  start: Row<'identity_starts'>,
): Promise<Arrival> {
  const personId = start.person_id ?? 0
  await assertTheirs(ctx, provider, { claims }, personId)
  const holder = newSecret(ctx)
  const label = labelOf(claims)
  const now = ctx.now()
  const row = {
    holder_hash: hashOf(holder),
    provider: provider.id,
    issuer,
    subject,
    label_sealed: label === null ? null : ctx.vault.seal(label),
    person_id: personId,
    invitation_id: start.invitation_id,
    expires_at: new Date(now.getTime() + ctx.config.limits.providerMs).toISOString(),
  }
  await ctx.db.transaction().execute((trx) => keepOffer(trx, row, now.toISOString()))
  return { kind: 'asked', holder }
}

async function assertTheirs(
  ctx: Context,
  provider: SignInProvider,
  { claims }: Pick<Proved, 'claims'>,
  personId: number,
): Promise<void> {
  try {
    assertFits(provider, claims, await listHeldRoles(ctx.db, personId, today(ctx)))
  } catch (error) {
    await refused(ctx, provider, 'does-not-fit')
    throw error
  }
}

/** The library's own code, which is a constant; never its message. */
function faultOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[A-Z_]{1,60}$/.test(code) ? code : 'failed'
}

async function refused(
  ctx: Context,
  provider: SignInProvider,
  fault: string,
): Promise<DomainError> {
  await ctx.db.transaction().execute((trx) =>
    appendAudit(trx, {
      at: ctx.now(),
      actor: 'visitor',
      action: 'identity.refused',
      subject: 'nobody',
      details: { provider: provider.id, fault },
    }),
  )
  return notProved(provider)
}

function notProved({ name }: SignInProvider): DomainError {
  return new DomainError('wrong-credentials', {
    fr: `La connexion par ${name} n’a pas abouti : elle a été interrompue, a duré plus de dix minutes, ou a déjà servi. Rien n’a été changé. Recommencez depuis la page de connexion.`,
    en: `Signing in by ${name} did not succeed: it was broken off, took more than ten minutes, or was used before. Nothing was changed. Start again from the sign-in page.`,
  })
}
