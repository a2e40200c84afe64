import { siecleXml } from '../mentoring/class-list/write-siecle.js'
import { endEnrolment } from '../mentoring/cohorts/end-enrolment.js'
import type { LevelCode } from '../mentoring/levels.js'
import { enrolStudents } from '../mentoring/cohorts/enrol-student.js'
import { importClassList } from '../mentoring/imports/import-class-list.js'
import { findStudentsByIne } from '../mentoring/imports/store.js'
import { at, dayOf } from './calendar.js'
import { SCHOOLS, TRACK, trackOf } from './organisations.data.js'
import type { StudentPlan } from './plan.js'
import { cohortKey, known, oneOf, type Happening, type Stage } from './stage.js'

/** The class lists of every school year, and who enters which cohort. */
export function arrivals(stage: Stage): Happening[] {
  const { schools, students } = stage.plan
  const years = [...new Set(students.flatMap((one) => one.years.map(({ year }) => year)))].sort()
  return [
    ...years.flatMap((year) => schools.flatMap(({ school }) => listOf(stage, school, year))),
    ...schools.flatMap(({ school, entryYears }) =>
      entryYears.map((entryYear) => entry(stage, school, entryYear)),
    ),
    ...students.flatMap((student) => changes(stage, student)),
  ]
}

function listOf(stage: Stage, school: number, year: number): Happening[] {
  const listed = stage.plan.students.filter(({ years }) =>
    years.some((then) => then.year === year && then.school === school),
  )
  if (listed.length === 0) return []
  return [
    {
      at: at(dayOf(year, '09-02'), 8, school),
      happen: () => importList(stage, { school, year, listed }),
    },
  ]
}

type List = Readonly<{ school: number; year: number; listed: readonly StudentPlan[] }>

/** The file that the school's SIECLE would export. */
async function importList(stage: Stage, { school, year, listed }: List): Promise<void> {
  const { ctx } = stage
  const { organisation, teachers } = known(stage.schools, school)
  const students = listed.map((student) => ({
    ine: ineOf(student),
    familyName: student.familyName,
    givenName: student.givenName,
    sex: student.sex,
    birthDate: student.birthDate,
    ...courseOf(student, year),
  }))
  const file = siecleXml({ uai: oneOf(SCHOOLS, school).uai, schoolYear: year, students })
  const input = { schoolId: organisation.publicId, schoolYear: year, file }
  await importClassList(ctx, oneOf(teachers, 0).actor, input)
  const fingerprints = listed.map((student) => ctx.vault.fingerprint(ineOf(student)))
  const found = await findStudentsByIne(ctx.db, fingerprints)
  for (const { student } of found) {
    const planned = listed[fingerprints.indexOf(student.ine_fingerprint)]
    if (planned) stage.students.set(planned, student.public_id)
  }
}

function courseOf({ school, years }: StudentPlan, year: number) {
  const level = years.find((one) => one.year === year)?.level
  if (level === undefined || !isOfTrack(level)) throw new Error('No such course.')
  const { mefs, divisions } = trackOf(school)
  return { mef: mefs[level], division: divisions[level] }
}

function isOfTrack(level: LevelCode): level is keyof typeof TRACK.mefs {
  return Object.hasOwn(TRACK.mefs, level)
}

/** All who enter a cohort, on the same day. */
function entry(stage: Stage, school: number, entryYear: number): Happening {
  const students = stage.plan.students.filter(
    (one) => one.school === school && (one.leftCohort ?? one.entryYear) === entryYear,
  )
  return {
    at: at(dayOf(entryYear, '09-03'), 8, school),
    happen: () => enrol(stage, { school, entryYear, students }),
  }
}

type Entry = Readonly<{ school: number; entryYear: number; students: readonly StudentPlan[] }>

function enrol(stage: Stage, { school, entryYear, students }: Entry): Promise<number> {
  return enrolStudents(stage.ctx, oneOf(known(stage.schools, school).teachers, 0).actor, {
    cohortId: known(stage.cohorts, cohortKey(school, entryYear)),
    studentIds: students.map((student) => known(stage.students, student)),
    fromDay: dayOf(entryYear, '09-01'),
  })
}

/** Who leaves, and who repeats the 2nde and so goes on with the cohort after theirs. */
function changes(stage: Stage, student: StudentPlan): Happening[] {
  const { school, entryYear, leftOn, leftCohort } = student
  const leave = (cohortYear: number, lastDay: string, reason: string) =>
    endEnrolment(stage.ctx, oneOf(known(stage.schools, school).teachers, 0).actor, {
      cohortId: known(stage.cohorts, cohortKey(school, cohortYear)),
      studentId: known(stage.students, student),
      lastDay,
      reason,
    })
  if (leftOn !== undefined) {
    return [{ at: at(leftOn, 15), happen: () => leave(entryYear, leftOn, 'DEMENAGEMENT') }]
  }
  if (leftCohort === undefined) return []
  const lastDay = dayOf(leftCohort, '07-03')
  return [
    { at: at(lastDay, 15), happen: () => leave(leftCohort, lastDay, 'AUTRE') },
    {
      at: at(dayOf(entryYear, '09-03'), 9),
      happen: () => enrol(stage, { school, entryYear, students: [student] }),
    },
  ]
}

const INE_LETTERS = 'ABCDEFGHJK'

/** 000000001AA, 000000002AA … 000000300KK: of the right form, and nobody's. */
export function ineOf({ number }: Pick<StudentPlan, 'number'>): string {
  const letter = (place: number) => INE_LETTERS.charAt(place % INE_LETTERS.length)
  const before = number - 1
  const digits = String(number).padStart(9, '0')
  return `${digits}${letter(Math.floor(before / 30))}${letter(Math.floor((before % 30) / 3))}`
}
