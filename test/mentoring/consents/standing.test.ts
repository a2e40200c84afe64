import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageOn, dayAfter } from '../../../src/mentoring/days.js'
import { dayBefore } from '../../../src/people/days.js'
import { monthsAfter } from '../../../src/mentoring/consents/record.js'
import { ASKINGS, INFORMATION, PURPOSES } from '../../../src/mentoring/consents/purposes.data.js'
import {
  birthdayOf,
  hasClosed,
  standingOf,
  voicesOf,
  type Around,
  type Said,
  type Voice,
} from '../../../src/mentoring/consents/standing.js'

const BORN = '2012-05-10'
const EVE = '2027-05-09'
const BIRTHDAY = '2027-05-10'
const EARLY = '2026-11-24'

const said = (
  voice: Voice,
  answer: Said['answer'],
  day = EARLY,
  expiresOn = '2029-11-24',
): Said => ({
  ...{ voice, answer, day, at: `${day}T10:00:00.000Z` },
  expiresOn: answer === 'agreed' ? expiresOn : null,
})
const around = (day = EARLY, changes: Partial<Around> = {}): Around => ({
  ...{ birthDate: BORN, guardians: [1, 2].map((id) => ({ id, endedOn: null })), needs: 'one', day },
  ...changes,
})
const state = (words: readonly Said[], day = EARLY, changes: Partial<Around> = {}) =>
  standingOf(words, around(day, changes)).state

describe('the texts', () => {
  test.each([...PURPOSES.map((name) => ASKINGS[name]), INFORMATION])(
    'have the digest of what they say: a changed text has another ($title.en)',
    ({ text, sha256 }) => {
      for (const language of ['fr', 'en'] as const) {
        const digest = createHash('sha256').update(text[language]).digest('hex')
        expect(sha256[language]).toBe(digest)
      }
    },
  )
})

describe('under 15 (L78 art. 45), student and guardian agree jointly', () => {
  test('nothing is agreed to by anybody alone', () => {
    expect(standingOf([], around())).toEqual({ state: 'waiting', who: ['student', 1, 2] })
    expect(standingOf([said('student', 'agreed')], around())).toEqual({
      state: 'waiting',
      who: [1, 2],
    })
    expect(standingOf([said(1, 'agreed')], around())).toEqual({
      state: 'waiting',
      who: ['student'],
    })
  })

  test('one guardian is enough, as acte usuel; a no of the other, or of the student, is a no', () => {
    const yes = [said('student', 'agreed'), said(1, 'agreed')]
    expect(state(yes)).toBe('agreed')
    expect(standingOf([...yes, said(2, 'refused')], around())).toEqual({
      state: 'refused',
      who: [2],
    })
    expect(state([...yes, said('student', 'withdrawn')])).toBe('withdrawn')
    expect(standingOf([...yes, said(1, 'withdrawn')], around())).toEqual({
      state: 'withdrawn',
      who: [1],
    })
    // Who changes their mind back agrees again.
    expect(state([...yes, said(2, 'refused'), said(2, 'agreed')])).toBe('agreed')
  })

  test('where all are asked, one guardian is not enough', () => {
    const yes = [said('student', 'agreed'), said(1, 'agreed')]
    expect(standingOf(yes, around(EARLY, { needs: 'all' }))).toEqual({ state: 'waiting', who: [2] })
    expect(state([...yes, said(2, 'agreed')], EARLY, { needs: 'all' })).toBe('agreed')
    const nobody = { needs: 'all', guardians: [] } as const
    expect(state([said('student', 'agreed')], EARLY, nobody)).toBe('waiting')
  })

  test('with no guardian known, paper is waited for, and is enough', () => {
    const none = { guardians: [] }
    const yes = [said('student', 'agreed')]
    expect(standingOf(yes, around(EARLY, none))).toEqual({ state: 'waiting', who: ['paper'] })
    expect(state([...yes, said('paper', 'agreed')], EARLY, none)).toBe('agreed')
    expect(state([...yes, said('paper', 'refused')], EARLY, none)).toBe('refused')
  })

  test('who is guardian no more speaks no more', () => {
    const yes = [said('student', 'agreed'), said(1, 'agreed')]
    const ended = (endedOn: string) => ({ guardians: [{ id: 1, endedOn }] })
    expect(state(yes, '2026-12-31', ended('2027-01-01'))).toBe('agreed')
    expect(state(yes, '2027-01-01', ended('2027-01-01'))).toBe('waiting')
  })

  test('an agreement holds until the day before it runs out', () => {
    const yes = [
      said('student', 'agreed', EARLY, '2027-03-01'),
      said(1, 'agreed', EARLY, '2027-02-01'),
    ]
    expect(standingOf(yes, around('2027-01-31'))).toEqual({
      ...{ state: 'agreed', since: `${EARLY}T10:00:00.000Z`, until: '2027-02-01' },
    })
    expect(standingOf(yes, around('2027-02-01'))).toEqual({ state: 'expired', who: [1] })
  })
})

