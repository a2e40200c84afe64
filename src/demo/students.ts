import { enrolStudent } from '../mentoring/enrol-student.js'
import { createPerson } from '../people/create-person.js'
import { dayAt } from '../people/days.js'
import { toSlug } from '../people/names.js'
import { OPERATOR } from '../people/operator.js'
import { at, dayOf } from './calendar.js'
import { CONTESTING, OWN_STUDENT } from './cast.data.js'
import { TRACK } from './organisations.data.js'
import type { StudentPlan } from './plan.js'
import { asPlayer, cohortKey, known, oneOf, schoolOn, type Happening, type Stage } from './stage.js'

/** The class lists of every school year, and who enters which cohort. */
export function arrivals(stage: Stage): Happening[] {
  const { schools, students } = stage.plan
  const years = [...new Set(students.flatMap((one) => one.years.map(({ year }) => year)))].sort()
  const lists = years.flatMap((year) =>
    schools.flatMap(({ school }) => {
      const listed = students.filter((one) =>
        one.years.some((then) => then.year === year && then.school === school),
      )
      return listed.length === 0
        ? []
        : [
            {
              at: at(dayOf(year, '09-02'), 8, school),
              happen: () => importList(stage, { school, year, students: listed }),
            },
          ]
    }),
  )
  return [...lists, ...students.flatMap((student) => enrolments(stage, student))]
}

function enrolments(stage: Stage, student: StudentPlan): Happening[] {
  const { school, entryYear, years } = student
  const enter = (cohortYear: number, fromYear: number): Happening => ({
    at: at(dayOf(fromYear, '09-03'), 8, school),
    happen: () =>
      enrolStudent(stage.ctx, oneOf(known(stage.schools, school).teachers, 0).actor, {
        cohortId: known(stage.cohorts, cohortKey(school, cohortYear)),
        studentId: known(stage.students, student),
        fromDay: dayOf(fromYear, '09-01'),
      }),
  })
  void years
  return [enter(entryYear, entryYear)]
}

type List = Readonly<{ school: number; year: number; students: readonly StudentPlan[] }>

/** SEAM: until the import of class lists is there. */
async function importList(stage: Stage, { school, year, students }: List): Promise<void> {
  const { ctx } = stage
  const schoolId = known(stage.schools, school).organisation.id
  for (const student of students) {
    const level = student.years.find((one) => one.year === year)?.level ?? '2NDE_PRO'
    let id: number
    const ine = ineOf(student)
    const found = await ctx.db
      .selectFrom('students')
      .select('id')
      .where('ine_fingerprint', '=', ctx.vault.fingerprint(ine))
      .executeTakeFirst()
    if (found) id = found.id
    else {
      const public_id = ctx.newId()
      const row = await ctx.db
        .insertInto('students')
        .values({
          public_id,
          school_id: schoolId,
          given_name: student.givenName,
          family_name: student.familyName,
          sex: student.sex,
          birth_date_sealed: ctx.vault.seal(student.birthDate),
          ine_fingerprint: ctx.vault.fingerprint(ine),
          created_at: ctx.now().toISOString(),
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      id = row.id
      stage.students.set(student, public_id)
    }
    await ctx.db
      .updateTable('schoolings')
      .set({ until_day: dayOf(year - 1, '08-14').replace('08-14', '08-31') })
      .where('student_id', '=', id)
      .where('until_day', 'is', null)
      .execute()
    await ctx.db.updateTable('students').set({ school_id: schoolId }).where('id', '=', id).execute()
    await ctx.db
      .insertInto('schoolings')
      .values({
        student_id: id,
        school_id: schoolId,
        level,
        mef: TRACK.mefs[level as keyof typeof TRACK.mefs],
        division: 'x',
        from_day: dayOf(year, '09-01'),
      })
      .execute()
  }
}

const INE_LETTERS = 'ABCDEFGHJK'

/** 000000001AA, 000000002AA … 000000300KK: of the right form, and nobody's. */
export function ineOf({ number }: StudentPlan): string {
  const letter = (place: number) => INE_LETTERS.charAt(place % INE_LETTERS.length)
  const before = number - 1
  const digits = String(number).padStart(9, '0')
  return `${digits}${letter(Math.floor(before / 30))}${letter(Math.floor((before % 30) / 3))}`
}

/** The accounts of those who have something to see: a badge to come, or a fact to contest. */
export function studentAccounts(stage: Stage): Happening[] {
  const { dossiers, students, year } = stage.plan
  const since = new Map<StudentPlan, string>()
  for (const { student, steps } of dossiers) {
    const day = (steps[0] ?? '').slice(0, 10)
    if (day < (since.get(student) ?? '9999')) since.set(student, day)
  }
  const parts = [OWN_STUDENT, ...CONTESTING]
  for (const student of students.filter(({ number }) => parts.includes(number))) {
    const day = dayOf(year, '09-10')
    if (day < (since.get(student) ?? '9999')) since.set(student, day)
  }
  return [...since].map(([student, day]) => ({
    at: at(day, 6, student.number % 60),
    happen: () => openAccount(stage, student),
  }))
}

/** SEAM */
async function openAccount(stage: Stage, student: StudentPlan): Promise<void> {
  const { ctx } = stage
  const day = dayAt(ctx.now(), ctx.config.timeZone)
  const { organisation } = known(stage.schools, schoolOn(student, day))
  const person = await createPerson(ctx, OPERATOR, {
    givenName: student.givenName,
    familyName: student.familyName,
    email: emailOf(student),
    role: 'student',
    organisationId: organisation.id,
  })
  await ctx.db
    .updateTable('students')
    .set({ person_id: person.id })
    .where('public_id', '=', known(stage.students, student))
    .execute()
  stage.accounts.set(student, await asPlayer(ctx, person))
}

export function emailOf({
  givenName,
  familyName,
}: Pick<StudentPlan, 'givenName' | 'familyName'>): string {
  return `${toSlug(givenName)}.${toSlug(familyName)}@example.org`
}
