import { dayBefore } from '../../people/days.js'
import { ageOn, isDay } from '../days.js'
import { ALONE_FROM_AGE } from './purposes.data.js'

/** Who speaks: the student, a guardian by id, or a guardian of whom there is only paper. */
export type Voice = 'student' | 'paper' | number

/** What somebody said, in the order in which it was said. */
export type Said = Readonly<{
  voice: Voice
  answer: 'agreed' | 'refused' | 'withdrawn'
  /** The day at school on which it was said. */
  day: string
  at: string
  /** The first day on which an agreement counts no more. */
  expiresOn: string | null
}>

export type Around = Readonly<{
  birthDate: string
  guardians: readonly Readonly<{ id: number; endedOn: string | null }>[]
  /** Under 15: whether one guardian is enough. */
  needs: 'one' | 'all'
  /** On which day it is asked. */
  day: string
}>

/** What holds now. `who`: those who said so, or whose word is missing or has run out. */
export type Standing = Readonly<
  | { state: 'agreed'; since: string; until: string | null }
  | { state: 'refused' | 'withdrawn' | 'expired' | 'waiting'; who: readonly Voice[] }
>

/**
 * What holds of a purpose, for one student. Under 15 student and guardian agree jointly, and a no of anybody is a no. From 15 on
 * the student's word counts alone: that of before, only if it held the day before the birthday. Nothing is ever
 * agreed to by the passing of time.
 *
 * @param said about this purpose and this badge, the oldest first
 */
export function standingOf(said: readonly Said[], around: Around): Standing {
  const { birthDate, day } = around
  if (ageOn(birthDate, day) < ALONE_FROM_AGE) return jointly(said, around)
  const own = latestOf(said, 'student')
  if (!own) return { state: 'waiting', who: ['student'] }
  const birthday = birthdayOf(birthDate, ALONE_FROM_AGE)
  if (own.day >= birthday || own.answer !== 'agreed') return together([own], day)
  const before = said.filter((one) => one.day < birthday)
  const heldThen = jointly(before, { ...around, day: dayBefore(birthday) }).state === 'agreed'
  return heldThen ? together([own], day) : { state: 'waiting', who: ['student'] }
}

/**
 * Whether a no has closed, for good, what was opened to others: who agrees again opens another. A guardian's closes nothing from the
 * 15th birthday on, nor what was opened since. One that stands on a paper spares what was opened after a later yes.
 *
 * @param opened.day at school
 */
export function hasClosed(
  said: readonly Said[],
  opened: Readonly<{ at: string; day: string }>,
  { birthDate }: Pick<Around, 'birthDate'>,
): boolean {
  const birthday = birthdayOf(birthDate, ALONE_FROM_AGE)
  return said.some((no) => {
    if (no.answer === 'agreed' || no.at < opened.at) return false
    if (no.voice !== 'student' && (no.day >= birthday || opened.day >= birthday)) return false
    const isLaterYes = ({ voice, answer, day }: Said) =>
      voice === no.voice && answer === 'agreed' && day > no.day && day <= opened.day
    return !said.some(isLaterYes)
  })
}

/** Who is asked beside those who have answered, on the day of `around`. */
export function voicesOf({ birthDate, guardians, day }: Around): Voice[] {
  if (ageOn(birthDate, day) >= ALONE_FROM_AGE) return ['student']
  const known = activeOn(guardians, day)
  return ['student', ...(known.length > 0 ? known : (['paper'] as const))]
}

/** The first day of an age: who is born on 29 February has it on 1 March of a common year. */
export function birthdayOf(birthDate: string, age: number): string {
  const day = `${Number(birthDate.slice(0, 4)) + age}${birthDate.slice(4)}`
  return isDay(day) ? day : `${day.slice(0, 4)}-03-01`
}

/** The last word of somebody. */
export function latestOf(said: readonly Said[], voice: Voice): Said | undefined {
  return said.findLast((one) => one.voice === voice)
}

function jointly(said: readonly Said[], around: Around): Standing {
  const { guardians, needs, day } = around
  const known = activeOn(guardians, day)
  const last = (voice: Voice) => latestOf(said, voice)
  const own = last('student')
  const paper = last('paper')
  const answered = [own, ...known.map(last), paper].filter((one) => one !== undefined)
  const no = answered.filter(({ answer }) => answer !== 'agreed')
  if (no.length > 0) return together(no, day)
  const holds = (one: Said | undefined) => one !== undefined && !hasExpired(one, day)
  const yes = known.filter((id) => holds(last(id)))
  const enough =
    holds(paper) ||
    (needs === 'one' ? yes.length > 0 : known.length > 0 && yes.length === known.length)
  const asked: readonly Voice[] = known.length > 0 ? known : ['paper']
  const missing = [
    ...(holds(own) ? [] : (['student'] as const)),
    ...(enough ? [] : asked.filter((voice) => !holds(last(voice)))),
  ]
  if (missing.length === 0) return together(answered.filter(holds), day)
  const ranOut = missing.filter((voice) => last(voice) !== undefined)
  return ranOut.length > 0 ? { state: 'expired', who: ranOut } : { state: 'waiting', who: missing }
}

/** What the words of those on whom it rests come to: each had the last one that they said. */
function together(words: readonly Said[], day: string): Standing {
  const who = (answer: Said['answer']) =>
    words.filter((one) => one.answer === answer).map(({ voice }) => voice)
  if (who('refused').length > 0) return { state: 'refused', who: who('refused') }
  if (who('withdrawn').length > 0) return { state: 'withdrawn', who: who('withdrawn') }
  const expired = words.filter((one) => hasExpired(one, day)).map(({ voice }) => voice)
  if (expired.length > 0) return { state: 'expired', who: expired }
  const ends = words.flatMap(({ expiresOn }) => expiresOn ?? [])
  return {
    state: 'agreed',
    since: words.map(({ at }) => at).reduce((one, other) => (one > other ? one : other), ''),
    until: ends.length === 0 ? null : ends.reduce((one, other) => (one < other ? one : other)),
  }
}

function hasExpired({ expiresOn }: Said, day: string): boolean {
  return expiresOn !== null && expiresOn <= day
}

function activeOn(guardians: Around['guardians'], day: string): number[] {
  return guardians.filter(({ endedOn }) => endedOn === null || endedOn > day).map(({ id }) => id)
}