describe('on the birthday of 15 the word of the student counts alone', () => {
  test('and nobody else is asked', () => {
    expect(voicesOf(around(EVE))).toEqual(['student', 1, 2])
    expect(voicesOf(around(EVE, { guardians: [] }))).toEqual(['student', 'paper'])
    expect(voicesOf(around(BIRTHDAY))).toEqual(['student'])
  })

  test('what both agreed to goes on; a guardian’s word of then stops it no more', () => {
    const yes = [said('student', 'agreed'), said(1, 'agreed')]
    expect([state(yes, EVE), state(yes, BIRTHDAY)]).toEqual(['agreed', 'agreed'])
    expect(state([...yes, said(1, 'withdrawn', BIRTHDAY)], BIRTHDAY)).toBe('agreed')
    expect(state([...yes, said('student', 'withdrawn', BIRTHDAY)], BIRTHDAY)).toBe('withdrawn')
  })

  test('what a guardian had refused, or never answered, comes true by no birthday: the student says it anew', () => {
    const refused = [said('student', 'agreed'), said(1, 'refused')]
    for (const words of [refused, [said('student', 'agreed')]]) {
      expect(standingOf(words, around(BIRTHDAY))).toEqual({ state: 'waiting', who: ['student'] })
      expect(state([...words, said('student', 'agreed', EVE)], BIRTHDAY)).toBe('waiting')
      expect(state([...words, said('student', 'agreed', BIRTHDAY)], BIRTHDAY)).toBe('agreed')
    }
  })

  test('29 February: 1 March in a common year', () => {
    expect(birthdayOf('2012-02-29', 15)).toBe('2027-03-01')
    expect(birthdayOf('2012-02-29', 16)).toBe('2028-02-29')
    const yes = [said('student', 'agreed', '2027-02-28')]
    const born = { birthDate: '2012-02-29' }
    expect(state(yes, '2027-02-28', born)).toBe('waiting')
    expect(state([said('student', 'agreed', '2027-03-01')], '2027-03-01', born)).toBe('agreed')
  })

  test('a birthday is the first day of an age, whatever the birth date', () => {
    fc.assert(
      fc.property(aDay('2008-01-01'), fc.integer({ min: 1, max: 30 }), (born, age) => {
        const day = birthdayOf(born, age)
        expect([ageOn(born, dayBefore(day)), ageOn(born, day)]).toEqual([age - 1, age])
      }),
    )
  })
})

describe('what a no has closed', () => {
  const opened = (day: string) => ({ at: `${day}T09:00:00.000Z`, day })
  const isClosed = (words: readonly Said[], day: string) => hasClosed(words, opened(day), around())

  test('stays closed, whatever is said afterwards', () => {
    for (const voice of ['student', 1, 'paper'] as const) {
      const words = [said(voice, 'agreed'), said(voice, 'withdrawn', EVE)]
      expect([isClosed(words, EARLY), isClosed(words, EVE)]).toEqual([true, true])
      expect(isClosed([...words, said(voice, 'agreed', BIRTHDAY)], EVE)).toBe(true)
      expect(isClosed(words, BIRTHDAY)).toBe(false)
    }
  })

  test('is nothing by a guardian’s word of 15, nor by one of before what was opened since', () => {
    for (const voice of [1, 'paper'] as const) {
      expect(isClosed([said(voice, 'withdrawn', BIRTHDAY)], EARLY)).toBe(false)
      const found = { ...said(voice, 'refused', EVE), at: '2027-06-01T10:00:00.000Z' }
      expect([isClosed([found], EVE), isClosed([found], BIRTHDAY)]).toEqual([true, false])
    }
    expect(isClosed([said('student', 'withdrawn', BIRTHDAY)], BIRTHDAY)).toBe(true)
  })

  test('spares, by a paper that is written down later, what was opened after a later yes of the same voice', () => {
    const found = { ...said('student', 'refused', '2026-12-01'), at: '2026-12-24T10:00:00.000Z' }
    const words = [said('student', 'agreed'), found, said('student', 'agreed', '2026-12-10')]
    expect(['2026-12-09', '2026-12-10'].map((day) => isClosed(words, day))).toEqual([true, false])
    const ofAnother = [found, said(1, 'agreed', '2026-12-10')]
    expect(isClosed(ofAnother, '2026-12-10')).toBe(true)
  })
})

