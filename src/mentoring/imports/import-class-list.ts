import type { Actor, Context } from '../../context.js'
import { sha256 } from '../../credential/digest.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findOrganisationByPublicId, type Organisation } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { fileRefused, tooLarge } from '../class-list/file-refusals.js'
import { readSiecle } from '../class-list/read-siecle.js'
import type { ClassList } from '../class-list/rows.js'
import { summarise, type ImportSummary } from '../class-list/summary.js'
import { applyPlan } from './apply.js'
import { weighList } from './weigh.js'
import { nothingHere, wrongField } from '../refusals.js'
import { schoolYearLabel, schoolYearOf } from '../school-year.js'
import { insertImport } from './store.js'

export type ClassListInput = Readonly<{
  /** Public id of the school. */
  schoolId: string
  /** ElevesSansAdresses.xml, or its zip. */
  file: Uint8Array
  /** By the year that it starts in: 2026 is 2026-2027. */
  schoolYear: number
}>

export type ImportChoice = Readonly<{
  /** Digest of the file that was previewed (`fileDigest`): another file is then refused. */
  expected?: string
  /** Imports the good rows although others are refused; without it one refused row refuses the file. */
  leaveOutRefused?: boolean
}>

/** What was done, and where it can be read again: /imports/{id}. */
export type ImportReceipt = ImportSummary & Readonly<{ id: string }>

/** A list that was read, for a school that the actor may import it to. */
export type ReadList = Readonly<{
  school: Organisation
  list: ClassList
  fileDigest: string
  schoolYear: number
}>

/**
 * What importing a class list of SIECLE would do. Writes nothing.
 *
 * @throws {DomainError} not-found, forbidden, invalid-request, unsupported-type or too-large
 */
export async function previewClassList(
  ctx: Context,
  actor: Actor,
  input: ClassListInput,
): Promise<ImportSummary> {
  const read = await readClassList(ctx, actor, input)
  return previewRead(ctx, ctx.db, read)
}

/**
 * Imports a class list of SIECLE in one transaction: students found again by their INE, schoolings dated
 * from 1 September of the school year. The same file twice changes nothing the second time.
 *
 * @throws {DomainError} as the preview; conflict for another file than expected; rule-refused while rows are refused
 */
export async function importClassList(
  ctx: Context,
  actor: Actor,
  input: ClassListInput & ImportChoice,
): Promise<ImportReceipt> {
  const read = await readClassList(ctx, actor, input)
  if (input.expected !== undefined && input.expected !== read.fileDigest) throw otherFile()
  return ctx.db
    .transaction()
    .execute((trx) => importRead(ctx, trx, { ...read, actor, choice: input }))
}

/** @throws {DomainError} as previewClassList */
export async function readClassList(
  ctx: Context,
  actor: Actor,
  { schoolId, file, schoolYear }: ClassListInput,
): Promise<ReadList> {
  const school = await findOrganisationByPublicId(ctx.db, schoolId)
  if (school?.kind !== 'lycee') throw nothingHere()
  authorize(actor, 'import-students', { schoolId: school.id })
  assertYear(schoolYear, today(ctx))
  const { importBytes } = ctx.config.limits
  if (file.length > importBytes) throw tooLarge(importBytes)
  const list = await readSiecle(file)
  if (list.uai.toUpperCase() !== school.uai) throw otherSchool(list.uai, school.uai ?? '')
  if (list.schoolYear !== undefined && list.schoolYear !== String(schoolYear)) {
    throw otherYear(list.schoolYear, schoolYear)
  }
  return { school, list, schoolYear, fileDigest: sha256(file).toString('hex') }
}

export async function previewRead(ctx: Context, db: Db, read: ReadList): Promise<ImportSummary> {
  const plan = await weighList(ctx, db, read)
  return summarise(plan, read.fileDigest, read.schoolYear)
}

