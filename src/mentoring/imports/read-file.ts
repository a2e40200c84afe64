import type { Actor, Context } from '../../context.js'
import { sha256 } from '../../credential/digest.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findOrganisationByPublicId, type Organisation } from '../../people/store.js'
import { locate, type NamedMapping } from '../class-list/column-mapping.js'
import { fileRefused, tooLarge } from '../class-list/file-refusals.js'
import { keyOf } from '../class-list/parse-csv.js'
import { listIn, readContent, type Content } from '../class-list/read-content.js'
import type { ClassList } from '../class-list/rows.js'
import { nothingHere, wrongField } from '../refusals.js'
import { schoolYearLabel, schoolYearOf } from '../school-year.js'
import { findMapping } from './mapping-store.js'

export type ClassListInput = Readonly<{
  /** Public id of the school. */
  schoolId: string
  /** ElevesSansAdresses.xml, its zip, or a CSV. */
  file: Uint8Array
  /** By the year that it starts in: 2026 is 2026-2027. */
  schoolYear: number
  /** What the columns of a CSV of no known form are; else what the school said of such a file before. */
  mapping?: NamedMapping | undefined
}>

/** A file that was read, for a school that the actor may import it to. */
export type GivenFile = Readonly<{
  school: Organisation
  content: Content
  fileDigest: string
  schoolYear: number
}>

/** The same, its students known. */
export type ReadList = Omit<GivenFile, 'content'> & Readonly<{ list: ClassList }>

/** Collégiens of a cordée come from a collège. */
const SCHOOLS: readonly string[] = ['lycee', 'college']

/** @throws {DomainError} not-found, forbidden, invalid-request, unsupported-type or too-large */
export async function readGivenFile(
  ctx: Context,
  actor: Actor,
  { schoolId, file, schoolYear, mapping }: ClassListInput,
): Promise<GivenFile> {
  const school = await findOrganisationByPublicId(ctx.db, schoolId)
  if (!school || !SCHOOLS.includes(school.kind)) throw nothingHere()
  authorize(actor, 'import-students', { schoolId: school.id })
  assertYear(schoolYear, today(ctx))
  const { importBytes } = ctx.config.limits
  if (file.length > importBytes) throw tooLarge(importBytes)
  const read = await readContent(file)
  if (read.kind === 'list') assertSame(read.list, school.uai ?? '', schoolYear)
  const content = await withMapping(ctx, school, read, mapping)
  return { school, content, schoolYear, fileDigest: sha256(file).toString('hex') }
}

/** @throws {DomainError} as readGivenFile; invalid-request for a CSV whose columns nobody has named */
export async function readClassList(
  ctx: Context,
  actor: Actor,
  input: ClassListInput,
): Promise<ReadList> {
  return toReadList(await readGivenFile(ctx, actor, input))
}

/** @throws {DomainError} invalid-request for a CSV whose columns nobody has named */
export function toReadList({ content, ...given }: GivenFile): ReadList {
  const list = listIn(content)
  if (!list) throw unknownColumns()
  return { ...given, list }
}

/** By which a school's files of one header are known again. Keyed: a header may be somebody's, by mistake. */
export function headerFingerprint(ctx: Context, header: readonly string[]): string {
  return ctx.vault.fingerprint(`header:${keyOf(header)}`)
}

async function withMapping(
  ctx: Context,
  school: Organisation,
  content: Content,
  given: NamedMapping | undefined,
): Promise<Content> {
  if (content.kind === 'list') return content
  const { header } = content.table
  const mapping = given
    ? locate(given, header)
    : await findMapping(ctx.db, school.id, headerFingerprint(ctx, header))
  return { ...content, mapping }
}

/** An export of SIECLE is of one school and one year: of another, it is refused whole. */
function assertSame({ siecle }: ClassList, uai: string, schoolYear: number): void {
  if (!siecle) return
  if (siecle.uai.toUpperCase() !== uai) throw otherSchool(siecle.uai, uai)
  if (siecle.schoolYear !== undefined && siecle.schoolYear !== String(schoolYear)) {
    throw otherYear(siecle.schoolYear, schoolYear)
  }
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

function unknownColumns(): DomainError {
  return wrongField('/mapping', {
    fr: 'Les colonnes de ce CSV ne sont pas connues. Dites ce qu’elles sont sur la page « Importer », ou donnez une correspondance (--mapping).',
    en: 'The columns of this CSV are not known. Say what they are on the page “Import”, or give a mapping (--mapping).',
  })
}
