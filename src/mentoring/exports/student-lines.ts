import type { Context } from '../../context.js'
import { today } from '../../people/days.js'
import { isWithin } from '../days.js'
import { isDenied, listRecorded, type Recorded } from '../facts/recorded-store.js'
import { careerOwed, ptech } from '../schemes/ptech.js'
import { breaksOfSchool } from '../school-calendar/breaks-of-school.js'
import { levelOn } from '../schemes/scheme.js'
import { schoolYearOf } from '../school-year.js'
import { listSchoolings, listStays } from '../students/store.js'
import { yearPeriod } from './period.js'
import { listExportStudents, type ExportCohort } from './store.js'
import type { StudentLine } from './tables.js'

const french = new Intl.Collator('fr')

/** The students who are in a cohort today and at one of these schools, with the mentoring of the school year. */
export async function studentLines(
  ctx: Context,
  cohort: ExportCohort,
  schoolIds: readonly number[],
): Promise<StudentLine[]> {
  const day = today(ctx)
  const year = schoolYearOf(day)
  const students = await listExportStudents(ctx.db, { cohortId: cohort.id, schoolIds, day })
  const ids = students.map(({ id }) => id)
  const schoolings = Map.groupBy(await listSchoolings(ctx.db, ids), ({ studentId }) => studentId)
  const stays = Map.groupBy(await listStays(ctx.db, cohort.id), ({ studentId }) => studentId)
  const counted = (await listRecorded(ctx.db, ids)).filter(
    (one) => one.kind === 'session' && !isDenied(one) && isWithin(one.day, yearPeriod(year)),
  )
  const sessions = Map.groupBy(counted, ({ studentId }) => studentId)
  const breaks = await breaksOfSchool(ctx.db, schoolIds[0] ?? 0, year)
  const lines = students.map(({ id, givenName, familyName }) => {
    const own = schoolings.get(id) ?? []
    const attended = sessions.get(id) ?? []
    const careerDays = attended.flatMap((one) => (one.sessionKind === 'CARRIERE' ? one.day : []))
    const record = { schoolings: own, enrolments: stays.get(id) ?? [], careerDays }
    return {
      ...{
        studentId: id,
        givenName,
        familyName,
        level: levelOn(own, day),
        minutes: minutesOf(attended),
      },
      division: own.find((one) => isWithin(day, one))?.division,
      owed: cohort.scheme === ptech.code ? careerOwed(record, year, day, breaks) : null,
    }
  })
  return lines.toSorted(
    (one, other) =>
      french.compare(one.familyName, other.familyName) ||
      french.compare(one.givenName, other.givenName),
  )
}

function minutesOf(sessions: readonly Recorded[]): Map<string, number> {
  const total = new Map<string, number>()
  for (const { sessionKind = '', minutes } of sessions) {
    total.set(sessionKind, (total.get(sessionKind) ?? 0) + minutes)
  }
  return total
}
