import { objectAsStudent } from '../mentoring/consents/object.js'
import { sayWord } from '../mentoring/consents/say-word.js'
import { addDays, at, dayOf } from './calendar.js'
import { OWN_STUDENT } from './cast.data.js'
import { known, type Happening, type Stage } from './stage.js'

/** The student who can be played has read what they are told, and lately objected to a processing: it waits for the school. */
export function consents(stage: Stage): Happening[] {
  const { students, today, year } = stage.plan
  const student = students.find(({ number }) => number === OWN_STUDENT)
  if (!student) return []
  const actor = () => known(stage.accounts, student).actor
  // Not before the account.
  const days = [addDays(today, -5), dayOf(year, '09-03')].toSorted()
  const day = days.at(-1) ?? today
  const read = { purpose: 'information', badge: null, answer: 'read', language: 'fr' } as const
  const objection = {
    processing: 'figures',
    reason: 'Ma famille ne souhaite pas que mes stages entrent dans des totaux.',
  }
  return [
    { at: at(day, 17, 10), happen: () => sayWord(stage.ctx, actor(), read) },
    { at: at(day, 17, 20), happen: () => objectAsStudent(stage.ctx, actor(), objection) },
  ]
}
