import { giveContact } from '../issuer/leaving/give-contact.js'
import { acceptInvitation, invite } from '../people/accept-invitation.js'
import { OPERATOR } from '../people/operator.js'
import { confirmContact } from '../people/private-contact/confirm-contact.js'
import { signIn } from '../people/sign-in.js'
import { signOut } from '../people/sign-out.js'
import { addDays, at, dayOf } from './calendar.js'
import { LEAVERS } from './cast.data.js'
import { PASSWORD } from './hand-out.js'
import { known, type Happening, type Stage } from './stage.js'

type Leaver = (typeof LEAVERS)[number]

/** In Terminale: one has given a private address and confirmed it, one has not opened its link yet. */
export function leavers(stage: Stage): Happening[] {
  const { today, year } = stage.plan
  return LEAVERS.map((leaver) => {
    // Not before the account.
    const days = [addDays(today, -leaver.daysAgo), dayOf(year, '09-03')].toSorted()
    return { at: at(days.at(-1) ?? today, 18), happen: () => giveAddress(stage, leaver) }
  })
}

async function giveAddress(stage: Stage, { number, confirms }: Leaver): Promise<void> {
  const { ctx, plan } = stage
  const student = plan.students.find((one) => one.number === number)
  if (!student) throw new Error('A leaver of the demo is no student.')
  const { actor, person } = known(stage.accounts, student)
  const email = person.email ?? ''
  const chosen = await invite(ctx, OPERATOR, person.id)
  await acceptInvitation(ctx, lastOf(chosen), PASSWORD)
  const token = await signIn(ctx, { email, password: PASSWORD })
  const given = { token, email: email.replace('.eleve@', '.perso@'), language: 'fr' } as const
  const { url = '' } = await giveContact(ctx, actor, given)
  if (confirms) await confirmContact(ctx, actor, lastOf(url))
  await signOut(ctx, actor, token)
}

const lastOf = (url: string) => url.slice(url.lastIndexOf('/') + 1)
