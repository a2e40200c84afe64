import { ptech } from '../schemes/ptech.js'
import { oneMentor } from '../schemes/one-mentor.js'
import type { Row } from '../../store/schema.js'
import type { Words } from '../../words.js'
import type { Base, Said } from './bases.data.js'

/** The columns that are summed; the others say whose they are. */
export type Measured = Omit<
  Row<'cohort_figures'>,
  'id' | 'cohort_id' | 'school_year' | 'school_id' | 'scheme' | 'level' | 'counted_at'
>
export type Measure = keyof Measured

export const MEASURES = [
  'followed',
  'girls',
  'newcomers',
  'finished',
  'left_moved',
  'left_reoriented',
  'left_education',
  'left_other',
  'ended_early',
  'career_months_owed',
  'career_months_met',
  'career_students_owed',
  'career_students_met',
  'sessions',
  'confirmed_sessions',
  'female_sessions',
  'company_sessions',
  'minutes',
  'student_minutes',
  'mentors',
  'female_mentors',
  'placements',
  'placement_days',
] as const satisfies readonly Measure[]

/** Parts of those followed, each student in exactly one. */
export type Breakdown = Said &
  Readonly<{ parts: readonly (Said & { of: (m: Measured) => number })[] }>

const PER_YEAR = {
  fr: 'Sur l’année scolaire, jusqu’au jour du calcul.',
  en: 'Within the school year, until the day of counting.',
}

export const BREAKDOWNS: readonly Breakdown[] = [
  {
    code: 'sex',
    words: { fr: 'Filles parmi les élèves suivis', en: 'Girls among the students followed' },
    definition: {
      fr: 'D’après le registre du lycée (PT-24).',
      en: 'By the register of the school (PT-24).',
    },
    parts: [
      part('girls', { fr: 'Filles', en: 'Girls' }, (m) => m.girls),
      part(
        'others',
        { fr: 'Garçons ou non renseigné', en: 'Boys, or not said' },
        (m) => m.followed - m.girls,
      ),
    ],
  },
  {
    code: 'seniority',
    words: { fr: 'Entrées et suivi dans la durée', en: 'Entries, and following over years' },
    definition: {
      fr: 'Un élève est suivi depuis deux années scolaires ou plus s’il était déjà dans une cohorte du dispositif avant cette année (CO-07).',
      en: 'A student is followed for two school years or more if they were in a cohort of the scheme before this year (CO-07).',
    },
    parts: [
      part('newcomers', { fr: 'Entrés cette année', en: 'Entered this year' }, (m) => m.newcomers),
      part(
        'returning',
        { fr: 'Suivis depuis deux années ou plus', en: 'Followed for two years or more' },
        (m) => m.followed - m.newcomers,
      ),
    ],
  },
  {
    code: 'outcome',
    words: { fr: 'Maintien et départs', en: 'Staying and leaving' },
    definition: {
      fr: 'Un départ est une inscription terminée dans l’année scolaire avant la fin du parcours, par sa raison. Qui a achevé le parcours compte avec ceux qui restent.',
      en: 'Leaving is an enrolment that ended within the school year before the end of the course, by its reason. Who finished the course counts with those who stay.',
    },
    parts: [
      part(
        'kept',
        { fr: 'Maintenus, ou parcours achevé', en: 'Stayed, or finished' },
        (m) => m.followed - m.left_moved - m.left_reoriented - m.left_education - m.left_other,
      ),
      part('moved', { fr: 'Déménagement', en: 'Moved' }, (m) => m.left_moved),
      part('reoriented', { fr: 'Réorientation', en: 'Changed course' }, (m) => m.left_reoriented),
      part(
        'education',
        { fr: 'Arrêt de la formation', en: 'Left education' },
        (m) => m.left_education,
      ),
      part('other', { fr: 'Autre raison', en: 'Another reason' }, (m) => m.left_other),
    ],
  },
]

function part(code: string, words: Words, of: (m: Measured) => number) {
  return { code, words, definition: PER_YEAR, of }
}

/** What is counted along with a base, shown wherever the base is. */
export type Volume = Said & Readonly<{ base: Base; unit: 'minutes' | 'days'; measure: Measure }>

export const VOLUMES: readonly Volume[] = [
  {
    code: 'minutes',
    base: 'sessions',
    unit: 'minutes',
    measure: 'minutes',
    words: { fr: 'Heures de séance', en: 'Hours of sessions' },
    definition: {
      fr: 'Somme des durées des séances, quel que soit le nombre d’élèves et de mentors.',
      en: 'Sum of the durations of sessions, however many students and mentors were there.',
    },
  },
  {
    code: 'student_minutes',
    base: 'sessions',
    unit: 'minutes',
    measure: 'student_minutes',
    words: { fr: 'Heures-élèves', en: 'Student hours' },
    definition: {
      fr: 'Durée de chaque séance multipliée par le nombre d’élèves présents qui ne la contestent pas.',
      en: 'The duration of each session times the students present who do not contest it.',
    },
  },
  {
    code: 'placement_days',
    base: 'placements',
    unit: 'days',
    measure: 'placement_days',
    words: { fr: 'Jours de PFMP', en: 'Days of placement' },
    definition: {
      fr: 'Jours faits, d’après la personne qui a enregistré la période.',
      en: 'Days done, as whoever recorded the period said.',
    },
  },
]

