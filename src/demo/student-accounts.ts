import { openStudentAccount } from '../mentoring/students/open-student-account.js'
import { acceptInvitation } from '../people/accept-invitation.js'
import { findPersonByEmail } from '../people/store.js'
import { toSlug } from '../people/names.js'
import { at, dayOf } from './calendar.js'
import { CONTESTING, OWN_STUDENT } from './cast.data.js'
import { PASSWORD } from './hand-out.js'
import type { StudentPlan } from './plan.js'
import { asPlayer, known, oneOf, schoolOn, type Happening, type Stage } from './stage.js'

/** The accounts of those who have something to see: a badge to come, or a fact to contest. */
export function studentAccounts(stage: Stage): Happening[] {
  const { dossiers, students, year } = stage.plan
  const since = new Map<StudentPlan, string>()
  const neededOn = (student: StudentPlan, day: string) => {
    if (day < (since.get(student) ?? '9999')) since.set(student, day)
  }
  for (const { student, steps } of dossiers) neededOn(student, (steps[0] ?? '').slice(0, 10))
  const cast = students.filter(({ number }) => [OWN_STUDENT, ...CONTESTING].includes(number))
  for (const student of cast) neededOn(student, dayOf(year, '09-03'))
  return [...since].map(([student, day]) => ({
    at: at(day, 6, student.number % 60),
    happen: () => openAccount(stage, student, day),
  }))
}

async function openAccount(stage: Stage, student: StudentPlan, day: string): Promise<void> {
  const { ctx } = stage
  const { teachers } = known(stage.schools, schoolOn(student, day))
  // An adult may have the same name.
  const email = `${toSlug(student.givenName)}.${toSlug(student.familyName)}.eleve@example.org`
  const studentId = known(stage.students, student)
  const { link } = await openStudentAccount(ctx, oneOf(teachers, 0).actor, { studentId, email })
  // One alone signs in; the others have their link still.
  if (student.number === OWN_STUDENT) {
    await acceptInvitation(ctx, link.slice(link.lastIndexOf('/') + 1), PASSWORD)
  }
  const person = await findPersonByEmail(ctx.db, email)
  if (!person) throw new Error('An account of the demo was not made.')
  stage.accounts.set(student, await asPlayer(ctx, person))
}
