import { expect, test } from 'vitest'
import { monthsLater } from '../../src/issuer/badge-content.js'

test.each([
  ['2026-11-24', 12, '2027-11-24'],
  ['2026-01-31', 1, '2026-02-28'],
  ['2028-02-29', 12, '2029-02-28'],
  ['2026-12-31', 2, '2027-02-28'],
])('a badge of %s that is valid for %i months ends on %s', (from, months, until) => {
  expect(monthsLater(`${from}T00:00:00Z`, months)).toBe(`${until}T00:00:00Z`)
})
