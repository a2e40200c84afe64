import { sha256 } from '../../credential/digest.js'
import { toJcs } from '../../credential/jcs.js'
import type { Context } from '../../context.js'
import type { Db } from '../../store/schema.js'
import { tellFactChanged } from './fact-changes.js'
import { contentOfPlacement, contentOfSession, insertVersion } from './versions-store.js'

type Keeping = Readonly<{
  kind: 'session' | 'placement'
  factId: number
  by: number | null
  /** Why it takes the place of the version before. */
  reason?: string
  at: Date
}>

/**
 * Keeps a fact as it now stands, with its digest: SHA-256 of the JCS form of its content, base64url. Called in
 * the transaction that confirms it, and in the one that corrects it, before and after.
 *
 * @returns what it says, as JSON, its number apart: whether a correction has changed anything
 */
export async function keepVersion(
  trx: Db,
  { kind, factId, by, reason, at }: Keeping,
): Promise<string> {
  const content =
    kind === 'session' ? await contentOfSession(trx, factId) : await contentOfPlacement(trx, factId)
  await insertVersion(trx, {
    kind,
    fact_id: factId,
    version: Number(content.version),
    content: toJcs(content),
    digest: sha256(toJcs(content)).toString('base64url'),
    reason: reason ?? null,
    by_id: by,
    at: at.toISOString(),
  })
  return toJcs({ ...content, version: 0 })
}

/** Keeps a version that was just confirmed; that of a correction may give back to dossiers what they rested on. */
export async function keepConfirmed(
  ctx: Context,
  trx: Db,
  kind: 'session' | 'placement',
  of: Readonly<{ fact: Readonly<{ id: number; version: number }>; by: number; at: Date }>,
): Promise<void> {
  const { fact, by, at } = of
  await keepVersion(trx, { kind, factId: fact.id, by, at })
  if (fact.version > 1) await tellFactChanged(ctx, trx, { kind, factId: fact.id })
}
