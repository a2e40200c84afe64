import type { Actor, Context } from '../../context.js'
import { may, organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { listOrganisations, type Organisation } from '../../people/store.js'
import { listSessions, type CohortSession } from '../facts/recorded-store.js'
import { isWithin } from '../days.js'
import type { LevelCode } from '../levels.js'
import { nothingHere } from '../refusals.js'
import { levelOn, type Scheme } from '../schemes/scheme.js'
import { firstDayOf, schoolYearOf } from '../school-year.js'
import { listGroupStays, type GroupStay } from './members-store.js'
import { listSchoolings } from '../students/store.js'
import { knownGroup, runGroup, type KnownGroup } from './known-group.js'
import type { Group, GroupSchool } from './store.js'

export type GroupStudent = GroupStay & Readonly<{ level: LevelCode | undefined }>

export type GroupSchoolLine = GroupSchool &
  Readonly<{
    /** How many students it has in the group today. */
    students: number
    /** One of the actor's, with a part in the group today. */
    isOwn: boolean
    mayEnd: boolean
  }>

export type GroupView = Readonly<{
  group: Group
  scheme: Scheme
  /** School year of today, by the year it starts in. */
  year: number
  schools: readonly GroupSchoolLine[]
  /** Of today; a school sees its own only, who runs the group all of them. */
  students: readonly GroupStudent[]
  /** All of today, whoever looks. */
  studentCount: number
  /** Of the school year. */
  sessions: readonly CohortSession[]
  /** Whether the actor is of who runs it; while it is open they may change it. */
  runs: boolean
  mayRun: boolean
  mayEnrol: boolean
  mayRecord: boolean
}>

/**
 * A group of several students on the day of today, for who runs it and for the staff of its schools.
 *
 * @param scheme of which it must be
 * @throws {DomainError} forbidden or not-found
 */
export async function seeGroup(
  ctx: Context,
  actor: Actor,
  publicId: string,
  scheme?: Scheme,
): Promise<GroupView & Readonly<{ everybody: readonly GroupStudent[] }>> {
  const known = await knownGroup(ctx, actor, publicId, scheme)
  if (known.scheme.ofOne) throw nothingHere()
  const { group, mayRun, resource } = known
  const day = today(ctx)
  const year = schoolYearOf(day)
  const own = new Set(organisationsWith(actor, 'manage-schemes', 'school'))
  const everybody = await studentsOn(ctx, group.id, day)
  const schools = schoolLines(known, { own, day, everybody })
  const isOpen = group.closedOn === null
  return {
    group,
    scheme: known.scheme,
    year,
    schools,
    everybody,
    students: everybody.filter(({ schoolId }) => mayRun || own.has(schoolId)),
    studentCount: everybody.length,
    sessions: await listSessions(ctx.db, group.id, firstDayOf(year)),
    runs: mayRun,
    mayRun: mayRun && isOpen,
    mayEnrol: isOpen && schools.some(({ isOwn }) => isOwn),
    mayRecord: isOpen && may(actor, 'record-session', resource),
  }
}

function schoolLines(
  { group, schools, mayRun }: KnownGroup,
  of: Readonly<{ own: ReadonlySet<number>; day: string; everybody: readonly GroupStudent[] }>,
): GroupSchoolLine[] {
  const isOpen = group.closedOn === null
  return schools.map((school) => {
    const isOwn = of.own.has(school.schoolId)
    return {
      ...school,
      students: of.everybody.filter(({ schoolId }) => schoolId === school.schoolId).length,
      isOwn: isOwn && isWithin(of.day, school),
      mayEnd: isOpen && school.untilDay === null && (mayRun || isOwn),
    }
  })
}

async function studentsOn(ctx: Context, cohortId: number, day: string): Promise<GroupStudent[]> {
  const stays = await listGroupStays(ctx.db, cohortId)
  const present = stays.filter((stay) => isWithin(day, stay))
  const ids = present.map(({ studentId }) => studentId)
  const schoolings = Map.groupBy(await listSchoolings(ctx.db, ids), ({ studentId }) => studentId)
  return present.map((stay) => ({
    ...stay,
    level: levelOn(schoolings.get(stay.studentId) ?? [], day),
  }))
}

/**
 * The schools that may be added to a group.
 *
 * @throws {DomainError} forbidden, not-found or conflict
 */
export async function choicesForSchool(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<{ group: Group; day: string; schools: Organisation[] }> {
  const { group, schools, scheme } = await runGroup(ctx, actor, publicId)
  if (scheme.ofOne) throw nothingHere()
  const present = new Set(
    schools.flatMap(({ schoolId, untilDay }) => (untilDay === null ? schoolId : [])),
  )
  const everywhere = await listOrganisations(ctx.db)
  return {
    group,
    day: today(ctx),
    schools: everywhere.filter(
      ({ id, kind }) => (kind === 'lycee' || kind === 'college') && !present.has(id),
    ),
  }
}

/**
 * A group that the actor may close.
 *
 * @throws {DomainError} forbidden, not-found or conflict
 */
export async function groupToClose(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<{ group: Group; day: string }> {
  const { group, scheme } = await runGroup(ctx, actor, publicId)
  if (scheme.ofOne) throw nothingHere()
  return { group, day: today(ctx) }
}

/**
 * A school whose part in a group the actor may end.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function schoolToEnd(
  ctx: Context,
  actor: Actor,
  of: Readonly<{ groupId: string; schoolId: string }>,
): Promise<{ group: Group; day: string; school: GroupSchoolLine }> {
  const { group, schools } = await seeGroup(ctx, actor, of.groupId)
  const school = schools.find(({ publicId, mayEnd }) => publicId === of.schoolId && mayEnd)
  if (!school) throw nothingHere()
  return { group, day: today(ctx), school }
}
