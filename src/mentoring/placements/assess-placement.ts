import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { may } from '../../people/authorize.js'
import { findPerson } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db, Row } from '../../store/schema.js'
import { openAnswerLink, revokeAnswerLinks, useAnswerLink } from '../answers/answer-links.js'
import { personOf } from '../facts/confirmation.js'
import { nothingHere } from '../refusals.js'
import { markFiguresOf } from '../indicators/store.js'
import { beginAssessment, findAssessment, saveAssessment, saveGridOf } from './assessment-store.js'
import {
  assertComplete,
  toAssessment,
  type Assessment,
  type AssessmentInput,
} from './assessment.js'
import { findGrid, gridsFor, type Grid } from './grids.js'
import { holdPending, isOver, openPending } from './open-placement.js'
import { findPlacementById, type Placement } from './placements-store.js'
import { saveDaysDone } from './store.js'

/** What the tutor's page shows: of the student the name, and nothing else. */
export type AskedAssessment = Readonly<{
  linkId: number
  tutorId: number
  placement: Placement
  grid: Grid
  filled: Row<'placement_assessments'>
}>

/**
 * The assessment that a link asks for.
 *
 * @throws {DomainError} not-found, or gone for a link that serves no more
 */
export async function openAssessment(ctx: Context, token: string): Promise<AskedAssessment> {
  const link = await openAnswerLink(ctx, token, 'assess-placement')
  const placement = await findPlacementById(ctx.db, link.factId)
  const filled = await findAssessment(ctx.db, link.factId)
  const grid = filled && (await findGrid(ctx.db, filled.grid_id))
  if (!placement || !filled || !grid) throw nothingHere()
  return { linkId: link.id, tutorId: link.personId, placement, grid, filled }
}

/**
 * The same, to be answered. The link was shown to the school, whose word is the second: its staff do not answer in
 * the tutor's place.
 *
 * @param visitor who is signed in at the browser that answers, if anybody
 * @throws {DomainError} not-found, gone, or forbidden
 */
async function openToAnswer(
  ctx: Context,
  token: string,
  visitor: Actor | undefined,
): Promise<AskedAssessment> {
  const asked = await openAssessment(ctx, token)
  const { schoolId } = asked.placement
  if (!visitor || !may(visitor, 'record-placement', { schoolId })) return asked
  throw new DomainError('forbidden', {
    fr: 'Ce lien est celui du tuteur : le lycée ne répond pas à sa place. Envoyez-le-lui, ou recopiez son bilan sur papier depuis la page du stage.',
    en: 'This link is the tutor’s: the school does not answer in their place. Send it to them, or copy their assessment on paper from the page of the placement.',
  })
}

/**
 * Keeps what the tutor has filled in so far. The link stays open.
 *
 * @throws {DomainError} not-found, gone, forbidden to the school, invalid-request or conflict
 */
export async function keepAssessment(
  ctx: Context,
  token: string,
  input: AssessmentInput,
  visitor?: Actor,
): Promise<void> {
  const { placement, grid, tutorId } = await openToAnswer(ctx, token, visitor)
  const said = toAssessment(input, grid)
  const by = { saved_by_id: tutorId, saved_at: ctx.now().toISOString(), manner: 'LINK' } as const
  await ctx.db.transaction().execute(async (trx) => {
    await holdPending(trx, placement)
    if (!(await saveAssessment(trx, placement.id, { ...rowOf(said), ...by }))) throw isOver()
  })
}

/**
 * The tutor sends the assessment: the days that were done are then known, and the link is used up.
 *
 * @throws {DomainError} not-found, gone, forbidden to the school, invalid-request, rule-refused or conflict
 */
export async function sendAssessment(
  ctx: Context,
  token: string,
  input: AssessmentInput,
  visitor?: Actor,
): Promise<void> {
  const { linkId, tutorId, placement, grid } = await openToAnswer(ctx, token, visitor)
  const tutor = await findPerson(ctx.db, tutorId)
  const said = toAssessment(input, grid)
  const sent = { said, manner: 'LINK', byId: tutorId, actor: tutor?.publicId ?? 'tutor' } as const
  await ctx.db.transaction().execute(async (trx) => {
    await holdPending(trx, placement)
    await useAnswerLink(trx, linkId, ctx.now())
    await send(ctx, trx, { placement, grid }, sent)
  })
}

/**
 * Copies an assessment that the tutor filled in on paper; somebody else then confirms it.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused or conflict
 */
export async function copyAssessment(
  ctx: Context,
  actor: Actor,
  input: AssessmentInput & Readonly<{ placementId: string; gridId: string }>,
): Promise<void> {
  const placement = await openPending(ctx, actor, input.placementId)
  const by = { manner: 'PAPER', byId: personOf(actor), actor: actor.publicId } as const
  await ctx.db.transaction().execute(async (trx) => {
    await holdPending(trx, placement)
    const begun = await findAssessment(trx, placement.id)
    const gridId = begun?.saved_at ? begun.grid_id : input.gridId
    const grids = await gridsFor(trx, placement.schoolId)
    const grid = grids.find(({ publicId }) => publicId === gridId)
    if (!grid) throw nothingHere()
    const said = toAssessment(input, grid)
    await beginAssessment(trx, placement.id, gridId)
    await saveGridOf(trx, placement.id, gridId)
    const question = { purpose: 'assess-placement', placementId: placement.id } as const
    await revokeAnswerLinks(trx, question, ctx.now())
    await send(ctx, trx, { placement, grid }, { ...by, said })
  })
}

type Sent = Readonly<{ said: Assessment; manner: 'LINK' | 'PAPER'; byId: number; actor: string }>

async function send(
  ctx: Context,
  trx: Db,
  { placement, grid }: Readonly<{ placement: Placement; grid: Grid }>,
  { said, manner, byId, actor }: Sent,
): Promise<void> {
  const { outcome, untilDay, daysDone } = assertComplete(said, grid, placement)
  const at = ctx.now()
  const time = at.toISOString()
  const row = { ...rowOf(said), manner, saved_by_id: byId, saved_at: time, sent_at: time }
  const saved = await saveAssessment(trx, placement.id, row)
  const known = await saveDaysDone(trx, placement.id, { daysDone, untilDay, byId, at: time })
  if (!saved || !known) throw isOver()
  await markFiguresOf(trx, [placement.studentId], placement.fromDay)
  const subject = placement.publicId
  const details = { outcome, manner }
  await appendAudit(trx, { at, actor, action: 'assessment.sent', subject, details })
}

function rowOf(said: Assessment) {
  return {
    marks: JSON.stringify(said.marks),
    comment: said.comment,
    outcome: said.outcome,
    days_done: said.daysDone,
    last_day: said.lastDay,
    missed_hours: said.missedHours,
  }
}
