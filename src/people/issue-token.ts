import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { appendAudit } from '../store/audit.js'
import { findToken, insertToken, saveTokenRevocation } from './access-store.js'
import { resourceOf } from './assign-role.js'
import { authorize } from './authorize.js'
import { toName } from './names.js'
import { hashOf } from './secrets.js'
import { findOrganisation, findPerson } from './store.js'
import { formatToken, newTokenParts } from './tokens.js'

const DAY_MS = 24 * 60 * 60 * 1000

export type TokenInput = Readonly<{
  /** What it is for, so that people know which one to revoke. */
  name: string
  /** Each `things:what`, such as organisations:write. */
  scopes: readonly string[]
  days: number
  /** Whose rights it has; null: none but what its scopes allow by themselves. */
  ownerId: number | null
  /** It has only the rights in this organisation; null: in all the owner's. */
  organisationId: number | null
}>

export type IssuedToken = Readonly<{ token: string; publicId: string; expiresAt: Date }>

/**
 * Issues an API token. Its text is answered once and kept by nobody.
 *
 * @throws {DomainError} forbidden, not-found or invalid-request
 */
export async function issueToken(
  ctx: Context,
  actor: Actor,
  input: TokenInput,
): Promise<IssuedToken> {
  const organisation =
    input.organisationId === null ? undefined : await findOrganisation(ctx.db, input.organisationId)
  authorize(actor, 'manage-tokens', resourceOf(organisation))
  assertSoundToken(input, ctx.config.limits.tokenDays)
  const owner = input.ownerId === null ? undefined : await findPerson(ctx.db, input.ownerId)
  if ((input.ownerId !== null && !owner) || (input.organisationId !== null && !organisation)) {
    throw noSuch()
  }
  const parts = newTokenParts(ctx)
  const at = ctx.now()
  const expiresAt = new Date(at.getTime() + input.days * DAY_MS)
  await ctx.db.transaction().execute(async (trx) => {
    await insertToken(trx, {
      public_id: parts.publicId,
      secret_hash: hashOf(parts.secret),
      organisation_id: organisation?.id ?? null,
      person_id: owner?.id ?? null,
      name: toName(input.name, '/name'),
      scopes: input.scopes.join(' '),
      created_at: at.toISOString(),
      expires_at: expiresAt.toISOString(),
    })
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: 'token.issued',
      subject: parts.publicId,
      details: { owner: owner?.publicId ?? null, scopes: input.scopes.join(' ') },
    })
  })
  const token = formatToken(ctx.config.production, parts)
  return { token, publicId: parts.publicId, expiresAt }
}

/** Makes a token worthless at once. @throws {DomainError} forbidden or not-found */
export async function revokeToken(ctx: Context, actor: Actor, publicId: string): Promise<void> {
  authorize(actor, 'manage-tokens', {})
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const token = await findToken(trx, publicId)
    if (!token || !(await saveTokenRevocation(trx, token.id, at.toISOString()))) throw noSuch()
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: 'token.revoked',
      subject: publicId,
    })
  })
}

/** @throws {DomainError} invalid-request */
function assertSoundToken({ scopes, days }: TokenInput, mostDays: number): void {
  const wrongScope = scopes.find((scope) => !/^[a-z]+(-[a-z]+)*:[a-z]+$/.test(scope))
  if (scopes.length === 0 || wrongScope !== undefined) {
    throw wrong('/scopes', {
      fr: `Donnez au moins une portée de la forme « organisations:write »${wrongScope === undefined ? '.' : ` ; « ${wrongScope.slice(0, 40)} » n’en est pas une.`}`,
      en: `Give at least one scope of the form “organisations:write”${wrongScope === undefined ? '.' : `; “${wrongScope.slice(0, 40)}” is none.`}`,
    })
  }
  if (Number.isInteger(days) && days >= 1 && days <= mostDays) return
  throw wrong('/days', {
    fr: `Un jeton vit de 1 à ${mostDays} jours ; ${days} n’est pas possible.`,
    en: `A token lives 1 to ${mostDays} days; ${days} is not possible.`,
  })
}

function wrong(pointer: string, words: { fr: string; en: string }): DomainError {
  return new DomainError('invalid-request', words, { fields: [{ pointer, words }] })
}

function noSuch(): DomainError {
  return new DomainError('not-found', {
    fr: 'Il n’y a pas de tel jeton, ou il est déjà révoqué, ou son propriétaire n’existe pas.',
    en: 'There is no such token, or it is revoked already, or its owner does not exist.',
  })
}
