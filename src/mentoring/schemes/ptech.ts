import type { DomainError } from '../../errors.js'
import type { Words } from '../../words.js'
import { dayAfter, dayInWords, isWithin, lastDayOf, type Period } from '../days.js'
import { isAtLeast, LEVEL_WORDS, type LevelCode } from '../levels.js'
import { openSchoolDays, type Breaks } from '../school-calendar/school-days.js'
import { refusedBy, wrongField } from '../refusals.js'
import { schoolYearLabel } from '../school-year.js'
import type { Warning } from '../warnings.js'
import {
  levelOn,
  type Scheme,
  type Schooling,
  type SessionCase,
  type SessionFormat,
} from './scheme.js'

/** PT-01 */
export const SESSION_KINDS = ['PROJET', 'IMMERSION', 'CARRIERE'] as const
export type SessionKind = (typeof SESSION_KINDS)[number]

export const KIND_WORDS: Readonly<Record<SessionKind, Words>> = {
  PROJET: { fr: 'Projet', en: 'Project' },
  IMMERSION: { fr: 'Immersion', en: 'Immersion' },
  CARRIERE: { fr: 'Carrière', en: 'Career' },
}

/** PT-05: no text says how large a "petit groupe" may be; beyond this we ask to confirm. */
export const MAX_SMALL_GROUP = 6

/** PT-02 and PT-03: the level from which a student takes part. */
const FLOORS: Readonly<Record<SessionKind, Readonly<{ level: LevelCode; rule: string }>>> = {
  PROJET: { level: '2NDE_PRO', rule: 'PT-02' },
  IMMERSION: { level: '2NDE_PRO', rule: 'PT-02' },
  CARRIERE: { level: '1RE_PRO', rule: 'PT-03' },
}

/**
 * PT-01. @throws {DomainError} rule-refused
 */
export function toSessionKind(text: string): SessionKind {
  const kind = SESSION_KINDS.find((known) => known === text)
  if (kind) return kind
  throw refusedBy('PT-01', '/kind', {
    fr: `« ${text.slice(0, 40)} » n’est pas un type de séance. Une séance P-TECH est de type PROJET, IMMERSION ou CARRIERE. Choisissez l’un des trois.`,
    en: `“${text.slice(0, 40)}” is no kind of session. A P-TECH session is PROJET, IMMERSION or CARRIERE. Choose one of the three.`,
  })
}

/**
 * PT-02 and PT-03: whether the level that the student had on the day lets them take part.
 *
 * @param pointer of the student in what was asked
 * @throws {DomainError} rule-refused
 */
export function assertLevelAllows(
  kind: SessionKind,
  schoolings: readonly Schooling[],
  day: string,
  pointer: string,
): void {
  const floor = FLOORS[kind]
  const level = levelOn(schoolings, day)
  if (level !== undefined && isAtLeast(level, floor.level)) return
  const on = dayInWords(day)
  if (level === undefined) {
    throw refusedBy(floor.rule, pointer, {
      fr: `Aucune scolarité n’est connue le ${on.fr} pour un élève. Importez la liste de classe, ou retirez-le.`,
      en: `No schooling is known on ${on.en} for a student. Import the class list, or leave them out.`,
    })
  }
  const [needed, found] = [LEVEL_WORDS[floor.level], LEVEL_WORDS[level]]
  throw refusedBy(floor.rule, pointer, {
    fr: `Le ${on.fr}, un élève était en ${found.fr} : le type ${KIND_WORDS[kind].fr} commence en ${needed.fr}. Retirez-le ou changez de type.`,
    en: `On ${on.en} a student was in ${found.en}: the kind ${KIND_WORDS[kind].en} starts in ${needed.en}. Leave them out or change the kind.`,
  })
}

type Attendance = Readonly<{ kind: SessionKind; format: SessionFormat; studentCount: number }>

/**
 * PT-05: a CARRIERE session is one to one or in a small group, and the format tells the number.
 *
 * @throws {DomainError} rule-refused
 */
