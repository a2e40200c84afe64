import { describe, expect, test } from 'vitest'
import { lengthFault, toComment, toFunction, toReason } from '../../src/issuer/commitment.js'
import { refusalOf } from '../people/people.js'

const STUDENT = ['Zoé', 'Kerguélen', '2011-02-03', '03/02/2011']
const GOOD = 'L’élève a préparé son moule et stratifié une pièce conforme.'

describe('the comment of an endorsement', () => {
  test('is kept as it was typed, with plain ends', async () => {
    expect(await toComment(`  ${GOOD}\r\nDeux fois. `, STUDENT)).toBe(`${GOOD}\nDeux fois.`)
  })

  test.each([
    ['19 characters', 'a'.repeat(19), 'de 20 à 1000'],
    ['1001 characters', 'a'.repeat(1_001), 'vous en avez écrit 1001'],
    ['the given name', `zoe, ${GOOD}`, 'ne nomme jamais'],
    ['the family name', `${GOOD} Bravo KERGUELEN !`, 'ne nomme jamais'],
    ['the birth date', `${GOOD} Né le 03/02/2011.`, 'ne nomme jamais'],
    ['a telephone number', `${GOOD} 06 12 34 56 78`, 'ne nomme jamais'],
    ['an address', `${GOOD} zk@example.org`, 'ne nomme jamais'],
    ['HTML', `${GOOD} <b>oui</b>`, 'HTML'],
    ['a character that nobody sees', `${GOOD}\u202e`, 'invisibles'],
  ])('refuses %s, at its field', async (_, text, why) => {
    const refusal = await refusalOf(toComment(text, STUDENT))
    expect(refusal.code).toBe('invalid-request')
    expect(refusal.fields).toMatchObject([
      { pointer: '/comment', words: { fr: expect.stringContaining(why) } },
    ])
  })

  test('takes 20 and 1000 characters', async () => {
    for (const length of [20, 1_000])
      expect(await toComment('a'.repeat(length), STUDENT)).toHaveLength(length)
  })
})

test('a function and a reason have their own lengths', () => {
  expect(toFunction(' Tutrice ')).toBe('Tutrice')
  expect(() => toFunction('T')).toThrow('2 to 80')
  expect(toReason('Erreur')).toBe('Erreur')
  expect(() => toReason('non')).toThrow('you wrote 3')
  expect(lengthFault('reason', 'a'.repeat(301))?.fr).toContain('de 5 à 300')
  expect(lengthFault('reason', 'a'.repeat(300))).toBeUndefined()
})
