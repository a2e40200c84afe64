import { z } from 'zod'
import { dayInWords, isWithin, toDay } from '../days.js'
import { wrongField } from '../refusals.js'
import type { Grid } from './grids.js'
import type { Days } from './hosting.js'
import { assertDaysDone } from './record-placement.js'
import { OUTCOMES, type Outcome } from './states.js'

/** What a form of an assessment says; while it is only saved, anything may be missing. */
export type AssessmentInput = Readonly<{
  /** Level by criterion. */
  marks: Readonly<Record<string, string>>
  comment: string
  /** '' as long as it is not said. */
  outcome: string
  daysDone: string
  /** Of one that ended early. */
  lastDay: string
  missedHours: string
}>

export type Assessment = Readonly<{
  marks: Readonly<Record<string, string>>
  comment: string
  outcome: Outcome | null
  daysDone: number | null
  lastDay: string | null
  missedHours: number | null
}>

const MOST_COMMENT = 500

/**
 * An assessment that may be incomplete. What can't be read is not kept, so that nothing is lost silently:
 * it is refused.
 *
 * @throws {DomainError} invalid-request
 */
export function toAssessment(input: AssessmentInput, grid: Grid): Assessment {
  const comment = input.comment.trim()
  if (comment.length > MOST_COMMENT) {
    throw wrongField('/comment', {
      fr: `Écrivez ce commentaire en ${MOST_COMMENT} caractères au plus.`,
      en: `Write this comment in ${MOST_COMMENT} characters or fewer.`,
    })
  }
  const levels = grid.levels.map(({ code }) => code)
  const marks = criteriaOf(grid).flatMap(({ code }) => {
    const level = input.marks[code]
    return level !== undefined && levels.includes(level) ? [[code, level] as const] : []
  })
  return {
    marks: Object.fromEntries(marks),
    comment,
    outcome: OUTCOMES.find((outcome) => outcome === input.outcome) ?? null,
    daysDone: toCount(input.daysDone, '/daysDone'),
    lastDay: input.lastDay === '' ? null : toDay(input.lastDay, '/lastDay'),
    missedHours: toCount(input.missedHours, '/missedHours'),
  }
}

/** What an assessment that is sent says of the days: none of somebody who never came. */
export type Said = Readonly<{ outcome: Outcome; untilDay: string; daysDone: number | null }>

/**
 * An assessment that is complete: an outcome, the days, and a level for each criterion.
 *
 * @throws {DomainError} invalid-request or rule-refused
 */
export function assertComplete(said: Assessment, grid: Grid, period: Days): Said {
  const { outcome } = said
  if (outcome === null) {
    throw wrongField('/outcome', {
      fr: 'Dites comment la période s’est passée.',
      en: 'Say how the placement went.',
    })
  }
  if (outcome === 'DID_NOT_SHOW') return { outcome, untilDay: period.untilDay, daysDone: null }
  const open = criteriaOf(grid).find(({ code }) => said.marks[code] === undefined)
  if (open) {
    throw wrongField(`/mark-${open.code}`, {
      fr: `Il manque une réponse : « ${open.title} ».`,
      en: `An answer is missing: “${open.title}”.`,
    })
  }
  const untilDay = outcome === 'COMPLETED' ? period.untilDay : lastDayOf(said, period)
  const daysDone = said.daysDone ?? 0
  assertDaysDone(daysDone, { fromDay: period.fromDay, untilDay })
  return { outcome, untilDay, daysDone }
}

export function criteriaOf({ competences }: Grid): readonly { code: string; title: string }[] {
  return competences.flatMap(({ criteria }) => criteria)
}

const Marks = z.record(z.string(), z.string()).catch({})

export function readMarks(text: string): Readonly<Record<string, string>> {
  return Marks.parse(JSON.parse(text))
}

function lastDayOf({ lastDay, missedHours }: Assessment, period: Days): string {
  if (lastDay === null || !isWithin(lastDay, period)) {
    const [from, until] = [dayInWords(period.fromDay), dayInWords(period.untilDay)]
    throw wrongField('/lastDay', {
      fr: `Donnez le dernier jour de présence, du ${from.fr} au ${until.fr}.`,
      en: `Give the last day of presence, from ${from.en} to ${until.en}.`,
    })
  }
  if (missedHours !== null) return lastDay
  throw wrongField('/missedHours', {
    fr: 'Donnez le nombre d’heures manquées ; 0 s’il n’y en a pas.',
    en: 'Give the number of hours missed; 0 if there are none.',
  })
}

function toCount(text: string, pointer: string): number | null {
  if (text.trim() === '') return null
  const count = Number(text)
  if (Number.isInteger(count) && count >= 0 && count <= 2_000) return count
  throw wrongField(pointer, {
    fr: 'Donnez un nombre entier, de 0 à 2 000.',
    en: 'Give a whole number, from 0 to 2,000.',
  })
}
