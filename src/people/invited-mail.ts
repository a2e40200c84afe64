import { listLost } from '../mail/lost-store.js'
import type { GivenUpWhy } from '../mail/store.js'
import type { Db } from '../store/schema.js'
import type { Person } from './store.js'

type Named = Pick<Person, 'publicId'>

/** What the key of every letter with a link for somebody begins with. */
export const invitedMatter = ({ publicId }: Named): string => `invited ${publicId}`

/** Of some persons, those whom the latest letter with a link never reached, by their public id. */
export async function listUnreached(
  db: Db,
  people: readonly Named[],
): Promise<ReadonlyMap<string, GivenUpWhy>> {
  const lost = await listLost(db, people.map(invitedMatter))
  return new Map(
    people.flatMap((one) => {
      const why = lost.get(invitedMatter(one))
      return why ? [[one.publicId, why] as const] : []
    }),
  )
}