export function assertFormat({ kind, format, studentCount }: Attendance): void {
  if (kind === 'CARRIERE' && format === 'CLASSE') {
    throw refusedBy('PT-05', '/format', {
      fr: 'Une séance Carrière est individuelle ou en petit groupe. Changez le format.',
      en: 'A Career session is one to one or in a small group. Change the format.',
    })
  }
  if (format !== 'INDIVIDUEL' || studentCount === 1) return
  throw refusedBy('PT-05', '/studentIds', {
    fr: `Une séance individuelle a un élève ; ${studentCount} sont cochés. Changez le format ou les élèves.`,
    en: `A one-to-one session has one student; ${studentCount} are ticked. Change the format or the students.`,
  })
}

/** PT-05, PT-06 and PT-07: what is asked to be confirmed, and kept. */
export function sessionWarnings(
  session: Attendance & Pick<SessionCase, 'topicAgreed' | 'coordinated'>,
): Warning[] {
  const { kind, format, studentCount, topicAgreed, coordinated } = session
  return [
    ...(format === 'PETIT_GROUPE' && studentCount > MAX_SMALL_GROUP
      ? [largeGroup(studentCount)]
      : []),
    ...(kind === 'PROJET' && !topicAgreed ? [TOPIC_NOT_AGREED] : []),
    ...(kind === 'IMMERSION' && !coordinated ? [NOT_COORDINATED] : []),
  ]
}

function largeGroup(count: number): Warning {
  return {
    rule: 'PT-05',
    words: {
      fr: `Ce petit groupe a ${count} élèves, plus que ${MAX_SMALL_GROUP}. Confirmez, ou changez le format.`,
      en: `This small group has ${count} students, more than ${MAX_SMALL_GROUP}. Confirm it, or change the format.`,
    },
  }
}

const TOPIC_NOT_AGREED: Warning = {
  rule: 'PT-06',
  words: {
    fr: 'Le sujet d’une séance Projet est défini avec l’agent de liaison. Confirmez qu’il ne l’a pas été, ou indiquez son accord.',
    en: 'The topic of a Project session is defined with the liaison officer. Confirm that it was not, or say that they agreed.',
  },
}
const NOT_COORDINATED: Warning = {
  rule: 'PT-07',
  words: {
    fr: 'Une immersion est coordonnée par l’agent de liaison. Confirmez qu’elle ne l’a pas été, ou indiquez sa coordination.',
    en: 'An immersion is coordinated by the liaison officer. Confirm that it was not, or say that they coordinated it.',
  },
}

/**
 * The format that the number of students tells, if nobody says another: a CARRIERE session is never
 * with the class (PT-05), but may be a small group that is large.
 */
export function formatOf(kind: string, studentCount: number): SessionFormat {
  if (studentCount === 1) return 'INDIVIDUEL'
  return kind === 'CARRIERE' || studentCount <= MAX_SMALL_GROUP ? 'PETIT_GROUPE' : 'CLASSE'
}

/** A student as PT-04 sees them: their levels, their time in the cohort, their CARRIERE sessions. */
export type CareerRecord = Readonly<{
  schoolings: readonly Schooling[]
  enrolments: readonly Period[]
  careerDays: readonly string[]
}>

/** PT-04 [D]: a month with fewer days of school asks for no session. */
const MIN_SCHOOL_DAYS = 8

/**
 * PT-04: the months of a school year, up to `today`, without a CARRIERE session for a student who
 * was in 1re pro or later at the end of the month. July, August and months with few school days do
 * not count; months of PFMP do.
 *
 * @param breaks of the calendar of the student's school; none where it is not known
 * @returns months as YYYY-MM; the last one may still be going on
 */
export function careerOwed(
  record: CareerRecord,
  year: number,
  today: string,
  breaks: Breaks,
): string[] {
  return careerMonths(year).filter((month) => {
    if (month > today.slice(0, 7)) return false
    const monthEnd = lastDayOf(month)
    const day = monthEnd < today ? monthEnd : today
    const level = levelOn(record.schoolings, day)
    return (
      level !== undefined &&
      isAtLeast(level, FLOORS.CARRIERE.level) &&
      record.enrolments.some((enrolment) => isWithin(day, enrolment)) &&
      !record.careerDays.some((careerDay) => careerDay.startsWith(month)) &&
      openSchoolDays(month, breaks) >= MIN_SCHOOL_DAYS
    )
  })
}

