import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import type { Db } from '../../store/schema.js'
import type { Words } from '../../words.js'
import { nothingHere } from '../refusals.js'
import { lockStudent } from '../students/store.js'
import {
  findPlacementById,
  findPlacementWithPlan,
  type Placement,
  type Plan,
} from './placements-store.js'

export type Planned = Placement & Readonly<{ plan: Plan }>

/**
 * A placement that was planned and not cancelled, for the staff of its school.
 *
 * @throws {DomainError} forbidden, not-found, or conflict for one that was cancelled
 */
export async function openPlanned(ctx: Context, actor: Actor, publicId: string): Promise<Planned> {
  const placement = await findPlacementWithPlan(ctx.db, publicId)
  if (!placement) throw nothingHere()
  authorize(actor, 'record-placement', { schoolId: placement.schoolId })
  return toPlanned(placement)
}

/** The same as long as its days are not known. @throws {DomainError} conflict afterwards */
export async function openPending(ctx: Context, actor: Actor, publicId: string): Promise<Planned> {
  return toPending(await openPlanned(ctx, actor, publicId))
}

/**
 * Holds a placement until the transaction ends, and reads it again: who comes second is judged by what the first
 * has written. Before the audit, whose head every writer waits for.
 *
 * @throws {DomainError} conflict for one that was cancelled meanwhile
 */
export async function holdPlanned(
  trx: Db,
  { id, studentId }: Pick<Placement, 'id' | 'studentId'>,
): Promise<Planned> {
  await lockStudent(trx, studentId)
  const placement = await findPlacementById(trx, id)
  if (!placement) throw nothingHere()
  return toPlanned(placement)
}

/** The same as long as its days are not known. @throws {DomainError} conflict afterwards */
export async function holdPending(
  trx: Db,
  placement: Pick<Placement, 'id' | 'studentId'>,
): Promise<Planned> {
  return toPending(await holdPlanned(trx, placement))
}

function toPlanned(placement: Placement): Planned {
  const { plan, cancelledAt } = placement
  if (!plan) throw nothingHere()
  if (cancelledAt === null) return { ...placement, plan }
  throw conflict({
    fr: 'Cette période est annulée : il n’y a plus rien à y changer. Prévoyez-en une autre.',
    en: 'This placement is cancelled: nothing of it can be changed. Plan another one.',
  })
}

function toPending(placement: Planned): Planned {
  if (placement.daysDone === null && placement.outcome === null) return placement
  throw isOver()
}

export function isOver(): DomainError {
  return conflict({
    fr: 'Le bilan ou les jours de cette période sont déjà saisis. Rechargez la page.',
    en: 'The assessment or the days of this placement are recorded already. Reload the page.',
  })
}

export function conflict(words: Words, pointer?: string): DomainError {
  return new DomainError('conflict', words, pointer ? { fields: [{ pointer, words }] } : {})
}
