import type { Actor, Context } from '../../context.js'
import { may, organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findOrganisation, listOrganisations, type Organisation } from '../../people/store.js'
import { listSessions, type CohortSession } from '../facts/recorded-store.js'
import { assertOpen } from '../groups/known-group.js'
import type { Group } from '../groups/store.js'
import type { LevelCode } from '../levels.js'
import { nothingHere } from '../refusals.js'
import { levelOn } from '../schemes/scheme.js'
import { listStudentsAt, type SchoolStudent } from '../groups/members-store.js'
import { listSchoolings } from '../students/store.js'
import { listKeptWarnings } from '../warnings.js'
import { knownPair } from './known-pair.js'
import { isEarlyEnd, isStalled } from './pair-rules.js'
import { listMentorChoices, type MentorChoice, type Pair } from './store.js'

export type PairView = Readonly<{
  group: Group
  pair: Pair
  schoolName: string
  level: LevelCode | undefined
  /** For a school, from its first day with the young person on. */
  sessions: readonly CohortSession[]
  /** JM-05 */
  endedEarly: boolean
  stalled: boolean
  /** Rules that warned when it was opened, and were read. */
  warned: readonly string[]
  isOpen: boolean
  mayRecord: boolean
}>

/**
 * A pair, for the structure and for the young person's school.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function seePair(ctx: Context, actor: Actor, publicId: string): Promise<PairView> {
  const { group, resource, pair, schools, mayRun } = await knownPair(ctx, actor, publicId)
  const day = today(ctx)
  const school = await findOrganisation(ctx.db, pair.student.school_id)
  const all = await listSessions(ctx.db, group.id, group.openedOn)
  const own = schools.findLast(({ schoolId }) => schoolId === pair.student.school_id)
  const since = mayRun ? group.openedOn : (own?.fromDay ?? group.openedOn)
  const isOpen = group.closedOn === null
  const lastSessionOn = all
    .map((one) => one.day)
    .toSorted()
    .at(-1)
  return {
    group,
    pair,
    schoolName: school?.name ?? '',
    level: levelOn(await listSchoolings(ctx.db, [pair.student.id]), day),
    sessions: all.filter((one) => one.day >= since),
    endedEarly: group.closedOn !== null && isEarlyEnd(group.openedOn, group.closedOn),
    stalled: isOpen && isStalled({ startedOn: group.openedOn, lastSessionOn }, day),
    warned: (await listKeptWarnings(ctx.db, 'pair', [publicId])).get(publicId) ?? [],
    isOpen,
    mayRecord: isOpen && may(actor, 'record-session', resource),
  }
}

/**
 * A pair that has not ended.
 *
 * @throws {DomainError} forbidden, not-found or conflict
 */
export async function seeOpenPair(ctx: Context, actor: Actor, publicId: string): Promise<PairView> {
  const view = await seePair(ctx, actor, publicId)
  assertOpen(view.group)
  return view
}

export type PairChoices = Readonly<{
  day: string
  structures: readonly Organisation[]
  /** The one that was chosen: its mentors are offered. */
  structure: Organisation | undefined
  mentors: readonly MentorChoice[]
  students: readonly SchoolStudent[]
}>

/**
 * What a pair is opened from: a mentoring structure, its mentors once it is chosen, and the students of the
 * actor's schools.
 *
 * @throws {DomainError} not-found for whoever has no school
 */
export async function choicesForPair(
  ctx: Context,
  actor: Actor,
  asked: Readonly<{ structureId: string | undefined }>,
): Promise<PairChoices> {
  const day = today(ctx)
  // Whoever manages the classes of a school: a coordinator sees no students but those of their pairs.
  const schoolIds = organisationsWith(actor, 'manage-classes')
  if (schoolIds.length === 0) throw nothingHere()
  const students = await listStudentsAt(ctx.db, schoolIds, day)
  const structures = await listOrganisations(ctx.db, 'mentoring-structure')
  const structure = structures.find(({ publicId }) => publicId === asked.structureId)
  const mentors = structure ? await listMentorChoices(ctx.db, structure.id, day) : []
  return { day, structures, structure, mentors, students }
}
