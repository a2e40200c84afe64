import { z } from 'zod'
import type { Actor, Context } from '../../context.js'
import { queueMail } from '../../mail/queue-mail.js'
import { deleteMailsBefore } from '../../mail/store.js'
import { dayAt, today } from '../../people/days.js'
import { enqueue } from '../../store/jobs.js'
import { LANGUAGES } from '../../words.js'
import { nextDigestAt } from './digest-time.js'
import { digestWords, wantsDigest } from './digest-words.js'
import { listReaders, type Reader } from './readers-store.js'
import { alertsFor } from './see-alerts.js'

export const DIGEST_JOB = 'send-digests'
/** How long mail is kept, sent or not. */
const KEPT_DAYS = 90
const DAY_MS = 24 * 60 * 60 * 1000

/** Orders the digest of next Monday, once for all processes; it orders the next one. */
export function startDigests(ctx: Context): Promise<void> {
  const runAt = nextDigestAt(ctx.now(), ctx.config.timeZone)
  const payload = { day: dayAt(runAt, ctx.config.timeZone) }
  return enqueue(ctx.db, {
    id: ctx.newId(),
    kind: DIGEST_JOB,
    key: runAt.toISOString(),
    payload,
    runAt,
  })
}

/**
 * The job of a Monday: a mail to everybody who wants it and whom alerts concern, once for each
 * person and Monday. Forgets old mail.
 */
export async function sendDigests(ctx: Context, payload: unknown): Promise<void> {
  const { day } = z.object({ day: z.string() }).parse(payload)
  await startDigests(ctx)
  await deleteMailsBefore(ctx.db, new Date(ctx.now().getTime() - KEPT_DAYS * DAY_MS))
  for (const reader of await listReaders(ctx.db, today(ctx))) {
    const roles = reader.assignments.map(({ role }) => role)
    if (wantsDigest(reader.choice, roles)) await sendDigest(ctx, reader, day)
  }
}

async function sendDigest(ctx: Context, reader: Reader, day: string): Promise<void> {
  const alerts = await alertsFor(ctx, asActor(reader))
  if (alerts.length === 0) return
  const language = LANGUAGES.find((known) => known === reader.language) ?? 'fr'
  const { subject, text } = digestWords(alerts, language, ctx.config.publicUrl)
  const to = { personId: reader.personId, language }
  const key = `digest ${day} ${reader.publicId}`
  await ctx.db.transaction().execute((trx) => queueMail(trx, ctx, { key, to, subject, text }))
}

/** Counted as the person would see it at their page. */
function asActor({ personId, publicId, assignments }: Reader): Actor {
  return { personId, publicId, assignments, via: 'session', scopes: [] }
}
