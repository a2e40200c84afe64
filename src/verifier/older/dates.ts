import { checkValidity } from '../check-validity.js'
import type { Json } from '../../credential/values.js'
import type { Found } from '../found.js'

/** The dates of an older badge, checked like those of today. */
export function checkDates({ issuedOn, expires }: Json, now: Date): Found {
  return checkValidity(
    {
      validFrom: toW3cInstant(issuedOn),
      ...(expires !== undefined && { validUntil: toW3cInstant(expires) }),
    },
    now,
  )
}

/** Open Badges 2.0 lets the seconds be left out. */
export function toW3cInstant(date: unknown): unknown {
  return typeof date === 'string'
    ? date.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d)(Z|[+-]\d\d:\d\d)?$/, '$1:00$2')
    : date
}
