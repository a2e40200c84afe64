import { z } from 'zod'
import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { appendAudit } from '../store/audit.js'
import { enqueue } from '../store/jobs.js'
import { authorize } from './authorize.js'
import { columnsOf, handleOf, stageOfKey } from './key-store.js'
import { ANNOUNCED_MS } from './keys.js'
import { retirementOf } from './rotate-key.js'
import {
  activateNextServiceKey,
  holdServiceKeys,
  insertServiceKey,
  listServiceKeys,
  SERVICE,
} from './service-keys.js'

export const ACTIVATE_SERVICE_JOB = 'activate-service-key'

/**
 * Announces the next key of the service, as `rotateKey` does for an organisation: it is published from now on, and signs
 * checkpoints, receipts and trust lists when nobody can have a copy of did.json without it.
 *
 * @returns the name of the new key, and when it begins to sign
 * @throws {DomainError} forbidden, keys-away; conflict when one is announced already, or the service has none yet
 */
export async function rotateServiceKey(
  ctx: Context,
  actor: Actor,
): Promise<{ publicKeyMultibase: string; activatesAt: Date }> {
  await assertMayRotateService(ctx, actor)
  // Before the transaction: a key that ends up without a row harms nobody.
  const made = await ctx.keys.create()
  const at = ctx.now()
  const activatesAt = new Date(at.getTime() + ANNOUNCED_MS)
  const key = made.name
  await ctx.db.transaction().execute(async (trx) => {
    const line = { at, actor: actor.publicId, action: 'service.key-announced', ...SERVICE }
    await appendAudit(trx, { ...line, details: { key } })
    // Under the lock of the audit: of two who announce, the second sees the first.
    const keys = await listServiceKeys(trx)
    if (keys.some((one) => stageOfKey(one) === 'announced')) throw announcedAlready()
    const number = (keys.at(-1)?.number ?? 0) + 1
    const row = { ...columnsOf(made), created_at: at.toISOString(), activated_at: null }
    if (!(await insertServiceKey(trx, { ...row, number }))) throw announcedAlready()
    const job = { kind: ACTIVATE_SERVICE_JOB, key, payload: { key } }
    await enqueue(trx, { id: ctx.newId(), ...job, runAt: activatesAt })
  })
  return { publicKeyMultibase: key, activatesAt }
}

/** Whether `rotateServiceKey` would announce a key. It writes nothing. @throws {DomainError} as rotateServiceKey */
export async function assertMayRotateService(ctx: Context, actor: Actor): Promise<void> {
  authorize(actor, 'manage-keys', {})
  const stages = (await listServiceKeys(ctx.db)).map(stageOfKey)
  if (stages.includes('announced')) throw announcedAlready()
  if (!stages.includes('active')) throw noneYet()
}

const Payload = z.object({ key: z.string() })

/** Lets the announced key of the service sign, and retires the one before, in one commit. Run twice, it does so once. */
export async function activateServiceKey(ctx: Context, payload: unknown): Promise<void> {
  const { key } = Payload.parse(payload)
  const found = (await listServiceKeys(ctx.db)).find((one) => one.public_key_multibase === key)
  if (!found || stageOfKey(found) !== 'announced') return
  if (ctx.now().getTime() < Date.parse(found.created_at) + ANNOUNCED_MS)
    throw new Error(`The key ${key} is not known everywhere yet.`)
  if (!(await ctx.keys.has(handleOf(found))))
    throw new Error(`The key ${key} is not in the key ring: restore its file.`)
  await ctx.db.transaction().execute(async (trx) => {
    await holdServiceKeys(trx)
    // Not before: what was signed while this waited for its turn is older than the change.
    const at = ctx.now()
    const line = { at, actor: 'keys', action: 'service.key-activated', ...SERVICE }
    await appendAudit(trx, { ...line, details: { key } })
    const change = { id: found.id, at, retiredAt: retirementOf(at) }
    if (!(await activateNextServiceKey(trx, change)))
      throw new Error('The key was activated meanwhile.')
  })
  ctx.log.info({ event: 'service-key-activated' })
}

function announcedAlready(): DomainError {
  return new DomainError('conflict', {
    fr: 'Une nouvelle clé du service est déjà annoncée : attendez qu’elle signe, puis recommencez.',
    en: 'A new key of the service is announced already: wait until it signs, then try again.',
  })
}

function noneYet(): DomainError {
  return new DomainError('conflict', {
    fr: 'Le service n’a encore aucune clé : démarrez-le une fois.',
    en: 'The service has no key yet: start it once.',
  })
}
