import type { Actor, Context } from '../../context.js'
import { may, organisationsWith } from '../../people/authorize.js'
import { findPerson } from '../../people/store.js'
import type { Words } from '../../words.js'
import { organisationNames, studentName, versionsOf } from '../readers.js'
import { reasonWords } from '../notice-words.js'
import {
  BADGE_ACTS,
  BATCH_ACTS,
  BATCHES,
  isBadgeAct,
  toBatchAct,
  type BadgeAct,
  type BatchAct,
} from './acts.data.js'
import { wordsIn } from './row-words.js'
import { awaitsSecond, maySecond } from './second.js'
import { batchFor, mayTake, noBatch } from './steer-batch.js'
import {
  countOutcomes,
  listBatches,
  listRows,
  OUTCOMES,
  type Batch,
  type NamedRow,
  type Outcome,
} from './store.js'

/** How a batch stands, in one word. */
export type Standing = 'running' | 'waiting' | 'paused' | 'cancelled' | 'finished'
export type Counts = Readonly<Record<Outcome | 'open', number>>

export type BatchLine = Readonly<{
  publicId: string
  act: BatchAct
  standing: Standing
  organisation: string
  madeAt: string
  counts: Counts
}>

const PAGE = 20

export function mayTakeSome(actor: Actor): boolean {
  return BATCH_ACTS.some((act) => organisationsWith(actor, BATCHES[act].who).length > 0)
}

/** The acts that the actor may take in batches. @throws {DomainError} not-found when there is none */
export function actsOf(actor: Actor): BatchAct[] {
  const acts = BATCH_ACTS.filter((act) => organisationsWith(actor, BATCHES[act].who).length > 0)
  if (acts.length === 0) throw noBatch()
  return acts
}

/** The batches of the actor's organisations whose step they take, newest first. @throws {DomainError} not-found */
export async function seeBatches(
  ctx: Context,
  actor: Actor,
  page: number,
): Promise<{ batches: BatchLine[]; page: number; more: boolean }> {
  const organisations = actsOf(actor).flatMap((act) => organisationsWith(actor, BATCHES[act].who))
  const asked = { limit: PAGE + 1, offset: (page - 1) * PAGE }
  const rows = await listBatches(ctx.db, organisations, asked)
  const seen = rows.slice(0, PAGE).filter((batch) => mayTake(actor, batch))
  const toLine = await lineMaker(ctx, seen)
  return { batches: seen.map(toLine), page, more: rows.length > PAGE }
}

export type RowLine = Readonly<{
  number: number
  student: string
  studentId: string
  badge: string
  templateId: string
  version: number
  dossierId: string | null
  badgeId: string | null
  outcome: Outcome | 'open'
  why: Words | undefined
  endedAt: string | null
}>

export type BatchView = BatchLine &
  Readonly<{
    /** Who made it. */
    person: string
    finishedAt: string | null
    hasReceipt: boolean
    rows: RowLine[]
    shown: Outcome | 'open' | undefined
    page: number
    more: boolean
    /** Of badges: why, for all rows; and what staff note. */
    reason: Words | undefined
    note: string | null
    /** Whether it waits for the reader to agree. */
    maySecond: boolean
    /** What may be done to the badges that it has issued. */
    onIssued: readonly BadgeAct[]
  }>

const ROWS = 50

/** A batch: how far it has come, and what became of its rows, a page at a time. @throws {DomainError} not-found */
export async function seeBatch(
  ctx: Context,
  actor: Actor,
  asked: Readonly<{ id: string; outcome?: Outcome | 'open' | undefined; page: number }>,
): Promise<BatchView> {
  const batch = await batchFor(ctx, actor, asked.id)
  const [line] = [batch].map(await lineMaker(ctx, [batch]))
  if (!line) throw noBatch()
  const part = { limit: ROWS + 1, offset: (asked.page - 1) * ROWS }
  const rows = await listRows(ctx.db, batch.id, {
    ...part,
    ...(asked.outcome && { outcome: asked.outcome }),
  })
  const person = await findPerson(ctx.db, batch.made_by_id)
  return {
    ...line,
    person: person ? `${person.givenName} ${person.familyName}` : '',
    finishedAt: batch.finished_at,
    hasReceipt: batch.receipt_packed !== null,
    rows: await toRowLines(ctx, actor, rows.slice(0, ROWS)),
    shown: asked.outcome,
    page: asked.page,
    more: rows.length > ROWS,
    ...saidOf(batch),
    maySecond: line.standing === 'waiting' && maySecond(actor, batch),
    onIssued:
      line.act === 'approve' && line.counts.done > 0
        ? BADGE_ACTS.filter((act) =>
            may(actor, BATCHES[act].who, { schoolId: batch.organisation_id }),
          )
        : [],
  }
}

/** Of what is done to badges only: the comment of an endorsement is in them. */
function saidOf({ act, reason, comment }: Batch): Pick<BatchView, 'reason' | 'note'> {
  if (!isBadgeAct(toBatchAct(act))) return { reason: undefined, note: null }
  const typed = reason === null ? undefined : { fr: reason, en: reason }
  return { reason: reasonWords({ act, reason }) ?? typed, note: comment }
}

/** Rows as whoever reads them may see their students. */
export async function toRowLines(
  ctx: Context,
  actor: Actor,
  rows: readonly NamedRow[],
): Promise<RowLine[]> {
  const versionOf = await versionsOf(
    ctx,
    rows.map((row) => row.template_version_id),
  )
  return rows.map((row) => ({
    number: row.number,
    student: studentName(actor, row),
    studentId: row.student_public_id,
    badge: versionOf(row.template_version_id).definition.name,
    templateId: row.template_public_id,
    version: row.version,
    dossierId: row.dossier_public_id,
    badgeId: row.badge_public_id,
    outcome: OUTCOMES.find((one) => one === row.outcome) ?? 'open',
    why: wordsIn(row),
    endedAt: row.ended_at,
  }))
}

async function lineMaker(ctx: Context, batches: readonly Batch[]) {
  const counted = await countOutcomes(
    ctx.db,
    batches.map(({ id }) => id),
  )
  const nameOf = await organisationNames(ctx)
  return (batch: Batch): BatchLine => {
    const count = (wanted: string | null) =>
      counted.find((one) => one.batchId === batch.id && one.outcome === wanted)?.count ?? 0
    return {
      publicId: batch.public_id,
      act: toBatchAct(batch.act),
      standing: standingOf(batch),
      organisation: nameOf(batch.organisation_id),
      madeAt: batch.made_at,
      counts: {
        open: count(null),
        done: count('done'),
        refused: count('refused'),
        cancelled: count('cancelled'),
      },
    }
  }
}

function standingOf(batch: Batch): Standing {
  const { cancelled_at, receipt_packed, paused_at } = batch
  if (receipt_packed !== null) return cancelled_at === null ? 'finished' : 'cancelled'
  if (cancelled_at === null && awaitsSecond(batch)) return 'waiting'
  return paused_at === null || cancelled_at !== null ? 'running' : 'paused'
}
