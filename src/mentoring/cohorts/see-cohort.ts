import type { Actor, Context } from '../../context.js'
import { authorize, may, organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import type { Row } from '../../store/schema.js'
import { nominalLevel, type LevelCode } from '../levels.js'
import { nothingHere } from '../refusals.js'
import { careerMonths, careerOwed, type SessionKind } from '../schemes/ptech.js'
import { breaksOfSchool } from '../school-calendar/breaks-of-school.js'
import type { Breaks } from '../school-calendar/school-days.js'
import { levelOn } from '../schemes/scheme.js'
import { firstDayOf, schoolYearOf } from '../school-year.js'
import { findCohort, listCohorts, type Cohort } from '../classes/store.js'
import {
  isDenied,
  listRecorded,
  listSessions,
  type CohortSession,
  type Recorded,
} from '../facts/recorded-store.js'
import { cohortsIn, schoolsOf } from './store.js'
import { listMembers, listSchoolings, listStays } from '../students/store.js'

/** PT-12: what the calendar says of a cohort. */
export type CohortLevel = ReturnType<typeof nominalLevel>

export type MemberLine = Readonly<{
  publicId: string
  givenName: string
  familyName: string
  level: LevelCode | undefined
  /** CARRIERE sessions of the school year by month, YYYY-MM; those that are contested or disputed do not count. */
  career: Readonly<Record<string, number>>
  /** PT-04: months without one. */
  owed: readonly string[]
  /** Of the school year, without those that are contested or disputed. */
  minutes: Readonly<Record<SessionKind, number>>
}>

export type CohortView = Readonly<{
  cohort: Cohort
  level: CohortLevel
  /** School year of today, by the year it starts in. */
  year: number
  /** Those that have begun. */
  months: readonly string[]
  members: readonly MemberLine[]
  sessions: readonly CohortSession[]
  placements: readonly (Recorded & { student: MemberLine })[]
  mayRecord: boolean
  mayManage: boolean
  mayExport: boolean
}>

/**
 * The cohorts of the actor's schools, the newest entry first.
 *
 * @throws {DomainError} not-found for whoever sees no students
 */
export async function seeCohorts(
  ctx: Context,
  actor: Actor,
): Promise<(Cohort & { level: CohortLevel })[]> {
  const schoolIds = organisationsWith(actor, 'see-student')
  if (schoolIds.length === 0) throw nothingHere()
  const day = today(ctx)
  const alsoIds = await cohortsIn(ctx.db, schoolIds, day)
  const cohorts = await listCohorts(ctx.db, schoolIds, alsoIds)
  const year = schoolYearOf(day)
  return cohorts.map((cohort) => ({ ...cohort, level: nominalLevel(cohort.entryYear, year) }))
}

/**
 * A cohort in the school year of today: its students, their mentoring, their placements.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function seeCohort(ctx: Context, actor: Actor, publicId: string): Promise<CohortView> {
  const cohort = await findCohort(ctx.db, publicId)
  if (!cohort) throw nothingHere()
  const resource = { schoolId: cohort.schoolId }
  const day = today(ctx)
  const schoolIds = await schoolsOf(ctx.db, cohort.id, day)
  authorize(actor, 'see-student', { ...resource, schoolIds })
  const year = schoolYearOf(day)
  const { members, recorded } = await membersOf(ctx, cohort, day)
  return {
    cohort,
    level: nominalLevel(cohort.entryYear, year),
    year,
    months: careerMonths(year).filter((month) => month <= day.slice(0, 7)),
    members: members.map(({ line }) => line),
    sessions: await listSessions(ctx.db, cohort.id, firstDayOf(year)),
    placements: recorded
      .filter(({ kind }) => kind === 'placement')
      .flatMap((placement) => {
        const student = members.find(({ id }) => id === placement.studentId)?.line
        return student ? [{ ...placement, student }] : []
      }),
    mayRecord: may(actor, 'record-session', resource),
    mayManage: may(actor, 'manage-classes', resource),
    mayExport: may(actor, 'export-records', resource),
  }
}

async function membersOf(ctx: Context, cohort: Cohort, day: string) {
  const students = await listMembers(ctx.db, cohort.id, day)
  const ids = students.map(({ id }) => id)
  const year = schoolYearOf(day)
  const firstDay = firstDayOf(year)
  const breaks = await breaksOfSchool(ctx.db, cohort.schoolId, year)
  const recorded = await listRecorded(ctx.db, ids, firstDay)
  const schoolings = Map.groupBy(await listSchoolings(ctx.db, ids), ({ studentId }) => studentId)
  const stays = Map.groupBy(await listStays(ctx.db, cohort.id), ({ studentId }) => studentId)
  const sessions = Map.groupBy(
    recorded.filter((one) => one.kind === 'session' && !isDenied(one)),
    ({ studentId }) => studentId,
  )
  const members = students.map((student) => {
    const of = {
      schoolings: schoolings.get(student.id) ?? [],
      enrolments: stays.get(student.id) ?? [],
    }
    return {
      id: student.id,
      line: toLine(student, sessions.get(student.id) ?? [], of, { day, breaks }),
    }
  })
  return { members, recorded }
}

function toLine(
  student: Row<'students'>,
  sessions: readonly Recorded[],
  of: Omit<Parameters<typeof careerOwed>[0], 'careerDays'>,
  { day, breaks }: Readonly<{ day: string; breaks: Breaks }>,
): MemberLine {
  const careerDays = sessions.flatMap((one) => (one.sessionKind === 'CARRIERE' ? one.day : []))
  const total = (kind: SessionKind) =>
    sessions.reduce((sum, one) => sum + (one.sessionKind === kind ? one.minutes : 0), 0)
  const months = Map.groupBy(careerDays, (careerDay) => careerDay.slice(0, 7))
  return {
    publicId: student.public_id,
    givenName: student.given_name,
    familyName: student.family_name,
    level: levelOn(of.schoolings, day),
    career: Object.fromEntries([...months].map(([month, days]) => [month, days.length])),
    owed: careerOwed({ ...of, careerDays }, schoolYearOf(day), day, breaks),
    minutes: {
      PROJET: total('PROJET'),
      IMMERSION: total('IMMERSION'),
      CARRIERE: total('CARRIERE'),
    },
  }
}
