import type { Actor, Context } from '../../context.js'
import { digestOf } from '../../credential/digest.js'
import { DomainError } from '../../errors.js'
import { personOf as anyPersonOf } from '../../mentoring/facts/confirmation.js'
import { authorize } from '../../people/authorize.js'
import { appendAudit } from '../../store/audit.js'
import { textOf, toFunction, toNote, toReason } from '../commitment.js'
import { toHoldReason, toReplacementReason } from '../life-reasons.data.js'
import { personOf } from '../steps.js'
import { BATCHES, isBadgeAct, toBatchAct, type BatchAct } from './acts.data.js'
import {
  findCandidates,
  nameOf,
  organisationOf,
  resourceOf,
  wrongRows,
  type Candidate,
  type RowTarget,
} from './candidates.js'
import { orderBatch } from './order.js'
import { wantsSecond } from './second.js'
import { findBatchOfKey, insertBatch, type Batch } from './store.js'

export type BatchRowInput = RowTarget & {
  /** Where they differ from those of the batch. `comment` is the reason, in a revocation; else a note, for badges. */
  function?: string | undefined
  comment?: string | undefined
}

export type BatchInput = Readonly<{
  act: BatchAct
  rows: readonly BatchRowInput[]
  /** In which function its maker commits (assess, endorse). */
  function?: string | undefined
  /** What is signed (endorse), or noted for staff (hold, restore, replace). */
  comment?: string | undefined
  /** Why (revoke), or which of the list (hold, replace). */
  reason?: string | undefined
  /** Chosen by whoever sends it: the same sent twice is one batch. */
  key: string
}>

/** Of one batch. A whole academy's badges of a year are a few of them. */
export const MOST_ROWS = 20_000

/**
 * Takes one step for many: the batch, its rows, the line of audit and the order to work on it are one
 * transaction. Many badges wait for a second person first. Each row is then taken by the same act and under the same rules as one alone, and ends in the
 * batch's receipt.
 *
 * @returns the public id of the batch; of the one that was made with this key, if there is one
 * @throws {DomainError} invalid-request (no row, too many, words that are too short), forbidden or
 *   not-found; conflict for a key that was used for another batch
 */
export async function startBatch(ctx: Context, actor: Actor, input: BatchInput): Promise<string> {
  const by = makerOf(actor, input.act)
  const before = await findBatchOfKey(ctx.db, by, input.key)
  if (before) return sameBatch(before, input)
  const { rows } = input
  if (rows.length === 0) throw nothingChosen()
  if (rows.length > MOST_ROWS) throw tooManyRows(rows.length)
  const said = wordsOf(input)
  const candidates = await findCandidates(ctx, actor, input.act, rows)
  const [first] = candidates
  if (!first) throw nothingChosen()
  const several = input.act === 'revoke' && rows.length > 1
  authorize(actor, several ? 'revoke-badges' : BATCHES[input.act].who, resourceOf(first))
  const at = ctx.now()
  const batch = {
    ...{ public_id: ctx.newId(), act: input.act, made_by_id: by, key: input.key, ...said },
    organisation_id: organisationOf(first, input.act),
    request_digest: digestOfRequest(input),
    made_at: at.toISOString(),
    second_wanted_at: wantsSecond(input.act, rows.length) ? at.toISOString() : null,
  }
  const made = await ctx.db.transaction().execute(async (trx) => {
    const inserted = await insertBatch(
      trx,
      batch,
      candidates.map((candidate, place) => toRow(candidate, rows[place])),
    )
    if (!inserted) return undefined
    const details = { act: input.act, rows: rows.length }
    const subject = inserted.public_id
    await appendAudit(trx, { at, actor: actor.publicId, action: 'batch.started', subject, details })
    await orderBatch(trx, ctx, inserted)
    return subject
  })
  if (made !== undefined) return made
  // The same was sent at the same time: the other one has made it.
  const other = await findBatchOfKey(ctx.db, by, input.key)
  if (!other) throw new Error('A batch was refused by its key, and none has it.')
  return sameBatch(other, input)
}

/** A program may propose, and act on badges; who commits an organisation does so in person. @throws {DomainError} forbidden */
function makerOf(actor: Actor, act: BatchAct): number {
  return act === 'propose' || isBadgeAct(act) ? anyPersonOf(actor) : personOf(actor)
}

function sameBatch(batch: Batch, input: BatchInput): string {
  const { public_id, act, request_digest } = batch
  const isSame =
    request_digest === null
      ? toBatchAct(act) === input.act
      : request_digest === digestOfRequest(input)
  if (isSame) return public_id
  // The form comes back with a new key.
  throw new DomainError('conflict', {
    fr: 'Cette page, ou cette clé, a déjà lancé un lot, d’une autre étape, avec d’autres lignes ou d’autres mots. Ce lot n’est pas changé, et rien n’est fait de ce que vous venez d’envoyer : vérifiez vos choix, puis envoyez de nouveau cette page. Un programme prend une nouvelle clé.',
    en: 'This page, or this key, has begun a batch already, of another step, with other rows or other words. That batch is not changed, and nothing is done of what you have just sent: check your choices, then send this page again. A program takes a new key.',
  })
}

/** Of what is sent with a key. The order of its rows counts: by it the receipt numbers them. */
function digestOfRequest({ act, rows, ...said }: BatchInput): string {
  const each = rows.map((row) => [nameOf(row), row.function || null, row.comment || null])
  const all = [said.function || null, said.comment || null, said.reason || null]
  return digestOf([act, all, each])
}

/** What its maker says for all rows. What each row says itself is judged when it is taken. */
function wordsOf({ act, rows, ...said }: BatchInput) {
  const wants = (what: 'function' | 'comment') => rows.some((row) => !row[what])
  const commits = act === 'assess' || act === 'endorse'
  return {
    function: commits && wants('function') ? toFunction(said.function ?? '') : null,
    comment:
      act === 'endorse' && wants('comment')
        ? textOf('comment', said.comment ?? '')
        : act !== 'revoke' && isBadgeAct(act)
          ? toNote(said.comment)
          : null,
    reason: reasonOf(act, wants('comment'), said.reason ?? ''),
  }
}

function reasonOf(act: BatchAct, isWanted: boolean, reason: string): string | null {
  if (act === 'hold') return toHoldReason(reason)
  if (act === 'replace') return toReplacementReason(reason)
  return act === 'revoke' && isWanted ? toReason(reason) : null
}

function toRow(candidate: Candidate, input: BatchRowInput | undefined) {
  return {
    student_id: candidate.student.id,
    template_version_id: candidate.versionId,
    dossier_id: candidate.dossier?.id ?? null,
    digest: candidate.digest,
    badge_public_id: candidate.badge?.public_id ?? null,
    function: input?.function ?? null,
    comment: input?.comment ?? null,
  }
}

function nothingChosen(): DomainError {
  return wrongRows({
    fr: 'Choisissez au moins une ligne : un lot vide ne fait rien.',
    en: 'Choose one row at least: an empty batch does nothing.',
  })
}

function tooManyRows(count: number): DomainError {
  return wrongRows({
    fr: `Ce lot a ${count} lignes ; le maximum est ${MOST_ROWS}. Faites-en plusieurs.`,
    en: `This batch has ${count} rows; the most is ${MOST_ROWS}. Make several of it.`,
  })
}
