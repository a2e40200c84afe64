import type { LevelCode } from '../mentoring/levels.js'
import type { SessionKind } from '../mentoring/schemes/ptech.js'
import type { SessionFormat } from '../mentoring/schemes/scheme.js'

/** What a demo will live through: values only, the same each time for one day. Acts do the rest. */
export type Plan = Readonly<{
  today: string
  /** The school year of today, by the year that it starts in. */
  year: number
  schools: readonly SchoolPlan[]
  students: readonly StudentPlan[]
  sessions: readonly SessionPlan[]
  placements: readonly PlacementPlan[]
  dossiers: readonly DossierPlan[]
  collegians: readonly CollegianPlan[]
  pairs: readonly PairPlan[]
  /** Of cordées and of pairs. */
  groupSessions: readonly GroupSessionPlan[]
}>

/** Schools and companies are told by their place in organisations.data.ts, from 0. */
export type SchoolPlan = Readonly<{
  school: number
  /** Years in which a cohort entered. */
  entryYears: readonly number[]
  /** The first is the principal one; each with the day from which it takes part. */
  companies: readonly Readonly<{ company: number; fromDay: string }>[]
}>

type Pupil = Readonly<{
  /** From 1: the INE follows from it. */
  number: number
  givenName: string
  familyName: string
  sex: 'F' | 'M'
  birthDate: string
}>

export type StudentPlan = Pupil &
  Readonly<{
    /** The school whose cohort it is. */
    school: number
    entryYear: number
    /** The entry year of the cohort that somebody was in who repeats the 2nde. */
    leftCohort?: number
    /** Where and at which level in each year: a BTS may be in another school. */
    years: readonly Readonly<{ year: number; level: LevelCode; school: number }>[]
    /** The last day in the cohort. */
    leftOn?: string
  }>

/** A collégien of a cordée; both are told by their place in their data files, from 0. */
export type CollegianPlan = Pupil &
  Readonly<{
    college: number
    cordee: number
    years: readonly Readonly<{ year: number; level: '4E' | '3E' }>[]
  }>

/** A young person and the mentor of the same place. */
export type PairPlan = Readonly<{
  young: StudentPlan | CollegianPlan
  startedOn: string
  /** The last day, of the one that ended early (JM-05). */
  endedOn?: string
}>

/** A session of a cordée or of a pair, told by its place. */
export type GroupSessionPlan = Readonly<{
  group: Readonly<{ cordee: number } | { pair: number }>
  kind: string
  day: string
  minutes: number
  topic: string
  /** Whose people lead it: who runs the group, unless it is a company, by its place. */
  company?: number
  /** Their places. */
  mentors: readonly number[]
  students: readonly (StudentPlan | CollegianPlan)[]
  recordedAt: string
  /** Undefined: it still waits. */
  confirmedAt: string | undefined
}>

type Fact = Readonly<{
  company: number
  /** Of the company's endorsers: mentor or tutor. */
  endorser: number
  /** Undefined: it still waits. */
  confirmedAt: string | undefined
  recordedAt: string
  /** One who says that it is wrong. */
  contestedBy: StudentPlan | undefined
}>

export type SessionPlan = Fact &
  Readonly<{
    school: number
    entryYear: number
    kind: SessionKind
    format: SessionFormat
    day: string
    minutes: number
    topic: string
    students: readonly StudentPlan[]
  }>

export type PlacementPlan = Fact &
  Readonly<{
    student: StudentPlan
    /** Of the company's endorsers and its other tutors. */
    tutor: number
    fromDay: string
    untilDay: string
    daysDone: number
  }>

export const STEPS = ['opened', 'proposed', 'assessed', 'endorsed', 'approved'] as const
export type Step = (typeof STEPS)[number]

export type DossierPlan = Readonly<{
  student: StudentPlan
  /** Of the examples, from 0, and its version, from 1. */
  template: number
  version: number
  /** The instant of each step that was taken, in the order of STEPS. */
  steps: readonly string[]
  /** After the first two. */
  refusedAt?: string
  revokedAt?: string
  /** The student opened a link to the badge. */
  shared?: 'shared' | 'revoked' | 'expired' | 'other'
}>
