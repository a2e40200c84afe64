import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { toIne } from '../../mentoring/class-list/ine.js'
import { findStudentsByIne } from '../../mentoring/imports/store.js'
import { listStudentsByIds } from '../../mentoring/students/store.js'
import { personalDataOf } from '../../mentoring/students/personal-data.js'
import { may } from '../../people/authorize.js'
import type { Row } from '../../store/schema.js'
import { listVersionsOfTemplate, type Version } from '../../templates/store.js'
import type { Words } from '../../words.js'
import { lengthFault, toComment } from '../commitment.js'
import { inUse } from '../see-candidates.js'
import { listBadgesOfDossiers } from '../store/badges.js'
import { listDossiersFor, type DossierOfStudent } from '../store/dossiers.js'
import { BATCHES, isBadgeAct, type BatchAct } from './acts.data.js'
import { findCandidates, type RowTarget } from './candidates.js'
import { countsOf, weighAll, type Choice, type ChoiceLine } from './choose-rows.js'
import { readBatchCsv, rowFault, type CsvColumn, type CsvRow, type RowFault } from './read-csv.js'
import type { BatchRowInput } from './start-batch.js'

/** What a file says: the rows that a batch of it would hold, and what is wrong with the others. */
export type CsvRows = Readonly<{
  act: BatchAct
  rows: readonly BatchRowInput[]
  faults: readonly RowFault[]
}>

export type CsvPreview = CsvRows &
  Readonly<{ lines: readonly ChoiceLine[]; counts: Choice['counts'] }>

/**
 * Reads a file: each of its rows is found, or refused by line and column with its cure.
 *
 * @throws {DomainError} as readBatchCsv
 */
export async function readRows(
  ctx: Context,
  actor: Actor,
  { act, file }: Readonly<{ act: BatchAct; file: Uint8Array }>,
): Promise<CsvRows> {
  const csv = readBatchCsv(file)
  const known = await lookUp(ctx, csv.rows, act)
  const rows: BatchRowInput[] = []
  const faults: RowFault[] = []
  const seen = new Set<string>()
  for (const row of csv.rows) {
    const judged = await judge({ ctx, actor, act, known, seen }, row)
    if ('words' in judged) faults.push(rowFault(csv, row, judged.column, judged.words))
    else rows.push({ ...judged, ...saidIn(row) })
  }
  return { act, rows, faults }
}

/**
 * What a batch of these rows would do now, each weighed. Nothing is changed.
 *
 * @throws {DomainError} as findCandidates
 */
export async function previewRows(ctx: Context, actor: Actor, read: CsvRows): Promise<CsvPreview> {
  const candidates = await findCandidates(ctx, actor, read.act, read.rows)
  const lines = await weighAll(ctx, actor, read.act, { candidates, values: [] })
  return { ...read, lines, counts: countsOf(lines) }
}

function saidIn({ cells }: CsvRow) {
  return {
    ...(cells.function !== '' && { function: cells.function }),
    ...(cells.comment !== '' && { comment: cells.comment }),
  }
}

type Known = Readonly<{
  /** By public id, and by INE. */
  students: ReadonlyMap<string, Row<'students'>>
  /** By template: its version in use; by `template.version`: that one. */
  versions: ReadonlyMap<string, Version>
  /** By student and version. */
  dossiers: ReadonlyMap<string, DossierOfStudent>
  /** Public ids of badges, by student and version: of one that was replaced, the one that counts. */
  badges: ReadonlyMap<string, string>
}>

async function lookUp(ctx: Context, rows: readonly CsvRow[], act: BatchAct): Promise<Known> {
  const cellsOf = (column: CsvColumn) => [...new Set(rows.map(({ cells }) => cells[column]))]
  const ines = cellsOf('ine').flatMap((ine) => toIne(ine) ?? [])
  const prints = new Map(ines.map((ine) => [ctx.vault.fingerprint(ine), ine]))
  const byIne = await findStudentsByIne(ctx.db, [...prints.keys()])
  const byId = await listStudentsByIds(ctx.db, cellsOf('student'))
  const students = new Map([
    ...byId.map((one) => [one.public_id, one] as const),
    ...byIne.map(({ student }) => [prints.get(student.ine_fingerprint) ?? '', student] as const),
  ])
  const all = (
    await Promise.all(cellsOf('template').map((id) => listVersionsOfTemplate(ctx.db, id)))
  ).flat()
  const versions = new Map([
    ...inUse(all).map((one) => [one.templatePublicId, one] as const),
    ...all.map((one) => [`${one.templatePublicId}.${one.number}`, one] as const),
  ])
  const found = await listDossiersFor(
    ctx.db,
    [...students.values()].map(({ id }) => id),
    all.map(({ id }) => id),
  )
  return {
    students,
    versions,
    dossiers: new Map(found.map((one) => [`${one.student_id} ${one.template_version_id}`, one])),
    badges: isBadgeAct(act) ? await badgesOf(ctx, found) : new Map(),
  }
}