/** The months of a school year in which PT-04 may count, September to June, as YYYY-MM. */
export function careerMonths(year: number): string[] {
  return ['09', '10', '11', '12', '01', '02', '03', '04', '05', '06'].map(
    (month) => `${month >= '09' ? year : year + 1}-${month}`,
  )
}

/** A company's time with a class. */
export type CompanyLink = Period & Readonly<{ companyId: number; role: 'principal' | 'partner' }>

/**
 * PT-09: from the first day on, a class has exactly one principal company at any date (hence at
 * least one company): principals follow each other without a gap, and the last one goes on.
 *
 * @throws {DomainError} rule-refused
 */
export function assertOnePrincipal(links: readonly CompanyLink[]): void {
  const principals = links
    .filter(({ role }) => role === 'principal')
    .toSorted((one, other) => one.fromDay.localeCompare(other.fromDay))
  let due = links.map(({ fromDay }) => fromDay).toSorted()[0]
  for (const { fromDay, untilDay } of principals) {
    if (due === undefined || fromDay !== due) throw notOnePrincipal(due ?? fromDay)
    due = untilDay === null ? undefined : dayAfter(untilDay)
  }
  if (principals.length === 0 || due !== undefined) throw notOnePrincipal(due)
}

/** PT-11: said when the store already holds this class's cohort of the year. */
export function secondCohort(entryYear: number): DomainError {
  const year = schoolYearLabel(entryYear)
  return refusedBy('PT-11', '/entryYear', {
    fr: `Cette classe a déjà une cohorte entrée en ${year} : une seule par année scolaire. Choisissez une autre année.`,
    en: `This class already has a cohort that entered in ${year}: one only each school year. Choose another year.`,
  })
}

function notOnePrincipal(day: string | undefined): DomainError {
  const on = day === undefined ? undefined : dayInWords(day)
  return refusedBy('PT-09', '/role', {
    fr: `Une classe P-TECH a une entreprise principale et une seule à toute date${on ? ` ; ce ne serait pas le cas le ${on.fr}` : ''}. Corrigez les dates.`,
    en: `A P-TECH class has one principal company, and one only, at any date${on ? `; that would not be so on ${on.en}` : ''}. Correct the dates.`,
  })
}

export const ptech: Scheme = {
  code: 'PTECH',
  words: { fr: 'P-TECH', en: 'P-TECH' },
  group: {
    words: { fr: 'Cohorte', en: 'Cohort' },
    several: { fr: 'Cohortes', en: 'Cohorts' },
    owner: { fr: 'Lycée', en: 'Lycée' },
    page: '/cohorts',
    opening: { page: '/classes', words: { fr: 'Classes P-TECH', en: 'P-TECH classes' } },
  },
  ofOne: false,
  oneGroupAtATime: true,
  asksVolunteering: false,
  mentorsFrom: 'class-companies',
  judgeGroup() {
    throw wrongField('/scheme', {
      fr: 'Une cohorte P-TECH s’ouvre sur la page de sa classe. Ouvrez-la là.',
      en: 'A P-TECH cohort is opened on the page of its class. Open it there.',
    })
  },
  // Non-selective (PT-19), and the levels are judged with each session.
  judgeEnrolment: () => [],
  kinds: SESSION_KINDS.map((code) => ({ code, words: KIND_WORDS[code] })),
  judgeSession(session) {
    const kind = toSessionKind(session.kind)
    for (const { schoolings, pointer } of session.students) {
      assertLevelAllows(kind, schoolings, session.day, pointer)
    }
    const attendance = { ...session, kind, studentCount: session.students.length }
    assertFormat(attendance)
    return sessionWarnings(attendance)
  },
  formatOf,
}
