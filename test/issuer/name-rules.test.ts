import { describe, expect, test } from 'vitest'
import { foldName, isNameOf } from '../../src/issuer/name-rules.js'

describe('a name that somebody read on paper', () => {
  test.each([
    ['Zoé', 'Kergu', 'zoe kergu'],
    ['Zoé', 'Kergu', 'KERGU Zoé'],
    ['Zoé', 'Kergu', ' Zoe\u0301   KERGU. '],
    ['Jean-Pierre', 'Le Goffič', 'Jean Pierre Legoffic'],
    ['Jean-Pierre', 'Le Goffič', 'LE GOFFIC Jean-Pierre'],
    ['Chloé Marie', 'D’Œuvray', 'Chloe D\u2019Oeuvray'],
    ['Chloé Marie', 'D’Œuvray', 'Chloé Marie d\u0027Œuvray'],
    ['Işıl', 'Kılıç', 'ISIL KILIC'],
    ['İbrahim', 'Ďurčanský', 'ibrahim durcansky'],
    ['Thị Hồng', 'Nguyễn', 'nguyen thi hong'],
    ['Łukasz', 'Groß', 'Lukasz Gross'],
    ['Ḱatrin', 'Ḱaplan', 'katrin kaplan'],
    ['Zoé', 'Kergu', 'ＺＯＥ ＫＥＲＧＵ'],
  ])('%s %s is %s', (givenName, familyName, written) => {
    expect(isNameOf(written, { givenName, familyName })).toBe(true)
  })

  test.each([
    ['Zoé', 'Kergu', 'Zoé'],
    ['Zoé', 'Kergu', 'Kergu'],
    ['Zoé', 'Kergu', 'Zoé Kergue'],
    ['Zoé', 'Kergu', 'Zo Kergu'],
    ['Zoé', 'Kergu', ''],
    ['Jean-Pierre', 'Martin', 'Jean Martin'],
    ['Chloé Marie', 'Durand', 'Marie Durand'],
    // An erased record is nobody’s.
    ['', '', ''],
    ['', 'Kergu', 'Kergu'],
    ['Zoé', '', 'Zoé'],
    ['-', '-', '-'],
  ])('%s %s is not %s', (givenName, familyName, written) => {
    expect(isNameOf(written, { givenName, familyName })).toBe(false)
  })

  test('of signs alone folds to nothing', () => {
    expect(foldName(' .-\u0301\u200b ')).toBe('')
  })
})
