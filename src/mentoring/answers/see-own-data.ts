import type { Db } from '../../store/schema.js'
import type { VettingCode } from '../mentors/vetting.js'
import { listMentorsOfPerson } from '../mentors/store.js'
import { findPerson } from '../../people/store.js'
import { countLed } from './store.js'

/** What the service keeps of whoever has a link: all of it, in words that they can check. */
export type OwnData = Readonly<{
  name: string
  hasEmail: boolean
  /** As a mentor; somebody who leads sessions by a role in a company may be none. */
  mentorOf: readonly Readonly<{
    organisationName: string
    vetting: VettingCode
    charterOn: string | null
  }>[]
  /** Sessions that they are said to have led. */
  sessions: number
}>

export async function seeOwnData(db: Db, personId: number): Promise<OwnData> {
  const person = await findPerson(db, personId)
  const mentorOf = await listMentorsOfPerson(db, personId)
  return {
    name: person ? `${person.givenName} ${person.familyName}` : '',
    hasEmail: person?.email != null,
    mentorOf: mentorOf.map(({ organisationName, vetting, charterOn }) => ({
      organisationName,
      vetting,
      charterOn,
    })),
    sessions: await countLed(db, personId),
  }
}
