const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/

/**
 * Milliseconds since 1970. A date without a zone is taken as UTC, as W3C says, wherever the service runs.
 *
 * @returns undefined without a value, NaN for one that is no instant (30 February, a bare day)
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
