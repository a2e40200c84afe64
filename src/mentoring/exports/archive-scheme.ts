import { createHash } from 'node:crypto'
import type { Actor, Context } from '../../context.js'
import { authorize, organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findOrganisation, type Organisation } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { sayIn } from '../../web/say.js'
import { csvHead, csvRow } from '../../web/tables/write-csv.js'
import { zipInParts, type ZipFile } from '../../web/tables/zip-parts.js'
import type { Language } from '../../words.js'
import { nothingHere } from '../refusals.js'
import { noteReadings } from '../students/note-reading.js'
import { SCHEMES } from '../schemes/index.js'
import type { Scheme } from '../schemes/scheme.js'
import { archiveFiles, type ArchiveFile } from './archive-files.js'
import { countSessions, listStudentsAfter, type Scope } from './archive-store.js'
import { readMe } from './read-me.js'
import { yearPeriod } from './period.js'
import { listExportCohorts } from './store.js'

/** Of the form of the archive: another number when files or columns are not the same any more. */
const FORMAT_VERSION = 3
/** Every year, past and to come. */
const ALWAYS = { fromDay: '0000-01-01', untilDay: '9999-12-31' }

export type ArchiveInput = Readonly<{
  code: string
  /** A school year, by the year that it starts in; undefined: all of them. */
  year: number | undefined
  language: Language
}>

/** What one file came out as. */
export type Written = Readonly<{ file: ArchiveFile; rows: number; sha256: string }>

export type ArchiveMade = Readonly<{
  scheme: Scheme
  schools: readonly Organisation[]
  year: number | undefined
  madeAt: string
}>

/**
 * Everything of a scheme that the actor's schools may see, as one zip: CSV files, an index for programs, and
 * a text that says what each file is. It is read while it is sent, a thousand rows at a time.
 *
 * @returns the name of the file, and its bytes in parts
 * @throws {DomainError} not-found for whoever may not export, and for a scheme that there is not; step-up-required
 */
export async function archiveScheme(
  ctx: Context,
  actor: Actor,
  input: ArchiveInput,
): Promise<{ name: string; parts: AsyncGenerator<Uint8Array> }> {
  const schoolIds = organisationsWith(actor, 'export-scheme')
  const scheme = SCHEMES.find(({ code }) => code === input.code)
  if (schoolIds.length === 0 || !scheme) throw nothingHere()
  authorize(actor, 'export-scheme', { schoolIds })
  const all = await listExportCohorts(ctx.db, schoolIds)
  const cohorts = all.filter((one) => one.scheme === scheme.code)
  const scope = {
    ...{ scheme: scheme.code, schoolIds, cohortIds: cohorts.map(({ id }) => id) },
    period: input.year === undefined ? ALWAYS : yearPeriod(input.year),
  }
  const schools = await Promise.all(schoolIds.map((id) => findOrganisation(ctx.db, id)))
  const known = schools.filter((one) => one !== undefined)
  await noteArchive(ctx, actor, input, scope)
  const madeAt = ctx.now().toISOString()
  const about = { scheme, schools: known, year: input.year, madeAt }
  const files = filesOf(archiveFiles(ctx, scope, cohorts), about, input.language)
  const of = input.year === undefined ? today(ctx) : `${input.year}-${input.year + 1}`
  return { name: `sceau-${scheme.code.toLowerCase()}-${of}.zip`, parts: zipInParts(files) }
}

/** Before a byte leaves: what is not in the audit was not exported. */
async function noteArchive(
  ctx: Context,
  actor: Actor,
  { code, year }: ArchiveInput,
  scope: Scope,
): Promise<void> {
  const [schoolId = 0] = scope.schoolIds
  const sessions = await countSessions(ctx.db, scope)
  const subject = (await findOrganisation(ctx.db, schoolId))?.publicId ?? ''
  await ctx.db.transaction().execute(async (trx) => {
    await appendAudit(trx, {
      at: ctx.now(),
      actor: actor.publicId,
      action: 'scheme.archived',
      subject,
      details: {
        ...{ scheme: code, year: year ?? null, cohorts: scope.cohortIds.length },
        sessions,
      },
    })
    for await (const studentIds of studentPages(trx, scope))
      await noteReadings(ctx, trx, actor, { studentIds, schoolId, kind: 'export' })
  })
}

/** Students that are read at once. */
const PAGE = 1_000

/** The students whom an archive names. */
async function* studentPages(db: Db, scope: Scope): AsyncGenerator<number[]> {
  for (let id = 0; ;) {
    const page = await listStudentsAfter(db, scope, { id, limit: PAGE })
    yield page.map((one) => one.id)
    if (page.length < PAGE) return
    id = page.at(-1)?.id ?? id
  }
}

async function* filesOf(
  files: readonly ArchiveFile[],
  made: ArchiveMade,
  language: Language,
): AsyncGenerator<ZipFile> {
  const written: Written[] = []
  for (const file of files) {
    yield { name: file.name, parts: csvOf(file, (one) => written.push(one)) }
  }
  yield { name: 'index.json', parts: [`${JSON.stringify(indexOf(written, made), null, 2)}\n`] }
  const name = language === 'fr' ? 'LISEZMOI.txt' : 'README.txt'
  yield { name, parts: [readMe(sayIn(language), written, made)] }
}

async function* csvOf(file: ArchiveFile, done: (written: Written) => void): AsyncGenerator<string> {
  const columns = file.columns.map(({ name, kind }) => ({ title: name, kind }))
  const digest = createHash('sha256')
  let rows = 0
  const told = (text: string) => {
    digest.update(text)
    return text
  }
  yield told(csvHead(columns))
  for await (const page of file.pages) {
    rows += page.length
    yield told(page.map((row) => csvRow(columns, row)).join(''))
  }
  done({ file, rows, sha256: digest.digest('hex') })
}

/** For programs: what is in the archive, what it means, and whether a file is whole. */
function indexOf(written: readonly Written[], { scheme, schools, year, madeAt }: ArchiveMade) {
  return {
    format: 'sceau-scheme-archive',
    version: FORMAT_VERSION,
    madeAt,
    scheme: { code: scheme.code, name: scheme.words },
    schoolYear: year ?? null,
    schools: schools.map(({ publicId, name, uai }) => ({ id: publicId, name, uai })),
    kinds: scheme.kinds.map(({ code, words }) => ({ code, name: words })),
    csv: { encoding: 'UTF-8 with BOM', separator: ';', formulaGuard: "'" },
    files: written.map(({ file, rows, sha256 }) => ({
      ...{ name: file.name, about: file.about, rows, sha256 },
      columns: file.columns,
    })),
  }
}
