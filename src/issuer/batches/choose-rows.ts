import type { Actor, Context } from '../../context.js'
import { listCohorts } from '../../mentoring/classes/store.js'
import { activeCompaniesOf } from '../../mentoring/facts/facts.js'
import { listMembers } from '../../mentoring/students/store.js'
import { organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { listVersionsOf } from '../../templates/store.js'
import { namedFactsOf } from '../evidence.js'
import { fromOf } from '../next-move.js'
import { studentName, versionsOf } from '../readers.js'
import { inUse } from '../see-candidates.js'
import { listBadges } from '../store/badges-of-students.js'
import { DOSSIER_STATES, listDossiers } from '../store/dossiers.js'
import { BATCHES, isBadgeAct, type BadgeAct, type BatchAct } from './acts.data.js'
import { findCandidates, type Candidate, type RowTarget } from './candidates.js'
import { weigh, type Prospect, type Weighed } from './weigh.js'

/** As many as a form sends back. */
const MOST_CHOSEN = 200

/** A row that may be chosen, or why not. */
export type ChoiceLine = Weighed &
  Readonly<{
    /** What the form sends back of it. */
    value: string
    student: string
    badge: string
    /** What whoever commits is shown of it. */
    evidence: Evidence | undefined
    dossierId: string | undefined
  }>
export type Evidence = Readonly<{ minutes: number; days: number }>

export type Choice = Readonly<{
  act: BatchAct
  /** Of whom and for which badge dossiers are proposed. */
  cohorts: readonly Readonly<{ id: string; name: string; entryYear: number }>[]
  badges: readonly Readonly<{ value: string; name: string }>[]
  lines: readonly ChoiceLine[]
  counts: Readonly<Partial<Record<Prospect, number>>>
}>

export type ChoiceInput = Readonly<{
  act: BatchAct
  cohort?: string | undefined
  badge?: string | undefined
}>

/**
 * What a step could be taken for, each row weighed: of one cohort and badge to propose; else what waits for
 * this step, or all badges to which it could be done, the newest first.
 */
export async function seeChoice(ctx: Context, actor: Actor, input: ChoiceInput): Promise<Choice> {
  const { act } = input
  const { cohorts, badges, targets } =
    act === 'propose'
      ? await ofCohort(ctx, actor, input)
      : { ...NONE, targets: await ofFirstOrganisation(ctx, actor, act) }
  const candidates = await findCandidates(ctx, actor, act, targets)
  const lines = await weighAll(ctx, actor, act, { candidates, values: targets.map(toValue) })
  return { act, cohorts, badges, lines, counts: countsOf(lines) }
}

/** @param values what stands for each candidate */
export async function weighAll(
  ctx: Context,
  actor: Actor,
  act: BatchAct,
  { candidates, values }: Readonly<{ candidates: readonly Candidate[]; values: readonly string[] }>,
): Promise<ChoiceLine[]> {
  const versionOf = await versionsOf(
    ctx,
    candidates.map(({ versionId }) => versionId),
  )
  const lines: ChoiceLine[] = []
  for (const [at, candidate] of candidates.entries()) {
    const { student, schoolId, versionId, dossier } = candidate
    const named = { ...student, school_id: schoolId, student_person_id: student.person_id }
    lines.push({
      ...(await weigh(ctx, actor, act, candidate)),
      value: values[at] ?? '',
      student: studentName(actor, named),
      badge: versionOf(versionId).definition.name,
      evidence: act === 'propose' ? undefined : await evidenceOf(ctx, candidate),
      dossierId: dossier?.public_id,
    })
  }
  return lines
}

export function countsOf(lines: readonly Weighed[]): Choice['counts'] {
  const groups = Map.groupBy(lines, ({ prospect }) => prospect)
  return Object.fromEntries([...groups].map(([prospect, all]) => [prospect, all.length]))
}

const NONE = { cohorts: [], badges: [], targets: [] }

/** @returns none of a text that stands for nothing */
export function fromValue(value: string): RowTarget | undefined {
  const [kind, id = '', rest = ''] = value.split(' ')
  if (kind === 'd') return { dossierId: id, digest: rest }
  if (kind === 'b') return { badgeId: id }
  return kind === 's' && /^\d{1,9}$/.test(rest)
    ? { studentId: id, versionId: Number(rest) }
    : undefined
}

function toValue(target: RowTarget): string {
  if ('dossierId' in target) return `d ${target.dossierId} ${target.digest}`
  if ('badgeId' in target) return `b ${target.badgeId}`
  return `s ${target.studentId} ${target.versionId}`
}

async function ofCohort(ctx: Context, actor: Actor, { cohort, badge }: ChoiceInput) {
  const day = today(ctx)
  const all = await listCohorts(ctx.db, organisationsWith(actor, BATCHES.propose.who))
  const cohorts = all.map(({ publicId, className, entryYear }) => {
    return { id: publicId, name: className, entryYear }
  })
  const chosen = all.find(({ publicId }) => publicId === cohort)
  if (!chosen) return { ...NONE, cohorts }
  const companies = await activeCompaniesOf(ctx.db, chosen.classId, day)
  const ids = new Set(companies.map(({ companyId }) => companyId))
  const versions = inUse(
    (await Promise.all([...ids].map((id) => listVersionsOf(ctx.db, id)))).flat(),
  )
  const badges = versions.map((one) => ({
    value: `${one.templatePublicId}.${one.number}`,
    name: one.definition.name,
  }))
  const version = versions.find((one) => `${one.templatePublicId}.${one.number}` === badge)
  if (!version) return { cohorts, badges, targets: [] }
  const members = await listMembers(ctx.db, chosen.id, day)
  const targets = members.map((student) => ({
    studentId: student.public_id,
    versionId: version.id,
  }))
  return { cohorts, badges, targets }
}

/** Who acts for several organisations makes a batch for one of them, then for the next. */
async function ofFirstOrganisation(
  ctx: Context,
  actor: Actor,
  act: Exclude<BatchAct, 'propose'>,
): Promise<RowTarget[]> {
  for (const id of organisationsWith(actor, BATCHES[act].who)) {
    const scope = { organisationIds: [id], personId: null }
    const found = isBadgeAct(act) ? badgesIn(ctx, scope, act) : dossiersAt(ctx, scope, act)
    if ((await found).length > 0) return found
  }
  return []
}

type Scope = Readonly<{ organisationIds: readonly number[]; personId: null }>
const FIRST = { limit: MOST_CHOSEN, offset: 0 }

async function dossiersAt(
  ctx: Context,
  scope: Scope,
  act: Exclude<BatchAct, 'propose' | BadgeAct>,
): Promise<RowTarget[]> {
  const states = DOSSIER_STATES.filter((state) => fromOf(act).includes(state))
  const rows = await listDossiers(ctx.db, { ...scope, states }, FIRST)
  return rows.map(({ public_id: dossierId, digest }) => ({ dossierId, digest: digest ?? '' }))
}

async function badgesIn(ctx: Context, scope: Scope, act: BadgeAct): Promise<RowTarget[]> {
  const rows = await listBadges(ctx.db, scope, FIRST)
  return rows
    .filter((badge) => badge.released_at !== null && badge.revoked_at === null)
    .filter(
      ({ held_at }) =>
        act === 'revoke' || act === 'replace' || (held_at !== null) === (act === 'restore'),
    )
    .map(({ public_id: badgeId }) => ({ badgeId }))
}

/** How much the facts of a dossier come to. */
async function evidenceOf(ctx: Context, { dossier }: Candidate): Promise<Evidence | undefined> {
  if (!dossier) return undefined
  const facts = (await namedFactsOf(ctx.db, dossier)).flatMap(({ fact }) => fact ?? [])
  const sum = (of: 'minutes' | 'days') => facts.reduce((all, fact) => all + fact[of], 0)
  return { minutes: sum('minutes'), days: sum('days') }
}
