import type { Actor, Context } from '../../context.js'
import { findMailSettings, saveDigestChoice } from '../../mail/store.js'
import { findPerson } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import { nothingHere } from '../refusals.js'
import { wantsDigest } from './digest-words.js'
import { mayHaveAlerts } from './see-alerts.js'

export type DigestView = Readonly<{
  wanted: boolean
  /** Where it goes. */
  address: string | null
  /** When a server refused that address for good. */
  refusedAt: string | null
  /** The service has a server to send by. */
  isMailOn: boolean
}>

/** Whether a person receives the digest. @throws {DomainError} not-found for whom no alert may concern */
export async function seeDigest(ctx: Context, actor: Actor): Promise<DigestView> {
  const personId = readerOf(actor)
  const person = await findPerson(ctx.db, personId)
  const { digest, refusedAddress, refusedAt } = await findMailSettings(ctx.db, personId)
  const address = person?.email ?? null
  return {
    wanted: wantsDigest(
      digest,
      actor.assignments.map(({ role }) => role),
    ),
    address,
    refusedAt: address !== null && address === refusedAddress ? refusedAt : null,
    isMailOn: ctx.config.smtpUrl !== undefined,
  }
}

/**
 * Says whether the actor wants the digest; an address that was refused is tried again.
 *
 * @throws {DomainError} not-found for whom no alert may concern
 */
export async function setDigest(ctx: Context, actor: Actor, digest: 'on' | 'off'): Promise<void> {
  const personId = readerOf(actor)
  await ctx.db.transaction().execute(async (trx) => {
    await saveDigestChoice(trx, personId, digest)
    const [at, action] = [ctx.now(), 'mail.digest-set']
    const line = { at, actor: actor.publicId, action, subject: actor.publicId }
    await appendAudit(trx, { ...line, details: { digest } })
  })
}

function readerOf(actor: Actor): number {
  if (actor.personId === null || !mayHaveAlerts(actor)) throw nothingHere()
  return actor.personId
}
