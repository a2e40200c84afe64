import type { Context } from '../../context.js'
import { didOf } from '../../people/keys.js'
import { findOrganisation, findPerson } from '../../people/store.js'
import { wholeSeconds } from '../status.js'
import { wordsIn } from './row-words.js'
import { listRows, OUTCOMES, type Batch, type NamedRow } from './store.js'

/**
 * What became of a batch, row by row, as the service signs it: who took which step for whom and when, all by
 * ids. No name is in it, nor what anybody wrote.
 *
 * @param issuer the identifier of the service
 */
export async function receiptOf(
  ctx: Context,
  batch: Batch,
  issuer: string,
): Promise<Record<string, unknown>> {
  const rows = await listRows(ctx.db, batch.id)
  const organisation = await findOrganisation(ctx.db, batch.organisation_id)
  const person = await findPerson(ctx.db, batch.made_by_id)
  const second =
    batch.seconded_by_id === null ? undefined : await findPerson(ctx.db, batch.seconded_by_id)
  if (!organisation || !person)
    throw new Error(`Whoever made the batch ${batch.public_id} is not there any more.`)
  const count = (wanted: string) => rows.filter(({ outcome }) => outcome === wanted).length
  return {
    type: 'SceauBatchReceipt',
    id: `${ctx.config.publicUrl}/batches/${batch.public_id}`,
    issuer,
    act: batch.act,
    organisation: didOf(ctx.config.publicUrl, organisation.slug),
    madeBy: person.publicId,
    madeAt: secondsOf(batch.made_at),
    ...(second && {
      secondedBy: second.publicId,
      secondedAt: secondsOf(batch.seconded_at),
    }),
    ...(batch.cancelled_at !== null && { cancelledAt: secondsOf(batch.cancelled_at) }),
    finishedAt: secondsOf(batch.finished_at),
    counts: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, count(outcome)])),
    rows: rows.map(toLine),
  }
}

function toLine(row: NamedRow): Record<string, unknown> {
  const words = wordsIn(row)
  return {
    row: row.number,
    student: row.student_public_id,
    template: row.template_public_id,
    version: row.version,
    dossier: row.dossier_public_id,
    badge: row.badge_public_id,
    outcome: row.outcome,
    ...(words && { reason: words }),
    at: secondsOf(row.ended_at),
  }
}

function secondsOf(instant: string | null): string | null {
  return instant === null ? null : wholeSeconds(new Date(instant))
}
