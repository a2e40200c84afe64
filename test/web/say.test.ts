import { describe, expect, test } from 'vitest'
import { sayIn } from '../../src/web/say.js'

const french = sayIn('fr')
const english = sayIn('en')
/** Intl sets narrow and hard spaces; people see a space. */
const spaced = (text: string) => text.replace(/\s/g, ' ')

describe('Say', () => {
  test('chooses the language', () => {
    expect(french({ fr: 'Sceau', en: 'Seal' })).toBe('Sceau')
    expect(english({ fr: 'Sceau', en: 'Seal' })).toBe('Seal')
  })

  test('tells days and months in words', () => {
    expect(french.day('2026-03-02')).toBe('2 mars 2026')
    expect(english.day('2026-03-02')).toBe('2 March 2026')
    expect(french.month('2026-03')).toBe('mars 2026')
    expect(english.month('2026-12')).toBe('December 2026')
  })

  test('tells an instant in the time zone of the service, in winter, in summer, past midnight', () => {
    expect(french.instant('2026-01-15T08:05:00Z')).toContain('09:05')
    expect(french.instant('2026-07-15T08:05:00Z')).toContain('10:05')
    expect(english.instant('2026-07-14T22:30:00Z')).toContain('15 July 2026')
  })

  test('tells hours, numbers and lists', () => {
    expect(spaced(french.hours(480))).toBe('8 h')
    expect(spaced(french.hours(485))).toBe('8 h 05')
    expect(spaced(french.number(131072))).toBe('131 072')
    expect(english.number(131072)).toBe('131,072')
    expect(french.list(['projet', 'immersion', 'carrière'])).toBe('projet, immersion et carrière')
    expect(english.list(['a', 'b'])).toBe('a and b')
  })
})