/** @param trx the transaction that holds all of it */
export async function importRead(
  ctx: Context,
  trx: Db,
  read: ReadList & { actor: Actor; choice: ImportChoice },
): Promise<ImportReceipt> {
  const { actor, school, fileDigest, schoolYear } = read
  const plan = await weighList(ctx, trx, read)
  if (plan.changes.length === 0) throw nothingToImport()
  if (plan.refusedRows > 0 && !read.choice.leaveOutRefused) throw refusedRows(plan.refusedRows)
  const summary = summarise(plan, fileDigest, schoolYear)
  const at = ctx.now()
  const id = ctx.newId()
  await applyPlan(ctx, trx, { plan, school, actor })
  await insertImport(trx, {
    public_id: id,
    school_id: school.id,
    file_digest: fileDigest,
    imported_by_id: actor.personId,
    imported_at: at.toISOString(),
    receipt: JSON.stringify(summary),
  })
  const { moved, totals } = summary
  const details = { school: school.publicId, schoolYear, file: fileDigest, moved, ...totals }
  const action = 'class-list.imported'
  await appendAudit(trx, { at, actor: actor.publicId, action, subject: id, details })
  ctx.log.info({ event: 'class-list-imported', import: id, school: school.publicId, ...totals })
  return { ...summary, id }
}

/** The year to come can be prepared in summer; what lies beyond is a slip of the finger. */
function assertYear(schoolYear: number, day: string): void {
  const last = schoolYearOf(day) + 1
  if (Number.isInteger(schoolYear) && schoolYear >= 2000 && schoolYear <= last) return
  throw wrongField('/schoolYear', {
    fr: `Donnez l’année de la rentrée, ${last} au plus : ${last - 1} pour ${schoolYearLabel(last - 1)}.`,
    en: `Give the year in which school begins, ${last} at most: ${last - 1} for ${schoolYearLabel(last - 1)}.`,
  })
}

function otherSchool(found: string, wanted: string): DomainError {
  const shown = /^\w{1,10}$/.test(found) ? found : '?'
  return fileRefused({
    fr: `Cette liste est celle d’un autre établissement : son UAJ est ${shown}, et l’UAI du lycée choisi est ${wanted}. Rien n’est importé. Exportez la liste du bon établissement, ou choisissez un autre lycée.`,
    en: `This is the list of another school: its UAJ is ${shown}, and the UAI of the lycée chosen is ${wanted}. Nothing is imported. Export the list of the right school, or choose another lycée.`,
  })
}

function otherYear(found: string, wanted: number): DomainError {
  const shown = /^\d{4}$/.test(found) ? schoolYearLabel(Number(found)) : '?'
  return wrongField('/schoolYear', {
    fr: `Cette liste est de l’année ${shown}, et vous avez choisi ${schoolYearLabel(wanted)}. Choisissez l’année de la liste, ou exportez-la de nouveau.`,
    en: `This list is of the year ${shown}, and you chose ${schoolYearLabel(wanted)}. Choose the year of the list, or export it again.`,
  })
}

function otherFile(): DomainError {
  return new DomainError('conflict', {
    fr: 'Ce fichier n’est pas celui dont vous avez vu l’aperçu. Rien n’est importé : demandez un nouvel aperçu.',
    en: 'This file is not the one that you previewed. Nothing is imported: ask for a new preview.',
  })
}

function nothingToImport(): DomainError {
  return new DomainError('rule-refused', {
    fr: 'Aucun élève de cette liste ne peut être importé. Regardez ce qui est ignoré et refusé.',
    en: 'No student of this list can be imported. See what is ignored and refused.',
  })
}

function refusedRows(count: number): DomainError {
  const words = {
    fr: `Lignes refusées : ${count}. Rien n’est importé.`,
    en: `Refused rows: ${count}. Nothing is imported.`,
  }
  const cure = {
    fr: 'Corrigez ces lignes dans SIECLE et exportez de nouveau, ou demandez à les laisser de côté.',
    en: 'Mend these rows in SIECLE and export again, or ask to leave them out.',
  }
  return new DomainError('rule-refused', words, {
    fields: [{ pointer: '/leaveOutRefused', words: cure }],
  })
}
