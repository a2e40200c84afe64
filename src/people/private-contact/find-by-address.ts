import type { Context } from '../../context.js'
import type { Db } from '../../store/schema.js'
import { today } from '../days.js'
import { listAssignments } from '../store.js'
import { contactHash } from './rules.js'
import { findPersonByContact } from './store.js'

type Found = NonNullable<Awaited<ReturnType<typeof findPersonByContact>>>

/**
 * Whose private address this is, if it lets them in: once no organisation gives them a role any more. Before, the account is
 * their school's, which has ways of its own.
 *
 * @param address in lower case
 */
export async function findByPrivateAddress(
  ctx: Context,
  db: Db,
  address: string,
): Promise<Found | undefined> {
  const person = await findPersonByContact(db, contactHash(ctx, address))
  if (!person) return undefined
  return (await listAssignments(db, person.id, today(ctx))).length === 0 ? person : undefined
}
