import { addDays, at, workdayFrom } from './calendar.js'
import { CONTESTING, OWN_SCHOOL, OWN_STUDENT } from './cast.data.js'
import type { Dice } from './dice.js'
import type { StudentPlan } from './plan.js'

export type Around = Readonly<{ dice: Dice; year: number; today: string }>

/** When it is recorded and confirmed; what is young, and a few of the own school’s (AL-2), still wait. */
export function afterwards({ dice, today }: Around, day: string, students: readonly StudentPlan[]) {
  const recordedOn = workdayFrom(day)
  const recordedAt = at(recordedOn, 16, dice.upTo(50))
  const confirmedOn = workdayFrom(addDays(recordedOn, 1 + dice.upTo(6)))
  const isForgotten =
    dice.oneIn(60) &&
    students.some(({ number, school }) => school === OWN_SCHOOL && number !== OWN_STUDENT)
  const waits = confirmedOn >= today || isForgotten
  const confirmedAt = waits ? undefined : at(confirmedOn, 8, dice.upTo(50))
  const contesting = students.find(({ number }) => CONTESTING.includes(number))
  const contestedBy = day >= addDays(today, -40) ? contesting : undefined
  return {
    recordedAt: recordedOn >= today ? at(addDays(today, -1), 15) : recordedAt,
    confirmedAt,
    contestedBy,
  }
}

/** The same of who leaves nothing waiting: recorded on the day, confirmed two days later. */
export function noted(day: string, today: string) {
  const recordedOn = workdayFrom(day)
  const confirmedOn = workdayFrom(addDays(recordedOn, 2))
  return {
    recordedAt: recordedOn >= today ? at(addDays(today, -1), 15) : at(recordedOn, 17),
    confirmedAt: confirmedOn >= today ? undefined : at(confirmedOn, 7),
  }
}
