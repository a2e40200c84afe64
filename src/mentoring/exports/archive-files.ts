import type { Context } from '../../context.js'
import { listMembersOf } from '../../people/members-store.js'
import type { Db } from '../../store/schema.js'
import type { Cell, CellKind } from '../../web/tables/table.js'
import type { Words } from '../../words.js'
import * as ofClasses from './archive-class-store.js'
import * as said from './archive-said-store.js'
import * as read from './archive-store.js'
import { COLUMNS, FILE_ABOUT } from './archive.data.js'
import type { ExportCohort } from './store.js'
import { stateOf } from './words.js'

/** Rows that are in memory at once. */
const PAGE = 1_000

export type ArchiveColumn = Readonly<{ name: string; kind: CellKind; about: Words }>

/** A file of an archive: what it is, and its rows, some at a time. */
export type ArchiveFile = Readonly<{
  name: string
  about: Words
  columns: readonly ArchiveColumn[]
  pages: AsyncIterable<readonly (readonly Cell[])[]>
}>

type Name = keyof typeof COLUMNS

/** The files of an archive, in the order in which they are read. */
export function archiveFiles(
  ctx: Context,
  scope: read.Scope,
  cohorts: readonly ExportCohort[],
): ArchiveFile[] {
  const { db } = ctx
  return [
    file('cohorts', cohortPages(cohorts)),
    file(
      'students',
      paged((after) => read.listStudentsAfter(db, scope, after), studentRow),
    ),
    file(
      'enrolments',
      paged((after) => read.listEnrolmentsAfter(db, scope, after), enrolmentRow),
    ),
    file('sessions', sessionPages(ctx, scope)),
    file('presences', presencePages(ctx, scope)),
    file(
      'placements',
      paged((after) => read.listPlacementsAfter(db, scope, after), placementRow),
    ),
    file('mentors', mentorPages(ctx, scope)),
    file('warnings', warningPages(ctx, scope)),
    file(
      'outcomes',
      paged((after) => said.listOutcomesAfter(db, scope, after), outcomeRow),
    ),
    file('past_contests', pastContestPages(ctx, scope)),
    ...filesOfClasses(db, scope),
  ]
}

function filesOfClasses(db: Db, scope: read.Scope): ArchiveFile[] {
  return [
    file(
      'agreements',
      paged((after) => ofClasses.listAgreementsAfter(db, scope, after), agreementRow),
    ),
    file(
      'agreement_parties',
      paged((after) => ofClasses.listPartiesAfter(db, scope, after), partyRow),
    ),
    file(
      'contributions',
      paged((after) => ofClasses.listContributionsAfter(db, scope, after), contributionRow),
    ),
  ]
}

function file(name: Name, pages: ArchiveFile['pages']): ArchiveFile {
  return { name: `${name}.csv`, about: FILE_ABOUT[name], columns: COLUMNS[name], pages }
}

type Read<Row> = (after: read.After) => Promise<readonly Row[]>
type Found<List extends (...args: never[]) => Promise<readonly unknown[]>> = Awaited<
  ReturnType<List>
>[number]

async function* rowsByPage<Row extends { id: number }>(list: Read<Row>) {
  for (let id = 0; ;) {
    const rows = await list({ id, limit: PAGE })
    if (rows.length > 0) yield rows
    if (rows.length < PAGE) return
    id = rows.at(-1)?.id ?? id
  }
}

async function* paged<Row extends { id: number }>(list: Read<Row>, toCells: (row: Row) => Cell[]) {
  for await (const rows of rowsByPage(list)) yield rows.map(toCells)
}

async function* cohortPages(cohorts: readonly ExportCohort[]) {
  yield await Promise.resolve(
    cohorts.map(({ publicId, title, entryYear }): Cell[] => [publicId, title, entryYear]),
  )
}

async function* sessionPages({ db }: Context, scope: read.Scope) {
  for await (const rows of rowsByPage((after) => read.listSessionsAfterId(db, scope, after))) {
    const led = await read.listMentorsOfSessions(
      db,
      rows.map(({ id }) => id),
    )
    const mentors = Map.groupBy(led, ({ sessionId }) => sessionId)
    yield rows.map((row): Cell[] => [
      ...[row.publicId, row.cohortId, row.day, row.kind, row.format, row.minutes, row.topic],
      ...[row.place, row.organisationId, row.organisationName],
      (mentors.get(row.id) ?? []).map(({ mentorId }) => mentorId).join(' '),
      stateOf({ confirmedAt: row.confirmedAt, contested: false }),
      ...[row.recordedAt, row.confirmedAt, row.confirmedFunction, row.version],
    ])
  }
}

