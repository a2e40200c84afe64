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

/** A group as it is to be: who runs it, with which schools. */
export type GroupCase = Readonly<{
  /** Kinds of organisation, and what kind of a kind. */
  owner: Readonly<{ kind: string; type: string | null }>
  schools: readonly Readonly<{ pointer: string; kind: string }>[]
}>

/** A student who is to enter a group, as a scheme judges it. Never a grade, a rank or a score (PT-19, CO-04). */
export type EnrolmentCase = Readonly<{
  fromDay: string
  /** Of the student in what was asked. */
  pointer: string
  schoolings: readonly Schooling[]
  /** When the student's school has a part in the group. */
  schoolTimes: readonly Period[]
  /** CO-04: the day on which the student said that they volunteer. */
  volunteeredOn: string | null
  /** YYYY-MM-DD */
  birthDate: string
  /** How many are in the group already, from that day on. */
  others: number
}>

/**
 * A national scheme: all that is particular to it. One file of this folder describes one, and its line in
 * index.ts makes it known; forms, acts and figures ask this and know no scheme by name.
 */
export type Scheme = Readonly<{
  /** Kept with every session and cohort: never changes. */
  code: string
  words: Words
  /** What a group of it is called, who runs one, the pages that show one, and that which opens one. */
  group: Readonly<{
    words: Words
    several: Words
    owner: Words
    /** `/groups` shows those of any scheme of several students. */
    page: `/${string}`
    /** `/schemes/CODE/new` opens those of any scheme of several students. */
    openPage: `/${string}`
  }>
  /** Whether a group is one young person, and ends with their time in it. */
  ofOne: boolean
  /** Whether a student may be in one group of it at a time only. */
  oneGroupAtATime: boolean
  /** CO-04: whether the day on which a student volunteered is asked for. */
  asksVolunteering: boolean
  /** Whose people mentor: the companies of the P-TECH class, or who runs the group and any company. */
  mentorsFrom: 'class-companies' | 'owner-and-companies'
  /**
   * What refuses a group.
   *
   * @returns the type of its owner that is kept with it
   * @throws {DomainError} rule-refused or invalid-request
   */
  judgeGroup(group: GroupCase): string | null
  /**
   * What refuses a student, and what warns.
   *
   * @throws {DomainError} rule-refused
   */
  judgeEnrolment(enrolment: EnrolmentCase): readonly Warning[]
  /** Kinds of session, in the order in which forms offer them. No kind is of two schemes. */
  kinds: readonly Readonly<{ code: string; words: Words }>[]
  /**
   * What refuses a session, and what warns.
   *
   * @throws {DomainError} rule-refused
   */
  judgeSession(session: SessionCase): readonly Warning[]
  /** The format that a form takes for a number of students. */
  formatOf(kind: string, studentCount: number): SessionFormat
}>

export function levelOn(schoolings: readonly Schooling[], day: string): LevelCode | undefined {
  return schoolings.find((schooling) => isWithin(day, schooling))?.level
}
