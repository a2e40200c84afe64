import type { Context } from '../context.js'
import { ed25519JwkOf } from '../credential/did.js'
import { thumbprintOf } from '../credential/jwk.js'
import { appendAudit } from '../store/audit.js'
import { enqueue, forgetFinished } from '../store/jobs.js'
import { handleOf, insertNext, type StoredKey } from './key-store.js'
import { activeKey, didOf } from './keys.js'
import { makeKey } from './make-key.js'
import { OPERATOR } from './operator.js'
import { listWithoutRsaKey, type Organisation } from './store.js'

/** A key that signs tokens. */
export type TokenSigner = Readonly<{
  algorithm: 'RS256' | 'EdDSA'
  /** The `kid`: a verification method with a JWK, `did:web:…#thumbprint`. */
  kid: string
  /** Under which the organisation has it: what `whileKeySigns` holds. */
  name: string
  /** Since when it signs. */
  since: Date
  sign(bytes: Uint8Array): Promise<Uint8Array>
}>

/**
 * What signs tokens for an organisation now: its active RSA key, or its Ed25519 key by the name of its JWK. Who has
 * no RSA key yet gets one: from then on their keys are published as JWK.
 *
 * @throws {Error} when it has no Ed25519 key; on signing, as the key ring
 */
export async function tokenSigner(
  ctx: Context,
  organisation: Organisation,
  algorithm: TokenSigner['algorithm'],
): Promise<TokenSigner> {
  const rsa = await ensureRsaKey(ctx, organisation)
  const key = algorithm === 'RS256' ? rsa : await activeKey(ctx.db, organisation.id, 'Ed25519')
  if (!key) throw new Error(`The organisation ${organisation.publicId} has no key in use.`)
  const name = key.public_key_multibase
  const fragment = algorithm === 'RS256' ? name : thumbprintOf(ed25519JwkOf(name))
  return {
    algorithm,
    kid: `${didOf(ctx.config.publicUrl, organisation.slug)}#${fragment}`,
    name,
    since: new Date(key.activated_at ?? key.created_at),
    sign: (bytes) => ctx.keys.sign(handleOf(key), bytes),
  }
}

/**
 * The active RSA key of an organisation; its first one is made now, once, and signs at once, as its first Ed25519
 * key did: there is no older one that copies of did.json could show instead.
 */
export async function ensureRsaKey(ctx: Context, organisation: Organisation): Promise<StoredKey> {
  const found = await activeKey(ctx.db, organisation.id, 'RSA')
  if (found) return found
  const made = await makeKey(ctx, 'RSA')
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const now = at.toISOString()
    const row = { ...made, organisation_id: organisation.id, created_at: now, activated_at: now }
    // Somebody was faster: theirs counts, and ours, without a row, harms nobody.
    if (!(await insertNext(trx, row))) return
    await appendAudit(trx, {
      at,
      actor: OPERATOR.publicId,
      action: 'key.created',
      subject: organisation.publicId,
      details: { key: made.public_key_multibase, kind: 'RSA' },
    })
  })
  const kept = await activeKey(ctx.db, organisation.id, 'RSA')
  if (!kept) throw new Error(`The organisation ${organisation.publicId} has no RSA key in use.`)
  return kept
}

export const TOKEN_KEYS_JOB = 'make-token-keys'
/** A key takes a part of a second: other jobs wait no longer than for these. */
const AT_ONCE = 4
const HOUR_MS = 3_600_000

/** Orders the RSA keys of organisations that have none, beside the first requests: the start waits for none. */
export async function startTokenKeys(ctx: Context): Promise<void> {
  await order(ctx, ctx.now())
}

/** Makes some keys, and orders the next run: at once while some are left, else in an hour. */
export async function makeTokenKeys(ctx: Context): Promise<void> {
  for (const organisation of await listWithoutRsaKey(ctx.db, AT_ONCE))
    await ensureRsaKey(ctx, organisation)
  const now = ctx.now()
  const [left] = await listWithoutRsaKey(ctx.db, 1)
  await forgetFinished(ctx.db, TOKEN_KEYS_JOB, new Date(now.getTime() - HOUR_MS))
  if (left) await order(ctx, now, left.publicId)
  else await order(ctx, new Date(now.getTime() + HOUR_MS))
}

/** @param next whom it begins with: then it is another order than that of the hour */
async function order(ctx: Context, runAt: Date, next?: string): Promise<void> {
  const key = next ?? String(Math.floor(runAt.getTime() / HOUR_MS))
  await enqueue(ctx.db, { id: ctx.newId(), kind: TOKEN_KEYS_JOB, key, payload: {}, runAt })
}
