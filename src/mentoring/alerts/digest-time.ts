import { dayAt } from '../../people/days.js'

const DAY_MS = 24 * 60 * 60 * 1000
const MONDAY = 1
const AT = '07:00'

/** The next Monday at seven in the morning, by the clock of a time zone, after an instant. */
export function nextDigestAt(after: Date, timeZone: string): Date {
  const today = Date.parse(dayAt(after, timeZone))
  const days = (MONDAY - new Date(today).getUTCDay() + 7) % 7
  const at = (monday: number) => instantOf(new Date(monday).toISOString().slice(0, 10), timeZone)
  const first = at(today + days * DAY_MS)
  return first > after ? first : at(today + (days + 7) * DAY_MS)
}

function instantOf(day: string, timeZone: string): Date {
  const asIfUtc = Date.parse(`${day}T${AT}Z`)
  // Sweden writes instants as ISO 8601 does, but for the T.
  const local = new Date(asIfUtc).toLocaleString('sv-SE', { timeZone })
  const offset = Date.parse(`${local.replace(' ', 'T')}Z`) - asIfUtc
  return new Date(asIfUtc - offset)
}
