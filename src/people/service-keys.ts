import type { Context, KeyHandle } from '../context.js'
import { didDocument, jwks, toDidWeb, type OwnKey } from '../credential/did.js'
import type { Signer } from '../credential/sign-credential.js'
import { appendAudit } from '../store/audit.js'
import type { Db, NewRow, Row } from '../store/schema.js'
import { columnsOf, handleOf, stageOfKey } from './key-store.js'
import { KeyChanged } from './keys.js'
import { OPERATOR } from './operator.js'

/** The identifier of the service itself: `did:web:sceau.example`. */
export function serviceDid(publicUrl: string): string {
  return toDidWeb(publicUrl, [])
}

/** Whom the audit names where the service itself is meant. */
export const SERVICE = { subject: 'service' } as const

/** Makes the first key of the service, once: at the first start. */
export async function makeServiceKey(ctx: Context): Promise<void> {
  if ((await listServiceKeys(ctx.db)).length > 0) return
  // Before the transaction: a key that ends up without a row harms nobody.
  const key = await ctx.keys.create()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const [created_at, activated_at] = [at.toISOString(), at.toISOString()]
    const row = { ...columnsOf(key), created_at, activated_at }
    if (!(await insertServiceKey(trx, { ...row, number: 1 }))) return
    const action = 'service.key-created'
    const details = { key: key.name }
    await appendAudit(trx, { at, actor: OPERATOR.publicId, action, ...SERVICE, details })
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
 * What signs for the service itself: its one active key.
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

/**
 * Keeps what the service has signed, in one transaction with the assurance that the key still signs.
 *
 * @param key its name
 * @throws {KeyChanged} nothing was kept: sign again
 */
export function whileServiceKeySigns<Kept>(
  ctx: Context,
  key: string,
  keep: (trx: Db) => Promise<Kept>,
): Promise<Kept> {
  return ctx.db.transaction().execute(async (trx) => {
    const keys = await holdServiceKeys(trx)
    const found = keys.find((one) => one.public_key_multibase === key)
    if (!found || stageOfKey(found) !== 'active')
      throw new KeyChanged(`the key ${key} of the service signs no more`)
    return keep(trx)
  })
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

/** Holds them until the transaction ends, before it writes the audit: who would change them waits. @returns them as they are now */
export function holdServiceKeys(db: Db): Promise<Row<'service_keys'>[]> {
  return db
    .updateTable('service_keys')
    .set((of) => ({ number: of.ref('number') }))
    .returningAll()
    .execute()
}

/** Ends the key that signs, and lets the next one sign. @returns false when it does not wait any more */
export async function activateNextServiceKey(
  db: Db,
  { id, at, retiredAt }: Readonly<{ id: number; at: Date; retiredAt: Date }>,
): Promise<boolean> {
  await db
    .updateTable('service_keys')
    .set({ retired_at: retiredAt.toISOString() })
    .where('activated_at', 'is not', null)
    .where('retired_at', 'is', null)
    .execute()
  const result = await db
    .updateTable('service_keys')
    .set({ activated_at: at.toISOString() })
    .where('id', '=', id)
    .where('activated_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false if another process made that one first */
export async function insertServiceKey(db: Db, row: NewRow<'service_keys'>): Promise<boolean> {
  const made = await db
    .insertInto('service_keys')
    .values(row)
    .onConflict((conflict) => conflict.column('number').doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}