async function* presencePages({ db }: Context, scope: read.Scope) {
  for await (const rows of rowsByPage((after) => read.listSessionsAfterId(db, scope, after))) {
    const ids = rows.map(({ id }) => id)
    yield (await read.listPresencesOf(db, scope, ids)).map(presenceRow)
  }
}

async function* warningPages({ db }: Context, scope: read.Scope) {
  const lists = {
    session: (after: read.After) => read.listSessionsAfterId(db, scope, after),
    placement: (after: read.After) => read.listPlacementsAfter(db, scope, after),
  }
  for (const kind of ['session', 'placement'] as const) {
    for await (const rows of rowsByPage<{ id: number; publicId: string }>(lists[kind])) {
      const ids = rows.map(({ publicId }) => publicId)
      yield (await read.listWarningsOf(db, kind, ids)).map(warningRow)
    }
  }
}

async function* pastContestPages({ db }: Context, scope: read.Scope) {
  yield* paged((after) => said.listPastSessionContestsAfter(db, scope, after), pastContestRow)
  yield* paged((after) => said.listPastPlacementContestsAfter(db, scope, after), pastContestRow)
}

/** Their functions are those that they hold on the last day of the period, or hold now. */
async function* mentorPages({ db }: Context, scope: read.Scope) {
  const mentors = await read.listMentors(db, scope)
  const functions = new Map<string, string[]>()
  const organisations = [...new Set(mentors.map(({ organisation }) => organisation))]
  for (const role of ['company-admin', 'company-endorser', 'scheme-coordinator'] as const) {
    for (const one of await listMembersOf(db, organisations, scope.period.untilDay, [role])) {
      const key = `${one.publicId} ${one.organisationId}`
      functions.set(key, [...(functions.get(key) ?? []), role])
    }
  }
  yield mentors.map((one): Cell[] => [
    ...[one.mentorId, one.organisationId, one.organisationName, one.organisationKind],
    (functions.get(`${one.mentorId} ${one.organisation}`) ?? []).join(' '),
    ...[one.sessions, one.vetting, one.charterOn],
  ])
}

function studentRow({ publicId, familyName, givenName }: Found<typeof read.listStudentsAfter>) {
  return [publicId, familyName, givenName]
}

function enrolmentRow(row: Found<typeof read.listEnrolmentsAfter>): Cell[] {
  const { cohortId, studentId, fromDay, volunteeredOn } = row
  const end = row.isEndKnown === 1 ? [row.untilDay, row.exitReason] : [null, null]
  return [cohortId, studentId, fromDay, ...end, volunteeredOn]
}

function presenceRow(row: Found<typeof read.listPresencesOf>): Cell[] {
  const { sessionId, studentId, contestedAt } = row
  return [sessionId, studentId, contestedAt === null ? 'present' : 'contested', contestedAt]
}

function placementRow(row: Found<typeof read.listPlacementsAfter>): Cell[] {
  const { confirmedAt, contestedAt, daysDone } = row
  const contested = contestedAt !== null
  return [
    ...[row.publicId, row.studentId, row.organisationId, row.organisationName],
    ...[row.fromDay, row.untilDay, daysDone],
    stateOf({ confirmedAt, contested, known: daysDone !== null }),
    ...[confirmedAt, row.confirmedFunction, contestedAt, row.version],
  ]
}

function warningRow(row: Found<typeof read.listWarningsOf>): Cell[] {
  return [row.kind, row.subjectId, row.rule, row.at]
}

function outcomeRow(row: Found<typeof said.listOutcomesAfter>): Cell[] {
  return [row.cohortId, row.studentId, row.schoolYear, row.kind, row.outcome, row.day]
}

function pastContestRow(row: Found<typeof said.listPastSessionContestsAfter>): Cell[] {
  const { kind, factId, studentId, version, contestedAt, endedAt, endedBy } = row
  return [kind, factId, studentId, version, contestedAt, endedAt, endedBy]
}

function agreementRow(row: Found<typeof ofClasses.listAgreementsAfter>): Cell[] {
  return [row.publicId, row.type, row.title, row.startDay, row.endDay, row.renewsId]
}

function partyRow(row: Found<typeof ofClasses.listPartiesAfter>): Cell[] {
  const name = row.organisationName ?? row.name
  return [row.agreementId, row.organisationId, name, row.capacity, row.signedOn]
}

function contributionRow(row: Found<typeof ofClasses.listContributionsAfter>): Cell[] {
  const { halfDays, amountCents } = row
  return [
    ...[row.publicId, row.className, row.organisationId, row.organisationName],
    ...[row.kind, row.day, row.description],
    halfDays === null ? null : halfDays / 2,
    amountCents === null ? null : amountCents / 100,
  ]
}
