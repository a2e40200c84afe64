import type { BookSession, CohortBook } from './book-store.js'
import type { CountedFigures, CountedSessions } from './count-cohort.js'

/** The students of a cohort who are at one school and one level. */
export type Slice = Readonly<{
  figures: CountedFigures
  /** By kind and format. */
  sessions: Map<string, CountedSessions>
}>

export type Slices = ReturnType<typeof slices>

/** The parts that a cohort falls into in a school year, and who is in which. */
export function slices({ id, scheme }: CohortBook['cohort'], year: number) {
  const byPlace = new Map<string, Slice>()
  const byStudent = new Map<number, Slice>()
  return {
    /** The part of those who are at a place, in which a student is from now on. */
    of(studentId: number, { schoolId, level }: Readonly<{ schoolId: number; level: string }>) {
      const key = `${schoolId} ${level}`
      const part = { cohort_id: id, school_year: year, school_id: schoolId, scheme, level }
      const slice = byPlace.get(key) ?? { figures: { ...part, ...NOTHING }, sessions: new Map() }
      byPlace.set(key, slice)
      byStudent.set(studentId, slice)
      return slice
    },
    find: (studentId: number) => byStudent.get(studentId),
    rows() {
      const all = [...byPlace.values()]
      return {
        figures: all.map(({ figures }) => figures),
        sessions: all.flatMap(({ sessions }) => [...sessions.values()]),
      }
    },
  }
}

/** Adds sessions to the parts of a cohort; those that everybody contests do not count. */
export function countSessions(sessions: readonly BookSession[], parts: Slices): void {
  const mentored = new Map<number, { isFemale: boolean; slices: Slice[] }>()
  for (const session of sessions) {
    const present = session.studentIds.flatMap((id) => parts.find(id) ?? [])
    const slice = mostOf(present)
    if (!slice) continue
    countOne(session, slice)
    for (const { figures } of present) figures.student_minutes += session.minutes
    for (const { id, sex } of session.mentors) {
      const mentor = mentored.get(id) ?? { isFemale: sex === 'F', slices: [] }
      mentor.slices.push(slice)
      mentored.set(id, mentor)
    }
  }
  for (const { isFemale, slices: met } of mentored.values()) {
    const figures = mostOf(met)?.figures
    if (!figures) continue
    figures.mentors += 1
    if (isFemale) figures.female_mentors += 1
  }
}

function countOne(session: BookSession, slice: Slice): void {
  const { kind, format, minutes, confirmed, mentors } = session
  const { figures, sessions } = slice
  figures.sessions += 1
  figures.minutes += minutes
  if (confirmed) figures.confirmed_sessions += 1
  if (mentors.some(({ sex }) => sex === 'F')) figures.female_sessions += 1
  if (session.place === 'COMPANY') figures.company_sessions += 1
  const key = `${kind} ${format}`
  const { cohort_id, school_year, school_id, scheme, level } = figures
  const part = { cohort_id, school_year, school_id, scheme, level }
  const line = sessions.get(key) ?? { ...part, kind, format, sessions: 0, minutes: 0 }
  sessions.set(key, {
    ...line,
    sessions: line.sessions + 1,
    minutes: line.minutes + minutes,
  })
}

/** The one that is there most often; of several, the first. */
function mostOf<T>(all: readonly T[]): T | undefined {
  const groups = [...Map.groupBy(all, (one) => one).values()]
  return groups.toSorted((one, other) => other.length - one.length)[0]?.[0]
}

const NOTHING = {
  followed: 0,
  girls: 0,
  newcomers: 0,
  finished: 0,
  left_moved: 0,
  left_reoriented: 0,
  left_education: 0,
  left_other: 0,
  ended_early: 0,
  career_months_owed: 0,
  career_months_met: 0,
  career_students_owed: 0,
  career_students_met: 0,
  sessions: 0,
  confirmed_sessions: 0,
  female_sessions: 0,
  company_sessions: 0,
  minutes: 0,
  student_minutes: 0,
  mentors: 0,
  female_mentors: 0,
  placements: 0,
  placement_days: 0,
}
