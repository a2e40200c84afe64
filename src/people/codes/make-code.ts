import type { Context } from '../../context.js'
import type { Db } from '../../store/schema.js'
import { CODE_DAYS, newPrinted } from './rules.js'
import { findIdentifierOf, insertIdentifier, saveCode } from './store.js'

const DAY_MS = 24 * 60 * 60 * 1000

/** What is printed for somebody without an address: it is shown once. */
export type Card = Readonly<{ identifier: string; code: string }>

/** Gives a person an identifier, if they have none, and a code, within the transaction of whoever has authorised it. */
export async function makeCode(ctx: Context, trx: Db, personId: number): Promise<Card> {
  const now = ctx.now()
  const made_at = now.toISOString()
  let kept = await findIdentifierOf(trx, personId)
  while (!kept) {
    await insertIdentifier(trx, { person_id: personId, identifier: newPrinted(ctx), made_at })
    kept = await findIdentifierOf(trx, personId)
  }
  const code = newPrinted(ctx)
  const expires_at = new Date(now.getTime() + CODE_DAYS * DAY_MS).toISOString()
  const code_fingerprint = fingerprintOf(ctx, kept.identifier, code)
  await saveCode(trx, personId, { code_fingerprint, expires_at, made_at })
  return { identifier: kept.identifier, code }
}

/** Of both, keyed: who reads the store can't try codes on it. */
export function fingerprintOf({ vault }: Context, identifier: string, code: string): string {
  return vault.fingerprint(`code ${identifier} ${code}`)
}
