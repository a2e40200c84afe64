import type { Words } from '../../words.js'
import { isWithin, type Period } from '../days.js'
import type { LevelCode } from '../levels.js'
import type { Warning } from '../warnings.js'

export const SESSION_FORMATS = ['INDIVIDUEL', 'PETIT_GROUPE', 'CLASSE'] as const
export type SessionFormat = (typeof SESSION_FORMATS)[number]

/** A student's time at one level. Dated, because who repeats a year is not where their cohort is. */
export type Schooling = Period & Readonly<{ level: LevelCode }>

/** A session as a scheme judges it. */
export type SessionCase = Readonly<{
  kind: string
  format: SessionFormat
  day: string
  students: readonly Readonly<{
    /** Of the student in what was asked. */
    pointer: string
    schoolings: readonly Schooling[]
  }>[]
  /** PT-06: the liaison officer agreed to the topic. */
  topicAgreed: boolean
  /** PT-07: the liaison officer coordinated it. */
  coordinated: boolean
}>

/**
 * A national scheme: all that is particular to it. One file of this folder describes one, and its line in
 * index.ts makes it known; forms, acts and figures ask this and know no scheme by name.
 */
export type Scheme = Readonly<{
  /** Kept with every session and cohort: never changes. */
  code: string
  words: Words
  /** Kinds of session, in the order in which forms offer them. No kind is of two schemes. */
  kinds: readonly Readonly<{ code: string; words: Words }>[]
  /**
   * What refuses a session, and what warns.
   *
   * @throws {DomainError} rule-refused
   */
  judgeSession(session: SessionCase): readonly Warning[]
  /**
   * Whose people mentor: those of the companies that the class has on the day, or of who runs the cohort and of
   * any company.
   */
  mentorsFrom: 'class-companies' | 'owner-or-company'
  /** The format that a form takes for a number of students. */
  formatOf(kind: string, studentCount: number): SessionFormat
}>

export function levelOn(schoolings: readonly Schooling[], day: string): LevelCode | undefined {
  return schoolings.find((schooling) => isWithin(day, schooling))?.level
}
