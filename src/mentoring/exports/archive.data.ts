import type { CellKind } from '../../web/tables/table.js'
import type { Words } from '../../words.js'

type Column = Readonly<{ name: string; kind: CellKind; about: Words }>

const column = (name: string, kind: CellKind, fr: string, en: string): Column => ({
  name,
  kind,
  about: { fr, en },
})
const text = (name: string, fr: string, en: string) => column(name, 'text', fr, en)
const number = (name: string, fr: string, en: string) => column(name, 'number', fr, en)
const day = (name: string, fr: string, en: string) => column(name, 'day', fr, en)

const COHORT = text('cohort_id', 'la cohorte', 'the cohort')
const STUDENT = text('student_id', 'l’élève, de students.csv', 'the student, of students.csv')
const SESSION = text('session_id', 'la séance', 'the session')
const ORGANISATION = text(
  'organisation_id',
  'l’organisation du mentor',
  'the mentor’s organisation',
)
const ORGANISATION_NAME = text('organisation_name', 'son nom', 'its name')
const AGREEMENT = text('agreement_id', 'l’accord', 'the agreement')
const STATE = text(
  'state',
  'planned : pas encore un fait ; waits : attend une confirmation ; confirmed : confirmé ; contested : contesté, ne compte plus',
  'planned: no fact yet; waits: to be confirmed; confirmed; contested: no longer counts',
)
const CONFIRMED_AT = text('confirmed_at', 'instant de la confirmation, UTC', 'when confirmed, UTC')
const CONFIRMED_FUNCTION = text(
  'confirmed_function',
  'la fonction de qui a confirmé, jamais son nom',
  'the function of whoever confirmed, never their name',
)
const CONTESTED_AT = text('contested_at', 'instant de la contestation, UTC', 'when contested, UTC')
const VERSION = number(
  'version',
  'à partir de 1, une de plus par correction',
  'from 1, one more for each correction',
)

