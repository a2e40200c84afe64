const MINUTE_MS = 60_000

/**
 * The instant at which clocks of a time zone show a time on a day. A time that the clocks jump over in spring
 * is that much later; of a time that comes twice in autumn it is the first.
 *
 * @param time HH:MM
 */
export function instantAt(day: string, time: string, timeZone: string): Date {
  const shown = Date.parse(`${day}T${time}:00Z`)
  // The offset may differ before and after: the larger one gives the earlier instant.
  const offsets = [-12, 12].map((hours) => offsetAt(shown + hours * 60 * MINUTE_MS, timeZone))
  const instants = offsets.toSorted((one, other) => other - one).map((offset) => shown - offset)
  const [early = shown, late = shown] = instants
  return new Date(early + offsetAt(early, timeZone) === shown ? early : late)
}

/** How far the clocks of the zone are ahead of UTC, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  return Date.parse(`${format.format(instant).replace(' ', 'T')}Z`) - instant
}
