import { z } from 'zod'
import type { Context } from '../../context.js'
import { appendAudit } from '../../store/audit.js'
import { enqueue, forgetFinished } from '../../store/jobs.js'
import { findPersonRow } from '../people-store.js'
import { lockPerson } from '../passkeys/store.js'
import { countTry } from '../sign-in.js'
import { findPerson, findPersonByEmail } from '../store.js'
import { ASKED_HOURS } from './rules.js'
import { hasWaiting, insertRecovery } from './store.js'
import { tellOfRecovery } from './tell-of-recovery.js'

export const RECOVERY_JOB = 'take-recovery'
const HOUR_MS = 60 * 60_000
const KEPT_HOURS = 7 * 24

/**
 * Asks that two people let somebody in who lost their password or passkeys. Whether an address has an account shows
 * nowhere but in its letter box: neither in the answer nor in its time, for what is done about it is done by a job.
 *
 * @throws {DomainError} too-many-requests
 */
export async function askRecovery(ctx: Context, email: string): Promise<void> {
  const address = email.normalize('NFC').trim().toLowerCase()
  await countTry(ctx, ctx.vault.fingerprint(`recovery ${address}`))
  const person = await findPersonByEmail(ctx.db, address)
  const id = ctx.newId()
  const payload = { person: person?.publicId ?? null }
  await enqueue(ctx.db, { id, kind: RECOVERY_JOB, key: id, payload, runAt: ctx.now() })
}

const Payload = z.object({ person: z.string().nullable() })

/** The act of the job: the request waits for its two people, unless one does already, and its owner is told. */
export async function takeRecovery(ctx: Context, payload: unknown): Promise<void> {
  const at = ctx.now()
  await forgetFinished(ctx.db, RECOVERY_JOB, new Date(at.getTime() - KEPT_HOURS * HOUR_MS))
  const { person: publicId } = Payload.parse(payload)
  const row = publicId === null ? undefined : await findPersonRow(ctx.db, publicId)
  const person = row && (await findPerson(ctx.db, row.id))
  if (!person || person.disabledAt !== null) return
  await ctx.db.transaction().execute(async (trx) => {
    await lockPerson(trx, person.id)
    if (await hasWaiting(trx, person.id, at.toISOString())) return
    await insertRecovery(trx, {
      public_id: ctx.newId(),
      person_id: person.id,
      asked_at: at.toISOString(),
      expires_at: new Date(at.getTime() + ASKED_HOURS * HOUR_MS).toISOString(),
    })
    const subject = person.publicId
    await appendAudit(trx, { at, actor: 'visitor', action: 'recovery.asked', subject })
    await tellOfRecovery(ctx, trx, person, ASKED)
  })
}

const ASKED = {
  fr: 'Quelqu’un a demandé de rétablir l’accès à votre compte Sceau. Deux personnes de votre organisation doivent d’abord confirmer que c’est vous.\n\nSi ce n’était pas vous, prévenez-les aussitôt : rien n’est encore ouvert.\n',
  en: 'Somebody has asked to restore access to your Sceau account. Two people of your organisation must first confirm that it is you.\n\nIf it was not you, tell them at once: nothing is open yet.\n',
}
