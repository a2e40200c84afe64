import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import type { NewRow } from '../../store/schema.js'
import { approve } from '../approve.js'
import { assess } from '../assess.js'
import { endorse } from '../endorse.js'
import { openDossier } from '../open-dossier.js'
import { propose } from '../propose.js'
import { holdBadge } from '../hold-badge.js'
import { replaceBadge } from '../replace-badge.js'
import { restoreBadge } from '../restore-badge.js'
import { markBadgeRevoked } from '../revoke-badge.js'
import { noDossier } from '../steps.js'
import { findDossier, getDossier } from '../store/dossiers.js'
import { getStudent } from '../../mentoring/students/store.js'
import { toBatchAct } from './acts.data.js'
import type { Batch, BatchRow } from './store.js'

export type Taken = Readonly<{
  changes: Partial<NewRow<'batch_rows'>>
  /** A status list that has a revocation more. */
  listId?: number
}>

/**
 * Takes one row of a batch, by the act that would take it alone. A refusal is what it ends in, and undoes
 * what was begun of it.
 */
export async function takeRow(
  ctx: Context,
  actor: Actor,
  batch: Batch,
  row: BatchRow,
): Promise<Taken> {
  const at = ctx.now().toISOString()
  try {
    return await ctx.db.transaction().execute(() => act(ctx, actor, batch, row))
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return {
      changes: { outcome: 'refused', refusal: JSON.stringify(refusalOf(error)), ended_at: at },
    }
  }
}

/** What is wrong with one field says more than “some fields are wrong”. */
function refusalOf({ words, fields }: DomainError) {
  return fields[0]?.words ?? words
}

async function act(ctx: Context, actor: Actor, batch: Batch, row: BatchRow): Promise<Taken> {
  const at = ctx.now().toISOString()
  const done = { outcome: 'done', taken_at: at, ended_at: at }
  const said = {
    digest: row.digest ?? '',
    function: row.function ?? batch.function ?? '',
    comment: row.comment ?? batch.comment ?? '',
  }
  switch (toBatchAct(batch.act)) {
    case 'propose': {
      const dossierId = await openedDossier(ctx, actor, row)
      await propose(ctx, actor, dossierId)
      const dossier = await findDossier(ctx.db, dossierId)
      return { changes: { ...done, dossier_id: dossier?.id ?? null } }
    }
    case 'assess':
      await assess(ctx, actor, { ...said, dossierId: await dossierIdOf(ctx, row) })
      return { changes: done }
    case 'endorse':
      await endorse(ctx, actor, { ...said, dossierId: await dossierIdOf(ctx, row) })
      return { changes: done }
    case 'approve': {
      const input = { ...said, dossierId: await dossierIdOf(ctx, row), order: 'batch' as const }
      // Done when the badge is released.
      const badge_public_id = await approve(ctx, actor, input)
      return { changes: { taken_at: at, badge_public_id } }
    }
    case 'replace':
    case 'hold':
    case 'restore':
    case 'revoke':
      return { changes: done, ...(await onBadge(ctx, actor, batch, row)) }
  }
}

/** One act on one badge. @returns its status list, if that has a revocation more */
async function onBadge(
  ctx: Context,
  actor: Actor,
  batch: Batch,
  row: BatchRow,
): Promise<Pick<Taken, 'listId'>> {
  const badgeId = row.badge_public_id ?? ''
  const reason = batch.reason ?? ''
  const note = row.comment ?? batch.comment ?? ''
  switch (toBatchAct(batch.act)) {
    case 'hold':
      await holdBadge(ctx, actor, { badgeId, reason, note })
      return {}
    case 'restore':
      await restoreBadge(ctx, actor, { badgeId, note })
      return {}
    case 'replace':
      await replaceBadge(ctx, actor, { badgeId, reason, note })
      return {}
    default:
      return {
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

async function dossierIdOf(ctx: Context, row: BatchRow): Promise<string> {
  if (row.dossier_id === null) throw noDossier()
  return (await getDossier(ctx.db, row.dossier_id)).public_id
}
