import { withdrawInvited } from '../administration/invitations/follow-up.js'
import { inviteList } from '../administration/invitations/invite-list.js'
import { acceptInvitation } from '../people/accept-invitation.js'
import { findPersonByEmail } from '../people/store.js'
import { addDays, at, workdayFrom } from './calendar.js'
import { INVITED, INVITED_DAYS_AGO, OWN_SCHOOL } from './cast.data.js'
import { PASSWORD } from './hand-out.js'
import { known, type Happening, type Stage } from './stage.js'

/** The own school has invited colleagues by a list: one came in, one was a mistake, the others are awaited. */
export function invited(stage: Stage): Happening[] {
  const day = workdayFrom(addDays(stage.plan.today, -INVITED_DAYS_AGO))
  return [{ at: at(day, 14), happen: () => inviteColleagues(stage) }]
}

async function inviteColleagues({ ctx, schools }: Stage): Promise<void> {
  const { approver, organisation } = known(schools, OWN_SCHOOL)
  const text = INVITED.map(({ line }) => line.join(' ; ')).join('\n')
  const list = { organisation: organisation.publicId, text }
  const { runId, links } = await inviteList(ctx, approver.actor, list)
  for (const { line, then } of INVITED) {
    const [, , email] = line
    const url = links.find((link) => link.email === email)?.url ?? ''
    if (then === 'comes') await acceptInvitation(ctx, url.slice(url.lastIndexOf('/') + 1), PASSWORD)
    if (then !== 'withdrawn') continue
    const person = await findPersonByEmail(ctx.db, email)
    await withdrawInvited(ctx, approver.actor, { runId, people: [person?.publicId ?? ''] })
  }
}
