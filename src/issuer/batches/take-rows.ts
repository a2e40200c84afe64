import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { approveAll } from '../approve.js'
import { assess } from '../assess.js'
import { endorse } from '../endorse.js'
import { openDossier } from '../open-dossier.js'
import { propose } from '../propose.js'
import { holdBadge } from '../hold-badge.js'
import { replaceBadge } from '../replace-badge.js'
import { restoreBadge } from '../restore-badge.js'
import { markBadgeRevoked } from '../revoke-badge.js'
import { noDossier } from '../steps.js'
import { findDossier, getDossier, listDossiersOfIds } from '../store/dossiers.js'
import { getStudent } from '../../mentoring/students/store.js'
import { toBatchAct, type BatchAct } from './acts.data.js'
import type { Batch, BatchRow } from './store.js'

type Changes = Partial<Omit<BatchRow, 'id'>>
export type Taken = Readonly<{
  row: BatchRow
  changes: Changes
  /** A status list that has a revocation more. */
  listId?: number
}>

/**
 * Takes rows of a batch, each by the act that would take it alone. A refusal is what a row ends in; it undoes
 * what was begun of that row, and stops no other.
 */
export async function takeRows(
  ctx: Context,
  actor: Actor,
  batch: Batch,
  rows: readonly BatchRow[],
): Promise<Taken[]> {
  const act = toBatchAct(batch.act)
  if (act === 'approve') return takeApprovals(ctx, actor, rows)
  const taken: Taken[] = []
  for (const row of rows)
    taken.push({ row, ...(await takeRow(ctx, actor, { ...batch, act }, row)) })
  return taken
}

/** Approvals, all at once. A row is done when its badge is released. */
async function takeApprovals(
  ctx: Context,
  actor: Actor,
  rows: readonly BatchRow[],
): Promise<Taken[]> {
  const at = ctx.now().toISOString()
  const dossiers = await listDossiersOfIds(
    ctx.db,
    rows.flatMap(({ dossier_id }) => dossier_id ?? []),
  )
  const publicIds = new Map(dossiers.map(({ id, public_id }) => [id, public_id]))
  const approved = await approveAll(
    ctx,
    actor,
    rows.map(({ dossier_id, digest }) => {
      return { dossierId: publicIds.get(dossier_id ?? 0) ?? '', digest: digest ?? '' }
    }),
  )
  return rows.map((row, n) => {
    const one = approved[n] ?? noDossier()
    if (one instanceof DomainError) return { row, changes: refusedBy(one, at) }
    return { row, changes: { taken_at: at, badge_public_id: one.badgeId } }
  })
}

type ActOfRow = Exclude<BatchAct, 'approve'>
type BatchOfRows = Batch & { act: ActOfRow }

async function takeRow(
  ctx: Context,
  actor: Actor,
  batch: BatchOfRows,
  row: BatchRow,
): Promise<Omit<Taken, 'row'>> {
  const at = ctx.now().toISOString()
  try {
    return await ctx.db.transaction().execute(() => act(ctx, actor, batch, row))
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { changes: refusedBy(error, at) }
  }
}

function refusedBy(error: DomainError, at: string): Changes {
  return { outcome: 'refused', refusal: JSON.stringify(refusalOf(error)), ended_at: at }
}

/** What is wrong with one field says more than “some fields are wrong”. */
function refusalOf({ words, fields }: DomainError) {
  return fields[0]?.words ?? words
}

async function act(
  ctx: Context,
  actor: Actor,
  batch: BatchOfRows,
  row: BatchRow,
): Promise<Omit<Taken, 'row'>> {
  const at = ctx.now().toISOString()
  const done = { outcome: 'done', taken_at: at, ended_at: at }
  const said = {
    digest: row.digest ?? '',
    function: row.function ?? batch.function ?? '',
    comment: row.comment ?? batch.comment ?? '',
  }
  switch (batch.act) {
    case 'propose': {
      const dossierId = await openedDossier(ctx, actor, row)
      await propose(ctx, actor, dossierId)
      return { changes: { ...done, dossier_id: await idOf(ctx, dossierId) } }
    }
    case 'assess':
      await assess(ctx, actor, { ...said, dossierId: await dossierIdOf(ctx, row) })
      return { changes: done }
    case 'endorse':
      await endorse(ctx, actor, { ...said, dossierId: await dossierIdOf(ctx, row) })
      return { changes: done }
    case 'replace':
    case 'hold':
    case 'restore':
    case 'revoke': {
      const { changes, ...taken } = await onBadge(ctx, actor, batch, row)
      return { ...taken, changes: { ...done, ...changes } }
    }
  }
}

/** One act on one badge. */
async function onBadge(
  ctx: Context,
  actor: Actor,
  batch: Batch,
  row: BatchRow,
): Promise<Omit<Taken, 'row'>> {
  const badgeId = row.badge_public_id ?? ''
  const reason = batch.reason ?? ''
  const note = row.comment ?? batch.comment ?? ''
  switch (toBatchAct(batch.act)) {
    case 'hold':
      await holdBadge(ctx, actor, { badgeId, reason, note })
      return { changes: {} }
    case 'restore':
      await restoreBadge(ctx, actor, { badgeId, note })
      return { changes: {} }
    case 'replace': {
      const dossierId = await replaceBadge(ctx, actor, { badgeId, reason, note })
      return { changes: { dossier_id: await idOf(ctx, dossierId) } }
    }
    default:
      return {
        changes: {},
        listId: await markBadgeRevoked(ctx, actor, { badgeId, reason: row.comment ?? reason }),
      }
  }
}

async function openedDossier(ctx: Context, actor: Actor, row: BatchRow): Promise<string> {
  if (row.dossier_id !== null) return (await getDossier(ctx.db, row.dossier_id)).public_id
  const student = await getStudent(ctx.db, row.student_id)
  const versionId = row.template_version_id
  return openDossier(ctx, actor, { studentId: student.public_id, versionId })
}

async function idOf(ctx: Context, dossierId: string): Promise<number | null> {
  return (await findDossier(ctx.db, dossierId))?.id ?? null
}

async function dossierIdOf(ctx: Context, row: BatchRow): Promise<string> {
  if (row.dossier_id === null) throw noDossier()
  return (await getDossier(ctx.db, row.dossier_id)).public_id
}
