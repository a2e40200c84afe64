import { sql } from 'kysely'
import type { Context } from '../../context.js'
import { dayAfter, today } from '../../people/days.js'
import { WARNING_DAYS } from './retention.data.js'

/** Of a row of `persons`: they can be written to, at the address of their account or at the private one of who has left. */
export const HAS_ADDRESS = sql<boolean>`(persons.disabled_at is null and (persons.email is not null
  or exists (select 1 from private_contacts
    where private_contacts.person_id = persons.id and private_contacts.address_sealed is not null)))`

/** On this day or before it somebody was warned whose time is over now. */
export function lastWarnedDay(ctx: Pick<Context, 'now' | 'config'>): string {
  return dayAfter(today(ctx), -WARNING_DAYS)
}

/** Whose age is reached on this day is warned now. */
export function warnedForDay(ctx: Pick<Context, 'now' | 'config'>): string {
  return dayAfter(today(ctx), WARNING_DAYS)
}

/**
 * The last day on which there is still what is of somebody.
 *
 * @param by the last day by their age
 * @param since the last day on which something of theirs went on here: a warning of before counts no more
 */
export function lastDay(
  ctx: Pick<Context, 'now' | 'config'>,
  {
    by,
    since,
    toldOn,
    hasAddress,
  }: Readonly<{ by: string; since: string; toldOn: string | null; hasAddress: boolean }>,
): string {
  if (!hasAddress) return by
  const warned = toldOn !== null && toldOn > since ? toldOn : today(ctx)
  const afterWarning = dayAfter(warned, WARNING_DAYS - 1)
  return afterWarning > by ? afterWarning : by
}
