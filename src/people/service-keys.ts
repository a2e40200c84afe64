import type { Context, KeyHandle } from '../context.js'
import { didDocument, jwks, toDidWeb, type OwnKey } from '../credential/did.js'
import type { Signer } from '../credential/sign-credential.js'
import { appendAudit } from '../store/audit.js'
import type { Db, NewRow, Row } from '../store/schema.js'
import { columnsOf, handleOf, stageOfKey } from './key-store.js'
import { OPERATOR } from './operator.js'

/** The identifier of the service itself: `did:web:sceau.example`. */
export function serviceDid(publicUrl: string): string {
  return toDidWeb(publicUrl, [])
}

/** Makes the first key of the service, once: at the first start. */
export async function makeServiceKey(ctx: Context): Promise<void> {
  if ((await listServiceKeys(ctx.db)).length > 0) return
  // Before the transaction: a key that ends up without a row harms nobody.
  const key = await ctx.keys.create()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const row = { ...columnsOf(key), created_at: at.toISOString() }
    if (!(await insertServiceKey(trx, { ...row, number: 1 }))) return
    const action = 'service.key-created'
    const details = { key: key.name }
    await appendAudit(trx, { at, actor: OPERATOR.publicId, action, subject: 'service', details })
  })
}

/** What signs for the service now; undefined before its first start. */
export async function serviceKey(db: Db): Promise<KeyHandle | undefined> {
  const active = (await listServiceKeys(db)).findLast((one) => stageOfKey(one) === 'active')
  return active && handleOf(active)
}

/** What `/.well-known/did.json` answers. */
export async function serviceDidDocument(ctx: Context): Promise<Record<string, unknown>> {
  return didDocument(serviceDid(ctx.config.publicUrl), await ownKeys(ctx))
}

/** What `/.well-known/jwks.json` answers. */
export async function serviceJwks(ctx: Context): Promise<{ keys: Record<string, string>[] }> {
  return jwks(serviceDid(ctx.config.publicUrl), await ownKeys(ctx))
}

/**
 * What signs for the service itself: its newest key that is neither retired nor revoked.
 *
 * @throws {Error} when it has none
 */
export async function serviceSigner(ctx: Context): Promise<Signer> {
  const key = await serviceKey(ctx.db)
  if (!key) throw new Error('The service has no key in use.')
  const { name: publicKeyMultibase } = key
  const controller = serviceDid(ctx.config.publicUrl)
  return {
    id: `${controller}#${publicKeyMultibase}`,
    controller,
    publicKeyMultibase,
    sign: (bytes) => ctx.keys.sign(key, bytes),
  }
}

async function ownKeys(ctx: Context): Promise<OwnKey[]> {
  return (await listServiceKeys(ctx.db)).map((row) => ({
    publicKeyMultibase: row.public_key_multibase,
    retiredAt: row.retired_at,
    revokedAt: row.revoked_at,
  }))
}

/** Oldest first. */
export function listServiceKeys(db: Db): Promise<Row<'service_keys'>[]> {
  return db.selectFrom('service_keys').selectAll().orderBy('number').execute()
}

/** @returns false if another process made that one first */
async function insertServiceKey(db: Db, row: NewRow<'service_keys'>): Promise<boolean> {
  const made = await db
    .insertInto('service_keys')
    .values(row)
    .onConflict((conflict) => conflict.column('number').doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}
