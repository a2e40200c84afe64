import { ptech } from '../schemes/ptech.js'
import type { Cell, Column, Table } from '../../web/tables/table.js'
import type { Say } from '../../web/say.js'
import { dayAt } from '../../people/days.js'
import { LEVEL_WORDS, type LevelCode } from '../levels.js'
import { kindWords, schemeOf } from '../schemes/index.js'
import type { Scheme } from '../schemes/scheme.js'
import type { ExportCohort, listExportPlacements, listExportSessions } from './store.js'
import { cohortName, formatText, functionText, stateOf, stateText } from './words.js'

/** A student with what the year has brought them. */
export type StudentLine = Readonly<{
  /** Row id. */
  studentId: number
  givenName: string
  familyName: string
  level: LevelCode | undefined
  division: string | undefined
  /** By kind of session, contested ones left out. */
  minutes: ReadonlyMap<string, number>
  /** PT-04, as YYYY-MM; null where the rule does not apply. */
  owed: readonly string[] | null
}>

type Session = Awaited<ReturnType<typeof listExportSessions>>[number]
type Placement = Awaited<ReturnType<typeof listExportPlacements>>[number]
type Field<Row> = Column & Readonly<{ of: (row: Row) => Cell }>

/** The students of a cohort: hours by kind, months without a career session. */
export function studentsTable(
  say: Say,
  { kinds, code }: Scheme,
  students: readonly StudentLine[],
): Table {
  const owed: Field<StudentLine>[] = [
    {
      title: say({ fr: 'Mois sans séance Carrière', en: 'Months without a Career session' }),
      kind: 'number',
      of: (one) => one.owed?.length ?? null,
    },
    {
      title: say({ fr: 'Lesquels', en: 'Which ones' }),
      kind: 'text',
      of: (one) => one.owed?.map((month) => say.month(month)).join(', ') ?? null,
    },
  ]
  return tableOf(say({ fr: 'Élèves', en: 'Students' }), students, [
    { title: say({ fr: 'Nom', en: 'Family name' }), kind: 'text', of: (one) => one.familyName },
    { title: say({ fr: 'Prénom', en: 'Given name' }), kind: 'text', of: (one) => one.givenName },
    {
      title: say({ fr: 'Niveau', en: 'Level' }),
      kind: 'text',
      of: ({ level }) => (level === undefined ? null : say(LEVEL_WORDS[level])),
    },
    { title: 'Division', kind: 'text', of: ({ division }) => division ?? null },
    ...kinds.map((kind): Field<StudentLine> => ({
      title: say(kind.words),
      kind: 'minutes',
      of: ({ minutes }) => minutes.get(kind.code) ?? 0,
    })),
    ...(code === ptech.code ? owed : []),
  ])
}

export function sessionsTable(
  say: Say,
  sessions: readonly Session[],
  cohorts: ReadonlyMap<number, ExportCohort>,
  timeZone: string,
): Table {
  const text = (title: string, of: (one: Session) => Cell): Field<Session> => ({
    ...{ title, kind: 'text', of },
  })
  const count = (title: string, of: (one: Session) => Cell): Field<Session> => ({
    ...{ title, kind: 'number', of },
  })
  return tableOf(say({ fr: 'Séances', en: 'Sessions' }), sessions, [
    { title: say({ fr: 'Jour', en: 'Day' }), kind: 'day', of: ({ day }) => day },
    text(say({ fr: 'Dispositif', en: 'Scheme' }), ({ scheme }) => say(schemeOf(scheme).words)),
    text(say({ fr: 'Cohorte', en: 'Cohort' }), ({ cohortId }) => {
      const cohort = cohorts.get(cohortId)
      return cohort ? cohortName(say, cohort) : null
    }),
    text(say({ fr: 'Type', en: 'Kind' }), ({ kind }) => say(kindWords(kind))),
    text('Format', ({ format }) => formatText(say, format)),
    { title: say({ fr: 'Durée', en: 'Duration' }), kind: 'minutes', of: ({ minutes }) => minutes },
    text(say({ fr: 'Sujet', en: 'Topic' }), ({ topic }) => topic),
    text(say({ fr: 'Avec', en: 'With' }), ({ organisationName }) => organisationName),
    count(say({ fr: 'Élèves', en: 'Students' }), ({ students }) => students),
    count(say({ fr: 'Contestée par', en: 'Contested by' }), ({ contested }) => contested),
    text(say({ fr: 'État', en: 'State' }), ({ confirmedAt, contested, students }) =>
      stateText(say, stateOf({ confirmedAt, contested: contested === students })),
    ),
    ...confirmation<Session>(say, timeZone),
    count('Version', ({ version }) => version),
  ])
}

export function placementsTable(
  say: Say,
  placements: readonly Placement[],
  timeZone: string,
): Table {
  return tableOf(say({ fr: 'Périodes en entreprise', en: 'Placements' }), placements, [
    { title: say({ fr: 'Nom', en: 'Family name' }), kind: 'text', of: (one) => one.familyName },
    { title: say({ fr: 'Prénom', en: 'Given name' }), kind: 'text', of: (one) => one.givenName },
    {
      title: say({ fr: 'Entreprise', en: 'Company' }),
      kind: 'text',
      of: ({ organisationName }) => organisationName,
    },
    { title: say({ fr: 'Du', en: 'From' }), kind: 'day', of: ({ fromDay }) => fromDay },
    { title: say({ fr: 'Au', en: 'Until' }), kind: 'day', of: ({ untilDay }) => untilDay },
    {
      title: say({ fr: 'Jours faits', en: 'Days done' }),
      kind: 'number',
      of: ({ daysDone }) => daysDone,
    },
    {
      title: say({ fr: 'État', en: 'State' }),
      kind: 'text',
      of: ({ confirmedAt, contestedAt, daysDone }) => {
        const known = daysDone !== null
        return stateText(say, stateOf({ confirmedAt, contested: contestedAt !== null, known }))
      },
    },
    ...confirmation<Placement>(say, timeZone),
    { title: 'Version', kind: 'number', of: ({ version }) => version },
  ])
}

/** By whom, in function: never by name. */
function confirmation<
  Fact extends { confirmedAt: string | null; confirmedFunction: string | null },
>(say: Say, timeZone: string): Field<Fact>[] {
  return [
    {
      title: say({ fr: 'Confirmée le', en: 'Confirmed on' }),
      kind: 'day',
      of: ({ confirmedAt: at }) => (at === null ? null : dayAt(new Date(at), timeZone)),
    },
    {
      title: say({ fr: 'Confirmée par', en: 'Confirmed by' }),
      kind: 'text',
      of: ({ confirmedFunction }) => functionText(say, confirmedFunction),
    },
  ]
}

function tableOf<Row>(name: string, rows: readonly Row[], fields: readonly Field<Row>[]): Table {
  const columns = fields.map(({ title, kind }) => ({ title, kind }))
  return { name, columns, rows: rows.map((row) => fields.map(({ of }) => of(row))) }
}
