import { announce } from '../people/announcements/announce.js'
import { addDays, at, workdayFrom } from './calendar.js'
import { ANNOUNCED, OWN_SCHOOL, type Announced } from './cast.data.js'
import { known, oneOf, type Happening, type Stage } from './stage.js'

/** What the platform said weeks ago, and what the own school says to its adults now. */
export function announced(stage: Stage): Happening[] {
  return ANNOUNCED.map((one) => {
    const day = workdayFrom(addDays(stage.plan.today, -one.daysAgo))
    return { at: at(day, 7, 30), happen: () => say(stage, one, day) }
  })
}

async function say(stage: Stage, { ofSchool, to, days, words }: Announced, day: string) {
  const { approver, organisation } = known(stage.schools, OWN_SCHOOL)
  const { actor } = ofSchool ? approver : oneOf(stage.admins, 0)
  await announce(stage.ctx, actor, {
    organisation: ofSchool ? organisation.publicId : '',
    ...{ to, roles: [], ...words },
    ...{ fromDay: day, untilDay: addDays(day, days) },
  })
}