/** The columns of each file: their names never change, what they mean is told in the index. */
export const COLUMNS = {
  cohorts: [
    COHORT,
    text('name', 'son nom', 'its name'),
    number(
      'entry_year',
      'année scolaire d’entrée, par sa première année',
      'school year of entry, by its first year',
    ),
  ],
  students: [
    text('student_id', 'identifiant dans cette archive', 'id within this archive'),
    text('family_name', 'nom', 'family name'),
    text('given_name', 'prénom', 'given name'),
  ],
  enrolments: [
    COHORT,
    STUDENT,
    day('from_day', 'premier jour dans la cohorte', 'first day in the cohort'),
    day(
      'until_day',
      'dernier jour, vide s’il continue ou si l’élève avait alors quitté l’établissement',
      'last day, empty while it goes on, or if the student had left the school by then',
    ),
    text('exit_reason', 'raison du départ, en code', 'reason for leaving, as a code'),
    day(
      'volunteered_on',
      'CO-04 : jour où l’élève s’est dit volontaire',
      'CO-04: the day on which the student volunteered',
    ),
  ],
  sessions: [
    SESSION,
    COHORT,
    day('day', 'jour', 'day'),
    text('kind', 'type, expliqué dans index.json', 'kind, explained in index.json'),
    text('format', 'INDIVIDUEL, PETIT_GROUPE ou CLASSE', 'INDIVIDUEL, PETIT_GROUPE or CLASSE'),
    number('minutes', 'durée en minutes', 'duration in minutes'),
    text('topic', 'sujet', 'topic'),
    text('place', 'lieu, en code', 'place, as a code'),
    ORGANISATION,
    ORGANISATION_NAME,
    text(
      'mentor_ids',
      'les mentors, de mentors.csv, séparés par des espaces',
      'the mentors, of mentors.csv, apart by spaces',
    ),
    STATE,
    text('recorded_at', 'instant de la saisie, UTC', 'when recorded, UTC'),
    CONFIRMED_AT,
    CONFIRMED_FUNCTION,
    VERSION,
  ],
  presences: [
    SESSION,
    STUDENT,
    text(
      'state',
      'present, ou contested : l’élève dit que c’est faux',
      'present, or contested: the student says it is wrong',
    ),
    CONTESTED_AT,
  ],
  placements: [
    text('placement_id', 'la période en entreprise', 'the placement'),
    STUDENT,
    text('organisation_id', 'l’entreprise', 'the company'),
    ORGANISATION_NAME,
    day('from_day', 'premier jour', 'first day'),
    day('until_day', 'dernier jour', 'last day'),
    number(
      'days_done',
      'jours faits, vide tant qu’ils sont inconnus',
      'days done, empty until they are known',
    ),
    STATE,
    CONFIRMED_AT,
    CONFIRMED_FUNCTION,
    CONTESTED_AT,
    VERSION,
  ],
  mentors: [
    text('mentor_id', 'le mentor, sans son nom', 'the mentor, without their name'),
    text('organisation_id', 'pour qui', 'for whom'),
    ORGANISATION_NAME,
    text('organisation_kind', 'nature de l’organisation', 'kind of organisation'),
    text(
      'functions',
      'ses rôles dans l’organisation, séparés par des espaces',
      'their roles in it, apart by spaces',
    ),
    number(
      'sessions',
      'nombre de séances dans cette archive',
      'number of sessions in this archive',
    ),
    text(
      'vetting',
      'MENT-01 : où en est la vérification, jamais ce qu’elle a montré',
      'MENT-01: how far the check is, never what it found',
    ),
    day(
      'charter_on',
      'jour où la charte a été acceptée',
      'the day on which the charter was accepted',
    ),
  ],
  warnings: [
    text('subject_kind', 'session ou placement', 'session or placement'),
    text('subject_id', 'la séance ou la période', 'the session or placement'),
    text('rule', 'la règle qui a averti', 'the rule that warned'),
    text('at', 'instant où l’avertissement a été lu, UTC', 'when the warning was read, UTC'),
  ],
  outcomes: [
    COHORT,
    STUDENT,
    number(
      'school_year',
      'année scolaire, par sa première année',
      'school year, by its first year',
    ),
    text('kind', 'BAC, BTS ou NEXT : la suite', 'BAC, BTS or NEXT: what came next'),
    text('outcome', 'ce qu’il en est, en code', 'how it came out, as a code'),
    day('day', 'jour', 'day'),
  ],
  past_contests: [
    text('subject_kind', 'session ou placement', 'session or placement'),
    text('subject_id', 'la séance ou la période', 'the session or placement'),
    STUDENT,
    number('version', 'la version que l’élève avait lue', 'the version that the student had read'),
    CONTESTED_AT,
    text('ended_at', 'instant de la fin de la contestation, UTC', 'when that ended, UTC'),
    text(
      'ended_by',
      'CORRECTION : le fait a été corrigé ; STUDENT : l’élève l’a retirée',
      'CORRECTION: the fact was corrected; STUDENT: the student took it back',
    ),
  ],
  agreements: [
    AGREEMENT,
    text('type', 'type, en code', 'type, as a code'),
    text('title', 'son titre', 'its title'),
    day('start_day', 'premier jour', 'first day'),
    day('end_day', 'dernier jour', 'last day'),
    text('renews_id', 'l’accord auquel il succède', 'the agreement that it takes over from'),
  ],
  agreement_parties: [
    AGREEMENT,
    text(
      'organisation_id',
      'la partie, vide si elle n’est pas une organisation d’ici',
      'the party, empty when it is no organisation of this service',
    ),
    ORGANISATION_NAME,
    text('capacity', 'en quelle qualité elle signe', 'in which capacity it signs'),
    day('signed_on', 'jour de sa signature', 'the day of its signature'),
  ],
  contributions: [
    text('contribution_id', 'l’apport', 'the contribution'),
    text('class_name', 'la classe', 'the class'),
    text('organisation_id', 'l’entreprise', 'the company'),
    ORGANISATION_NAME,
    text('kind', 'type, en code', 'kind, as a code'),
    day('day', 'jour', 'day'),
    text('description', 'ce que c’était', 'what it was'),
    number(
      'person_days',
      'PT-21 : jours-personne, vide pour de l’argent',
      'PT-21: person-days, empty for money',
    ),
    number('euros', 'PT-22 : équipement, en euros', 'PT-22: equipment, in euros'),
  ],
} as const satisfies Readonly<Record<string, readonly Column[]>>

export const FILE_ABOUT: Readonly<Record<keyof typeof COLUMNS, Words>> = {
  cohorts: { fr: 'les cohortes', en: 'the cohorts' },
  students: {
    fr: 'les noms des élèves : le seul fichier qui les contient, à retirer avant de transmettre l’archive',
    en: 'the names of the students: the only file that has them, to be taken out before the archive is passed on',
  },
  enrolments: { fr: 'qui est ou était dans quelle cohorte', en: 'who is or was in which cohort' },
  sessions: { fr: 'les séances', en: 'the sessions' },
  presences: { fr: 'qui était à quelle séance', en: 'who was at which session' },
  placements: { fr: 'les périodes en entreprise', en: 'the placements' },
  mentors: {
    fr: 'les mentors, par organisation et fonction',
    en: 'the mentors, by organisation and function',
  },
  warnings: {
    fr: 'les règles qui ont averti et ont été lues',
    en: 'the rules that warned and were read',
  },
  outcomes: {
    fr: 'comment des parcours se sont terminés, comme ces établissements l’ont noté',
    en: 'how courses ended, as these schools noted it',
  },
  past_contests: {
    fr: 'ce que des élèves ont contesté autrefois, sans leurs mots',
    en: 'what students contested in the past, without their words',
  },
  agreements: {
    fr: 'les accords des classes, conservés par ces lycées',
    en: 'the agreements of the classes that these schools keep',
  },
  agreement_parties: { fr: 'qui s’y engage', en: 'who commits to them' },
  contributions: {
    fr: 'ce que les entreprises ont apporté aux classes, hors séances',
    en: 'what companies gave the classes, apart from sessions',
  },
}
