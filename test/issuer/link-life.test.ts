import { describe, expect, test } from 'vitest'
import { isOpen, lastDayOf, showsEvidence, showsOf } from '../../src/issuer/link-life.js'

describe('until when a link opens', () => {
  test.each([
    ['month', '2028-02-28', '2028-03-29'],
    ['half-year', '2026-11-24', '2027-05-26'],
    ['year', '2026-02-28', '2027-02-28'],
  ] as const)('a life of a %s from %s ends on %s', (life, today, day) => {
    expect(lastDayOf(life, today)).toBe(day)
  })

  test('one without an end has no last day', () => {
    expect(lastDayOf('unlimited', '2026-11-24')).toBeNull()
  })

  test('its last day is a day on which it opens, the next one is not; a closed one never opens', () => {
    const link = { closed_at: null, until_day: '2027-05-26' }
    expect(isOpen(link, '2027-05-26')).toBe(true)
    expect(isOpen(link, '2027-05-27')).toBe(false)
    expect(isOpen({ ...link, until_day: null }, '2999-01-01')).toBe(true)
    expect(isOpen({ ...link, closed_at: '2026-11-24T11:00:00Z' }, '2026-11-24')).toBe(false)
  })

  test('what a later version has let it show is shown as little as possible', () => {
    expect(showsOf({ shows: 'evidence' })).toBe('evidence')
    expect(showsOf({ shows: 'named' })).toBe('named')
    expect(showsOf({ shows: 'photo' })).toBe('badge')
    const all = ['badge', 'evidence', 'named', 'photo']
    expect(all.filter((shows) => showsEvidence({ shows }))).toEqual(['evidence', 'named'])
  })
})
