import type { Actor, Context } from '../../context.js'
import { authorize, organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findOrganisation } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import { sayIn, type Say } from '../../web/say.js'
import { ODS_TYPE } from '../../web/tables/ods.data.js'
import type { Table } from '../../web/tables/table.js'
import { writeCsv } from '../../web/tables/write-csv.js'
import { writeOds } from '../../web/tables/write-ods.js'
import type { Language, Words } from '../../words.js'
import { nothingHere } from '../refusals.js'
import { noteReadings } from '../students/note-reading.js'
import { schemeOf } from '../schemes/index.js'
import { yearPeriod } from './period.js'
import { listExportCohorts, listExportPlacements, listExportSessions } from './store.js'
import { studentLines } from './student-lines.js'
import { placementsTable, sessionsTable, studentsTable } from './tables.js'

export const EXPORT_FORMS = ['csv', 'ods'] as const
export type ExportForm = (typeof EXPORT_FORMS)[number]

export type ExportInput = Readonly<{
  form: ExportForm
  language: Language
}> &
  (
    | Readonly<{ what: 'students'; cohortId: string }>
    | Readonly<{ what: 'sessions' | 'placements'; year: number }>
  )

export type ExportedFile = Readonly<{ name: string; type: string; bytes: Buffer }>

const FILE_WORDS: Readonly<Record<ExportInput['what'], Words>> = {
  students: { fr: 'eleves', en: 'students' },
  sessions: { fr: 'seances', en: 'sessions' },
  placements: { fr: 'pfmp', en: 'placements' },
}

/**
 * Students of a cohort, or sessions or placements of a school year, as a file: those of the actor's schools.
 * No birth date and no INE is in it, and no name of anybody in its own name or in the audit.
 *
 * @throws {DomainError} not-found for whoever may not export, and for a cohort of other schools; step-up-required
 */
export async function exportRecords(
  ctx: Context,
  actor: Actor,
  input: ExportInput,
): Promise<ExportedFile> {
  const schoolIds = organisationsWith(actor, 'export-records')
  const [schoolId] = schoolIds
  if (schoolId === undefined) throw nothingHere()
  authorize(actor, 'export-records', { schoolIds })
  const say = sayIn(input.language)
  const { table, rows, studentIds } = await tableFor(ctx, say, input, schoolIds)
  const school = await findOrganisation(ctx.db, schoolId)
  await ctx.db.transaction().execute(async (trx) => {
    await appendAudit(trx, {
      at: ctx.now(),
      actor: actor.publicId,
      action: 'records.exported',
      subject: input.what === 'students' ? input.cohortId : (school?.publicId ?? ''),
      details: {
        ...{ what: input.what, form: input.form, rows },
        year: input.what === 'students' ? null : input.year,
      },
    })
    await noteReadings(ctx, trx, actor, { studentIds, schoolId, kind: 'export' })
  })
  const of = input.what === 'students' ? today(ctx) : `${input.year}-${input.year + 1}`
  const name = `sceau-${FILE_WORDS[input.what][input.language]}-${of}.${input.form}`
  return input.form === 'csv'
    ? { name, type: 'text/csv; charset=utf-8', bytes: Buffer.from(writeCsv(table)) }
    : { name, type: ODS_TYPE, bytes: Buffer.from(writeOds([table])) }
}

async function tableFor(
  ctx: Context,
  say: Say,
  input: ExportInput,
  schoolIds: readonly number[],
): Promise<{ table: Table; rows: number; studentIds: readonly number[] }> {
  const cohorts = await listExportCohorts(ctx.db, schoolIds)
  if (input.what === 'students') {
    const cohort = cohorts.find(({ publicId }) => publicId === input.cohortId)
    if (!cohort) throw nothingHere()
    const lines = await studentLines(ctx, cohort, schoolIds)
    const studentIds = lines.map(({ studentId }) => studentId)
    const table = studentsTable(say, schemeOf(cohort.scheme), lines)
    return { table, rows: lines.length, studentIds }
  }
  const period = yearPeriod(input.year)
  const { timeZone } = ctx.config
  if (input.what === 'placements') {
    const placements = await listExportPlacements(ctx.db, schoolIds, period)
    const studentIds = placements.map(({ studentId }) => studentId)
    const table = placementsTable(say, placements, timeZone)
    return { table, rows: placements.length, studentIds }
  }
  const sessions = await listExportSessions(ctx.db, schoolIds, period)
  const byId = new Map(cohorts.map((one) => [one.id, one]))
  // Students are counted in it: it names nobody.
  const table = sessionsTable(say, sessions, byId, timeZone)
  return { table, rows: sessions.length, studentIds: [] }
}
