import type { NewRow } from '../../store/schema.js'
import { dayBefore } from '../../people/days.js'
import { isWithin, lastDayOf, overlap, type Period } from '../days.js'
import { careerOwed, ptech } from '../schemes/ptech.js'
import type { Breaks } from '../school-calendar/school-days.js'
import { firstDayOf } from '../school-year.js'
import type { BookStay, BookStudent, CohortBook } from './book-store.js'
import { countSessions, slices, type Slice } from './count-sessions.js'

export type CountedFigures = Omit<NewRow<'cohort_figures'>, 'counted_at' | 'company_sessions'> & {
  company_sessions: number
}
export type CountedSessions = NewRow<'session_figures'>

/**
 * The figures of one cohort in one school year, from all that the book says of it. Every student and every
 * session is in one row: its school and level are those of the student on their last day in the cohort that
 * year, and of most students of the session.
 *
 * @param breaks days without school of the year, for PT-04
 * @param today what is still to come does not count; of PT-04, neither does the month that is going on
 */
export function countCohort(
  book: CohortBook,
  year: number,
  today: string,
  breaks: Breaks,
): { figures: CountedFigures[]; sessions: CountedSessions[] } {
  const yearEnd = dayBefore(firstDayOf(year + 1))
  const period = { fromDay: firstDayOf(year), untilDay: today < yearEnd ? today : yearEnd }
  const found = slices(book.cohort, year)
  for (const student of book.students) {
    const stays = book.stays.filter((stay) => stay.studentId === student.id)
    const during = stays.filter((stay) => period.fromDay <= today && overlap(stay, period))
    const last = during.toSorted((one, other) => one.fromDay.localeCompare(other.fromDay)).at(-1)
    if (!last) continue
    const untilDay = earlier(last.untilDay, period.untilDay)
    const slice = found.of(student.id, placeOf(student, untilDay))
    countStudent(slice, student, { book, period, during, last })
    countCareer(slice, student, { book, year, today, during, breaks })
  }
  countSessions(
    book.sessions.filter(({ day }) => isWithin(day, period)),
    found,
  )
  return found.rows()
}

type Year = Readonly<{
  book: CohortBook
  period: Readonly<{ fromDay: string; untilDay: string }>
  during: readonly BookStay[]
  last: BookStay
}>

/** Where a student is on a day: by their schooling, or the school that has them on its books. */
function placeOf(student: BookStudent, day: string): { schoolId: number; level: string } {
  const schooling = student.schoolings.find((one) => isWithin(day, one))
  return { schoolId: schooling?.schoolId ?? student.schoolId, level: schooling?.level ?? '' }
}

function countStudent(slice: Slice, student: BookStudent, year: Year): void {
  const { figures } = slice
  const { book, period, last } = year
  figures.followed += 1
  if (student.sex === 'F') figures.girls += 1
  if (student.schemeStays.every(({ fromDay }) => fromDay >= period.fromDay)) figures.newcomers += 1
  if (last.untilDay !== null && last.untilDay <= period.untilDay) {
    figures[LEFT[last.exitReason ?? ''] ?? 'left_other'] += 1
    if (last.untilDay < sixMonthsAfter(last.fromDay)) figures.ended_early += 1
  }
  const placements = book.placements.filter(
    ({ studentId, fromDay }) =>
      studentId === student.id &&
      isWithin(fromDay, period) &&
      year.during.some((stay) => isWithin(fromDay, stay)),
  )
  figures.placements += placements.length
  figures.placement_days += placements.reduce((sum, { days }) => sum + days, 0)
}

const LEFT: Readonly<
  Record<
    string,
    'finished' | 'left_moved' | 'left_reoriented' | 'left_education' | 'left_other' | undefined
  >
> = {
  FIN_DE_PARCOURS: 'finished',
  DEMENAGEMENT: 'left_moved',
  REORIENTATION: 'left_reoriented',
  DECROCHAGE: 'left_education',
  AUTRE: 'left_other',
}

/** PT-04, of months that are over. */
function countCareer(
  { figures }: Slice,
  student: BookStudent,
  of: Readonly<{
    book: CohortBook
    year: number
    today: string
    during: readonly Period[]
    breaks: Breaks
  }>,
): void {
  if (of.book.cohort.scheme !== ptech.code) return
  const careerDays = of.book.sessions
    .filter(({ kind, studentIds }) => kind === 'CARRIERE' && studentIds.includes(student.id))
    .map(({ day }) => day)
  const record = { schoolings: student.schoolings, enrolments: of.during }
  const day = lastMonthEnd(of.today)
  const owed = careerOwed({ ...record, careerDays: [] }, of.year, day, of.breaks).length
  const missed = careerOwed({ ...record, careerDays }, of.year, day, of.breaks).length
  figures.career_months_owed += owed
  figures.career_months_met += owed - missed
  if (owed > 0) figures.career_students_owed += 1
  if (owed > 0 && missed === 0) figures.career_students_met += 1
}

/** The last day of the month before, unless the day is the last of its own. */
function lastMonthEnd(day: string): string {
  const month = day.slice(0, 7)
  return day === lastDayOf(month) ? day : dayBefore(`${month}-01`)
}

/** JM-05: the same day six months later; a month without such a day ends sooner. */
export function sixMonthsAfter(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number)
  const later = new Date(Date.UTC(year, month + 5, 1)).toISOString().slice(0, 7)
  const end = lastDayOf(later)
  const same = `${later}-${day.slice(8)}`
  return same < end ? same : end
}

function earlier(one: string | null, other: string): string {
  return one !== null && one < other ? one : other
}
