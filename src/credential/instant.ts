/** Two clocks may differ by this much. */
export const SKEW_MS = 60_000

const INSTANT =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))T\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/

/**
 * A date and time in milliseconds; without a zone it is UTC, as W3C tells verifiers.
 *
 * @returns undefined without a value, NaN for one that is no instant (30 February, a bare day)
 * @see https://www.w3.org/TR/vc-data-model-2.0/#representing-time
 */
export function toInstant(value: unknown): number | undefined {
  if (value === undefined) return undefined
  const parts = typeof value === 'string' ? INSTANT.exec(value) : null
  if (!parts) return NaN
  const [instant, day = '', ofMonth = '', zone] = parts
  if (ofMonth > SHORTEST_MONTH && !isDay(day)) return NaN
  return Date.parse(zone === undefined ? `${instant}Z` : instant)
}

/** Days that every month has. */
const SHORTEST_MONTH = '28'

function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
}
