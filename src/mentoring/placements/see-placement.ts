import type { Actor, Context } from '../../context.js'
import { may } from '../../people/authorize.js'
import { listMembersOf } from '../../people/members-store.js'
import { today } from '../../people/days.js'
import type { Row } from '../../store/schema.js'
import type { Words } from '../../words.js'
import { nothingHere } from '../refusals.js'
import { listKeptWarnings } from '../warnings.js'
import { listSignatures, mentionsOf } from './agreement-store.js'
import type { Mentions } from './agreement.js'
import { findAssessment } from './assessment-store.js'
import type { PlacementFinding } from '../finding.js'
import { findingsOf } from './findings.js'
import { findGrid, gridsFor, type Grid } from './grids.js'
import { missingOf } from './missing.js'
import { findPlacementWithPlan, type Placement } from './placements-store.js'
import { fullName, shortName } from './see-placements.js'
import { stateOf } from './states.js'
import { listVisits } from './store.js'
import { listTutors, type KnownTutor } from './tutors-store.js'

export type PlacementView = Readonly<{
  reader: 'school' | 'company' | 'student'
  placement: Placement
  studentName: string
  today: string
  mentions: Mentions
  signatures: readonly Row<'agreement_signatures'>[]
  visits: readonly Row<'placement_visits'>[]
  /** Once it was sent; what is only begun is the tutor's. */
  assessment: Row<'placement_assessments'> | undefined
  /** Something is filled in that was not sent yet. */
  begun: boolean
  grid: Grid | undefined
  missing: readonly Words[]
  /** For the school alone. */
  findings: readonly PlacementFinding[]
  grids: readonly Grid[]
  keptWarnings: readonly string[]
  mayManage: boolean
  mayConfirm: boolean
  /** The student may agree, once, or object. */
  mayAnswer: boolean
}>

/**
 * A placement, for its school, its company (a given name and an initial of the student), and its student.
 *
 * @throws {DomainError} not-found
 */
export async function seePlacement(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<PlacementView> {
  const placement = await findPlacementWithPlan(ctx.db, publicId)
  const reader = placement && readerOf(actor, placement)
  if (!placement || !reader) throw nothingHere()
  const day = today(ctx)
  const begun = await findAssessment(ctx.db, placement.id)
  const sent = begun?.sent_at ? begun : undefined
  const assessment = reader === 'school' || placement.confirmedAt !== null ? sent : undefined
  const mentions = await mentionsOf(ctx.db, placement.id)
  const signatures = await listSignatures(ctx.db, [placement.id])
  const visits = await listVisits(ctx.db, [placement.id])
  const progress = { mentions, signed: signatures.map(({ party }) => party), visits: visits.length }
  const grid = begun && (await findGrid(ctx.db, begun.grid_id))
  return {
    ...{ reader, placement, today: day, mentions, signatures, visits, assessment, grid },
    studentName: reader === 'company' ? shortName(placement) : fullName(placement),
    begun: Boolean(begun?.saved_at) && !sent,
    missing: missingOf(placement, progress, day),
    ...(await forSchool(ctx, reader, placement)),
    ...mayDo(actor, placement, sent),
  }
}

/**
 * Who may be the tutor of a company: those with a role there, and those who were admitted without an account.
 */
export async function tutorsOf(ctx: Context, companyId: number): Promise<KnownTutor[]> {
  const roles = ['company-admin', 'company-endorser'] as const
  const members = await listMembersOf(ctx.db, [companyId], today(ctx), roles)
  const known = await listTutors(ctx.db, companyId)
  const ids = new Set(members.map(({ publicId }) => publicId))
  return [...members, ...known.filter(({ publicId }) => !ids.has(publicId))]
}

/**
 * A placement whose tutor changes, and the people of its company.
 *
 * @throws {DomainError} not-found
 */
export async function choicesForTutor(ctx: Context, actor: Actor, publicId: string) {
  const view = await seePlacement(ctx, actor, publicId)
  if (!view.mayManage) throw nothingHere()
  return { view, tutors: await tutorsOf(ctx, view.placement.companyId) }
}

function readerOf(actor: Actor, placement: Placement): PlacementView['reader'] | undefined {
  const { schoolId, studentPersonId, companyId } = placement
  if (may(actor, 'see-student', { schoolId })) return 'school'
  if (may(actor, 'confirm-placement', { companyIds: [companyId] })) return 'company'
  return may(actor, 'contest-fact', { studentPersonId }) ? 'student' : undefined
}

async function forSchool(ctx: Context, reader: PlacementView['reader'], placement: Placement) {
  if (reader !== 'school') return { findings: [], grids: [], keptWarnings: [] }
  const state = stateOf(placement)
  const over = state === 'cancelled' || state === 'did-not-show'
  const kept = await listKeptWarnings(ctx.db, 'placement', [placement.publicId])
  return {
    findings: over ? [] : await findingsOf(ctx.db, [placement], today(ctx)),
    grids: await gridsFor(ctx.db, placement.schoolId),
    keptWarnings: kept.get(placement.publicId) ?? [],
  }
}

function mayDo(actor: Actor, placement: Placement, sent: Row<'placement_assessments'> | undefined) {
  const { schoolId, companyId, studentPersonId, recordedById, daysDone } = placement
  const companyIds = sent?.manner === 'LINK' ? [] : [companyId]
  const open = placement.confirmedAt === null && placement.contestedAt === null
  const known = daysDone !== null || sent !== undefined
  return {
    mayManage: placement.plan !== undefined && may(actor, 'record-placement', { schoolId }),
    mayConfirm:
      open &&
      known &&
      actor.personId !== recordedById &&
      may(actor, 'confirm-placement', { schoolId, companyIds }),
    mayAnswer:
      placement.confirmedAt !== null &&
      placement.contestedAt === null &&
      sent !== undefined &&
      may(actor, 'contest-fact', { studentPersonId }),
  }
}
