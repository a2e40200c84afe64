const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/

/**
 * A date and time in milliseconds; without a zone it is UTC, as W3C tells verifiers.
 *
 * @returns undefined without a value, NaN for one that is no instant (30 February, a bare day)
 * @see https://www.w3.org/TR/vc-data-model-2.0/#representing-time
 */
export function toInstant(value: unknown): number | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'string' || !INSTANT.test(value)) return NaN
  const zoned = /(?:Z|[+-]\d\d:\d\d)$/.test(value) ? value : `${value}Z`
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== value.slice(0, 10))
    return NaN
  return Date.parse(zoned)
}
