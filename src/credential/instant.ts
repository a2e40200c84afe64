/** Two clocks may differ by this much. */
export const SKEW_MS = 60_000

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/

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
  const [instant, zone] = parts
  const day = new Date(`${instant.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== instant.slice(0, 10))
    return NaN
  return Date.parse(zone === undefined ? `${instant}Z` : instant)
}
