import type { Context } from '../../../context.js'
import type { Words } from '../../../words.js'
import { isWithin, lastDayOf } from '../../days.js'
import { calendarOf } from '../../school-calendar/calendar-of.js'
import type { Breaks } from '../../school-calendar/school-days.js'
import { breaksOfAll } from '../../school-calendar/store.js'
import { careerOwed, ptech } from '../../schemes/ptech.js'
import { firstDayOf, schoolYearOf } from '../../school-year.js'
import { SEE_COHORT, type Alert, type Scope } from '../alert.js'
import {
  listFollowed,
  listSchoolingsIn,
  listSessionDaysIn,
  listStaysIn,
  type Followed,
} from '../followed-store.js'

/** PT-04 [D]: the month that is going on is told of from this day on: before it, there is time. */
const FROM_DAY_OF_MONTH = 20

/**
 * PT-04: how many students of each cohort had no career session last month, or have none yet in this
 * one. What is further back can't be made good any more: it stands in the grid of the cohort.
 */
export async function careerAlerts({ db }: Context, scope: Scope, today: string): Promise<Alert[]> {
  const months = monthsToTell(today)
  const cohorts = (await listFollowed(db, scope, today)).filter(
    ({ scheme }) => scheme === ptech.code,
  )
  const owing = await studentsOwing(db, cohorts, today)
  return cohorts.flatMap((cohort) =>
    months.flatMap((month) => {
      const count = owing.get(cohort.id)?.get(month) ?? 0
      return count === 0 ? [] : [toAlert(cohort, month, count)]
    }),
  )
}

function monthsToTell(today: string): string[] {
  const [month, day] = [today.slice(0, 7), Number(today.slice(8))]
  const before = new Date(`${month}-01T00:00:00Z`)
  before.setUTCMonth(before.getUTCMonth() - 1)
  return [before.toISOString().slice(0, 7), ...(day >= FROM_DAY_OF_MONTH ? [month] : [])]
}

/** By cohort and month, how many of today's students owe a session. */
async function studentsOwing(db: Context['db'], cohorts: readonly Followed[], today: string) {
  const ids = cohorts.map(({ id }) => id)
  const year = schoolYearOf(today)
  const fromDay = firstDayOf(year)
  const stays = await listStaysIn(db, ids)
  const schoolings = Map.groupBy(await listSchoolingsIn(db, ids), ({ studentId }) => studentId)
  const sessions = Map.groupBy(
    await listSessionDaysIn(db, ids, { kind: 'CARRIERE', fromDay }),
    ({ studentId }) => studentId,
  )
  const calendars = new Set(cohorts.flatMap(({ academyCode }) => calendarOf(academyCode) ?? []))
  const breaks = await breaksOfAll(db, [...calendars], fromDay, lastDayOf(today.slice(0, 7)))
  return new Map(
    cohorts.map(({ id, academyCode }) => {
      const members = Map.groupBy(
        stays.filter(({ cohortId }) => cohortId === id),
        ({ studentId }) => studentId,
      )
      const known: Breaks = breaks.get(calendarOf(academyCode) ?? '') ?? []
      const counts = new Map<string, number>()
      for (const [studentId, enrolments] of members) {
        if (!enrolments.some((stay) => isWithin(today, stay))) continue
        const record = {
          schoolings: schoolings.get(studentId) ?? [],
          enrolments,
          careerDays: (sessions.get(studentId) ?? []).map(({ day }) => day),
        }
        for (const month of careerOwed(record, year, today, known)) {
          counts.set(month, (counts.get(month) ?? 0) + 1)
        }
      }
      return [id, counts] as const
    }),
  )
}

function toAlert({ publicId, title }: Followed, month: string, count: number): Alert {
  const name = monthWords(month)
  return {
    rule: 'PT-04',
    severity: 'due',
    words: {
      fr: `${count} ${count > 1 ? 'élèves' : 'élève'} sans séance Carrière en ${name.fr}`,
      en: `${count} ${count > 1 ? 'students' : 'student'} without a career session in ${name.en}`,
    },
    place: title,
    href: `/cohorts/${publicId}`,
    action: SEE_COHORT,
    subject: publicId,
    since: `${month}-01`,
  }
}

function monthWords(month: string): Words {
  const instant = new Date(`${month}-01T00:00:00Z`)
  const write = (language: string) =>
    new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(instant)
  return { fr: write('fr-FR'), en: write('en-GB') }
}