/**
 * A percentage. `persons` never tells of fewer than 5; of what is no person (months, sessions) it takes 20.
 */
export type Share = Said &
  Readonly<{
    of: 'persons' | 'facts'
    numerator: (m: Measured) => number
    denominator: (m: Measured) => number
    /** A share that a table gives away as well is shown only with that part of it. */
    part?: Readonly<{ breakdown: string; code: string }>
    /** Codes of schemes; all, if it is not said. */
    schemes?: readonly string[]
  }>

export const SHARES: readonly Share[] = [
  {
    code: 'girls_share',
    of: 'persons',
    words: { fr: 'Part des filles', en: 'Share of girls' },
    definition: {
      fr: 'Filles parmi les élèves suivis, d’après le registre du lycée (PT-24).',
      en: 'Girls among the students followed, by the register of the school (PT-24).',
    },
    numerator: (m) => m.girls,
    denominator: (m) => m.followed,
    part: { breakdown: 'sex', code: 'girls' },
  },
  {
    code: 'kept_share',
    of: 'persons',
    words: { fr: 'Taux de maintien', en: 'Retention rate' },
    definition: {
      fr: 'Élèves suivis qui ne sont pas partis avant la fin du parcours : ils continuent l’année suivante, ou ont achevé.',
      en: 'Students followed who did not leave before the end of the course: they go on next year, or have finished.',
    },
    numerator: (m) =>
      m.followed - m.left_moved - m.left_reoriented - m.left_education - m.left_other,
    denominator: (m) => m.followed,
    part: { breakdown: 'outcome', code: 'kept' },
  },
  {
    code: 'career_months',
    of: 'facts',
    schemes: [ptech.code],
    words: { fr: 'Mois avec une séance Carrière', en: 'Months with a Career session' },
    definition: {
      fr: 'Parmi les mois-élèves dus (chaque mois terminé de septembre à juin, pour chaque élève en 1re pro ou au-delà dans la cohorte à la fin du mois), part de ceux qui ont une séance Carrière au moins (PT-04).',
      en: 'Of the student months owed (each month that is over, September to June, for each student in 1re pro or beyond who was in the cohort at its end), the share that has a Career session or more (PT-04).',
    },
    numerator: (m) => m.career_months_met,
    denominator: (m) => m.career_months_owed,
  },
  {
    code: 'career_students',
    of: 'persons',
    schemes: [ptech.code],
    words: { fr: 'Élèves vus chaque mois dû', en: 'Students met in every month owed' },
    definition: {
      fr: 'Élèves à qui un mois au moins est dû et dont aucun mois dû n’est sans séance Carrière (PT-04). La cible est 100 %.',
      en: 'Students to whom a month or more is owed, and none of whose months owed is without a Career session (PT-04). The target is 100%.',
    },
    numerator: (m) => m.career_students_met,
    denominator: (m) => m.career_students_owed,
  },
  {
    code: 'confirmed_share',
    of: 'facts',
    words: { fr: 'Séances confirmées', en: 'Sessions confirmed' },
    definition: {
      fr: 'Séances qu’une autre personne que celle qui les a saisies a confirmées.',
      en: 'Sessions that somebody other than who recorded them has confirmed.',
    },
    numerator: (m) => m.confirmed_sessions,
    denominator: (m) => m.sessions,
  },
  {
    code: 'female_sessions',
    of: 'facts',
    words: { fr: 'Séances avec une mentore', en: 'Sessions with a female mentor' },
    definition: {
      fr: 'Séances dont un mentor au moins s’est dit femme (PT-24). Qui ne l’a pas dit ne compte pas comme femme.',
      en: 'Sessions of which one mentor or more said that she is a woman (PT-24). Who did not say does not count as one.',
    },
    numerator: (m) => m.female_sessions,
    denominator: (m) => m.sessions,
  },
  {
    code: 'female_mentors',
    of: 'persons',
    words: { fr: 'Part des mentores', en: 'Share of female mentors' },
    definition: {
      fr: 'Parmi les personnes qui ont mené une séance au moins dans l’année ; qui suit deux cohortes compte dans chacune (PT-24).',
      en: 'Among the persons who led a session or more in the year; who mentors two cohorts counts in each (PT-24).',
    },
    numerator: (m) => m.female_mentors,
    denominator: (m) => m.mentors,
  },
  {
    code: 'ended_early',
    of: 'persons',
    schemes: [oneMentor.code],
    words: { fr: 'Ruptures précoces', en: 'Pairs that ended early' },
    definition: {
      fr: 'Parmi les binômes terminés dans l’année, ceux qui ont duré moins de six mois (JM-05).',
      en: 'Of the pairs that ended in the year, those that lasted less than six months (JM-05).',
    },
    numerator: (m) => m.ended_early,
    denominator: (m) =>
      m.finished + m.left_moved + m.left_reoriented + m.left_education + m.left_other,
  },
]