describe('properties', () => {
  const stories = fc.record({
    words: fc.array(
      fc.record({
        voice: fc.constantFrom<Voice>('student', 1, 2, 'paper'),
        answer: fc.constantFrom<Said['answer']>('agreed', 'agreed', 'refused', 'withdrawn'),
        after: fc.integer({ min: 0, max: 200 }),
        lasts: fc.integer({ min: 1, max: 900 }),
      }),
      { maxLength: 8 },
    ),
    guardians: fc.subarray([1, 2]),
    needs: fc.constantFrom<Around['needs']>('one', 'all'),
    later: fc.integer({ min: 0, max: 400 }),
  })
  type Story = typeof stories extends fc.Arbitrary<infer T> ? T : never

  /** Words of half a year before the birthday, or after it. */
  function told({ words, guardians, needs }: Story, from = '2026-12-01') {
    const ordered = words.toSorted((one, other) => one.after - other.after)
    return {
      words: ordered.map(({ voice, answer, after, lasts }) =>
        said(voice, answer, daysAfter(from, after), daysAfter(from, after + lasts)),
      ),
      changes: { needs, guardians: guardians.map((id) => ({ id, endedOn: null })) },
    }
  }

  test('nothing is agreed to by the passing of time: not by a birthday either', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { words, changes } = told(story)
        const day = words.at(-1)?.day ?? EARLY
        const later = state(words, daysAfter(day, story.later), changes)
        if (later === 'agreed') expect(state(words, day, changes)).toBe('agreed')
      }),
      { numRuns: 2_000 },
    )
  })

  test('under 15 it is agreed exactly when the student and a guardian say yes and nobody says no', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { words, changes } = told({ ...story, needs: 'one' }, '2026-09-01')
        const day = '2027-05-01'
        const last = (voice: Voice) => words.findLast((one) => one.voice === voice)
        const voices: Voice[] = ['student', ...changes.guardians.map(({ id }) => id), 'paper']
        const isNo = voices.some((voice) => (last(voice)?.answer ?? 'agreed') !== 'agreed')
        const isYes = (voice: Voice) => (last(voice)?.expiresOn ?? '') > day
        const expected = !isNo && isYes('student') && voices.slice(1).some(isYes)
        expect(state(words, day, changes) === 'agreed').toBe(expected)
      }),
      { numRuns: 2_000 },
    )
  })

  test('one more no of anybody who is asked is never an agreement', () => {
    fc.assert(
      fc.property(stories, fc.constantFrom('refused', 'withdrawn'), (story, no) => {
        const { words, changes } = told(story)
        const day = words.at(-1)?.day ?? EARLY
        for (const voice of voicesOf(around(day, changes))) {
          expect(state([...words, said(voice, no, day)], day, changes)).not.toBe('agreed')
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('from 15 on, what a guardian says changes nothing', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { words, changes } = told(story, BIRTHDAY)
        const day = words.at(-1)?.day ?? BIRTHDAY
        const own = words.filter(({ voice }) => voice === 'student')
        expect(standingOf(words, around(day, changes))).toEqual(
          standingOf(own, around(day, changes)),
        )
      }),
      { numRuns: 1_000 },
    )
  })
})

test('a month later is the same day, or the last of the month', () => {
  expect(monthsAfter('2026-11-24', 1)).toBe('2026-12-24')
  expect(monthsAfter('2026-12-31', 1)).toBe('2027-01-31')
  expect(monthsAfter('2027-01-31', 1)).toBe('2027-02-28')
  expect(monthsAfter('2028-01-30', 1)).toBe('2028-02-29')
  expect(monthsAfter('2028-02-29', 36)).toBe('2031-02-28')
})

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

function aDay(from: string) {
  return fc.integer({ min: 0, max: 3_000 }).map((days) => daysAfter(dayAfter(from), days))
}
