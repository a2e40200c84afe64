import { describe, expect, test } from 'vitest'
import { DomainError } from '../../src/errors.js'
import { toSiret } from '../../src/people/siret.js'
import { toUai } from '../../src/people/uai.js'

describe('a UAI', () => {
  test.each(['9990001X', '9990002Y', '9990003Z', '9990015M'])('%s is one', (uai) => {
    expect(toUai(uai)).toBe(uai)
  })

  test('is read with spaces and small letters', () => {
    expect(toUai(' 9990001 x ')).toBe('9990001X')
  })

  test('with the wrong letter is refused, with the value and the letter expected', () => {
    const error = refusal(() => toUai('9990001Y'))
    expect(error.fields).toEqual([{ pointer: '/uai', words: error.words }])
    expect(error.words.fr).toContain('9990001Y')
    expect(error.words.fr).toContain('la lettre est X')
    expect(error.words.en).toContain('the letter is X')
  })

  test.each(['', '999001X', '99900011', '9990001XX', 'X9990001'])('is not “%s”', (text) => {
    expect(refusal(() => toUai(text)).words.fr).toContain('sept chiffres puis une lettre')
  })
})

describe('a SIRET', () => {
  test.each(['00099001000019', '00099002800011', '00099003600014', '00099004400018'])(
    '%s is one',
    (siret) => {
      expect(toSiret(siret)).toBe(siret)
    },
  )

  test('is read with the spaces that people put in it', () => {
    expect(toSiret('000 990 010 00019')).toBe('00099001000019')
  })

  test.each(['35600000000048', '35600000049837', '35600000009075'])(
    'of La Poste may have a sum of digits that is a multiple of five: %s',
    (siret) => {
      expect(toSiret(siret)).toBe(siret)
    },
  )

  test('of another company may not', () => {
    // Sum of digits 30, and no Luhn sum.
    expect(refusal(() => toSiret('00099001000029')).words.fr).toContain('cinq derniers chiffres')
  })

  test('of La Poste with neither sum is refused', () => {
    expect(() => toSiret('35600000049838')).toThrow(DomainError)
  })

  test('whose SIREN is wrong says so, with the value and the field', () => {
    const error = refusal(() => toSiret('00099001100018'))
    expect(error.words.fr).toContain('00099001100018')
    expect(error.words.fr).toContain('000990011')
    expect(error.fields[0]?.pointer).toBe('/siret')
  })

  test.each(['', '0009900100001', '000990010000190', '0009900100001O'])('is not “%s”', (text) => {
    expect(refusal(() => toSiret(text)).words.en).toContain('fourteen digits')
  })
})

function refusal(act: () => unknown): DomainError {
  try {
    act()
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
  throw new Error('Nothing was refused.')
}