async function badgesOf(
  ctx: Context,
  dossiers: readonly DossierOfStudent[],
): Promise<Known['badges']> {
  const byId = new Map(dossiers.map((one) => [one.id, one]))
  const badges = await listBadgesOfDossiers(ctx.db, [...byId.keys()])
  // The last of a key is kept: the one that counts.
  const counting = badges.toSorted(
    (a, b) => Number(a.revoked_at === null) - Number(b.revoked_at === null),
  )
  return new Map(
    counting.flatMap(({ dossier_id, public_id }) => {
      const of = byId.get(dossier_id)
      return of ? [[`${of.student_id} ${of.template_version_id}`, public_id] as const] : []
    }),
  )
}

type Judging = Readonly<{
  ctx: Context
  actor: Actor
  act: BatchAct
  known: Known
  seen: Set<string>
}>
type Fault = Readonly<{ column: CsvColumn; words: Words }>

async function judge(judging: Judging, row: CsvRow): Promise<RowTarget | Fault> {
  const { ctx, actor, act, known, seen } = judging
  const { cells } = row
  const by = cells.student === '' ? 'ine' : 'student'
  const student = known.students.get(by === 'ine' ? (toIne(cells.ine) ?? '') : cells.student)
  const template = cells.version === '' ? cells.template : `${cells.template}.${cells.version}`
  const version = known.versions.get(template)
  if (!version) {
    const column = cells.version === '' ? 'template' : 'version'
    return { column, words: NO_VERSION }
  }
  const { who } = BATCHES[act]
  const dossier = student && known.dossiers.get(`${student.id} ${version.id}`)
  // Of a student of others nobody learns that there is one.
  const reach = {
    schoolId: student?.school_id ?? -1,
    companyIds: dossier ? [dossier.company_id] : [],
  }
  if (!student || !may(actor, who, reach)) return { column: by, words: NO_STUDENT }
  const key = `${student.id} ${version.id}`
  if (seen.has(key)) return { column: by, words: REPEATED }
  seen.add(key)
  const wrong = await wordsWrong(ctx, act, row, student.id)
  if (wrong) return wrong
  if (act === 'propose') return { studentId: student.public_id, versionId: version.id }
  const badgeId = known.badges.get(key)
  if (isBadgeAct(act)) return badgeId ? { badgeId } : { column: 'template', words: NO_BADGE }
  return dossier
    ? { dossierId: dossier.public_id, digest: dossier.digest ?? '' }
    : { column: 'template', words: NO_DOSSIER }
}

/** What is typed in a row is judged before it is sent: its author can still mend it. */
async function wordsWrong(
  ctx: Context,
  act: BatchAct,
  { cells }: CsvRow,
  studentId: number,
): Promise<Fault | undefined> {
  const commits = act === 'assess' || act === 'endorse'
  const ofFunction = commits && cells.function !== '' && lengthFault('function', cells.function)
  if (ofFunction) return { column: 'function', words: ofFunction }
  if (cells.comment === '') return undefined
  if (act === 'revoke') {
    const words = lengthFault('reason', cells.comment)
    return words && { column: 'comment', words }
  }
  if (isBadgeAct(act)) {
    const words = lengthFault('note', cells.comment)
    return words && { column: 'comment', words }
  }
  if (act !== 'endorse') return undefined
  try {
    await toComment(cells.comment, await personalDataOf(ctx, studentId))
    return undefined
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { column: 'comment', words: error.fields[0]?.words ?? error.words }
  }
}

const NO_VERSION: Words = {
  fr: 'Aucun badge en usage n’a cet identifiant, ou pas cette version. Copiez-le de l’adresse de sa page, sous « Définitions ».',
  en: 'No badge in use has this id, or not this version. Copy it from the address of its page, under “Definitions”.',
}
const NO_STUDENT: Words = {
  fr: 'Aucun élève pour qui vous puissiez le faire n’a cet identifiant ou cet INE. Vérifiez-le, ou inscrivez d’abord l’élève.',
  en: 'No student for whom you may do this has this id or INE. Check it, or enrol the student first.',
}
const REPEATED: Words = {
  fr: 'Cet élève et ce badge sont déjà dans une ligne plus haut : retirez celle-ci.',
  en: 'This student and this badge stand in a row above: take this one out.',
}
const NO_DOSSIER: Words = {
  fr: 'Cet élève n’a pas de dossier pour ce badge : le lycée le propose d’abord.',
  en: 'This student has no dossier for this badge: the school proposes it first.',
}
const NO_BADGE: Words = {
  fr: 'Cet élève n’a pas reçu ce badge : il n’y a rien à corriger ni à retirer.',
  en: 'This student has not received this badge: there is nothing to correct or withdraw.',
}
