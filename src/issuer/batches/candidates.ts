import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { listStudentsByIds } from '../../mentoring/students/store.js'
import { assertAllowed, type Resource } from '../../people/authorize.js'
import type { Row } from '../../store/schema.js'
import { findVersion, type Version } from '../../templates/store.js'
import { noDossier } from '../steps.js'
import { listBadgesByIds, type BadgeOfStudent } from '../store/badges-of-students.js'
import { listDossiersByIds, listDossiersFor, type DossierOfStudent } from '../store/dossiers.js'
import { BATCHES, type BatchAct } from './acts.data.js'

/** What a row is about, as whoever asks names it. */
export type RowTarget =
  | Readonly<{ studentId: string; versionId: number }>
  | Readonly<{ dossierId: string; digest: string }>
  | Readonly<{ badgeId: string }>

/** The same, found. */
export type Candidate = Readonly<{
  student: Pick<Row<'students'>, 'id' | 'public_id' | 'given_name' | 'family_name' | 'person_id'>
  schoolId: number
  companyId: number
  versionId: number
  dossier: DossierOfStudent | undefined
  /** What was shown of the dossier. */
  digest: string | null
  badge: BadgeOfStudent | undefined
}>

/**
 * What the rows of a batch are about. Each is something with which the actor may take this step.
 *
 * @throws {DomainError} not-found or forbidden, invalid-request where two rows are about the same, or two
 *   organisations would act
 */
export async function findCandidates(
  ctx: Context,
  actor: Actor,
  act: BatchAct,
  targets: readonly RowTarget[],
): Promise<Candidate[]> {
  const found = await Promise.all([
    ofStudents(ctx, targets),
    ofDossiers(ctx, targets),
    ofBadges(ctx, targets),
  ])
  const byTarget = new Map(found.flatMap((part) => [...part]))
  const candidates = targets.map((target) => {
    const candidate = byTarget.get(nameOf(target))
    if (!candidate) throw noDossier()
    assertAllowed(actor, BATCHES[act].who, resourceOf(candidate))
    return candidate
  })
  assertOneOrganisation(candidates, act)
  assertDistinct(candidates)
  return candidates
}

export function resourceOf({ schoolId, companyId }: Candidate): Resource {
  return { schoolId, companyIds: [companyId] }
}

export function organisationOf(candidate: Candidate, act: BatchAct): number {
  return BATCHES[act].by === 'school' ? candidate.schoolId : candidate.companyId
}

/** What a row is about, in one text. */
export function nameOf(target: RowTarget): string {
  if ('badgeId' in target) return `badge ${target.badgeId}`
  if ('dossierId' in target) return `dossier ${target.dossierId} ${target.digest}`
  return `student ${target.studentId} ${target.versionId}`
}

type Found = readonly (readonly [key: string, candidate: Candidate])[]

async function ofStudents(ctx: Context, targets: readonly RowTarget[]): Promise<Found> {
  const asked = targets.flatMap((one) => ('studentId' in one ? one : []))
  const ids = new Set(asked.map(({ studentId }) => studentId))
  const rows = await listStudentsByIds(ctx.db, [...ids])
  const students = new Map(rows.map((row) => [row.public_id, row]))
  const versions = new Map<number, Version>()
  for (const id of new Set(asked.map(({ versionId }) => versionId))) {
    const version = await findVersion(ctx.db, id)
    if (version) versions.set(id, version)
  }
  const opened = await listDossiersFor(
    ctx.db,
    [...students.values()].map(({ id }) => id),
    [...versions.keys()],
  )
  const dossiers = new Map(
    opened.map((one) => [`${one.student_id} ${one.template_version_id}`, one]),
  )
  return asked.flatMap((target) => {
    const student = students.get(target.studentId)
    const version = versions.get(target.versionId)
    if (!student || !version) return []
    const candidate: Candidate = {
      student,
      schoolId: student.school_id,
      companyId: version.creatorId,
      versionId: version.id,
      dossier: dossiers.get(`${student.id} ${version.id}`),
      digest: null,
      badge: undefined,
    }
    return [[nameOf(target), candidate] as const]
  })
}

async function ofDossiers(ctx: Context, targets: readonly RowTarget[]): Promise<Found> {
  const asked = targets.flatMap((one) => ('dossierId' in one ? one : []))
  const rows = await listDossiersByIds(
    ctx.db,
    asked.map(({ dossierId }) => dossierId),
  )
  const dossiers = new Map(rows.map((row) => [row.public_id, row]))
  return asked.flatMap((target) => {
    const dossier = dossiers.get(target.dossierId)
    if (!dossier) return []
    const candidate: Candidate = {
      student: studentOf(dossier),
      schoolId: dossier.school_id,
      companyId: dossier.company_id,
      versionId: dossier.template_version_id,
      dossier,
      digest: target.digest,
      badge: undefined,
    }
    return [[nameOf(target), candidate] as const]
  })
}

async function ofBadges(ctx: Context, targets: readonly RowTarget[]): Promise<Found> {
  const asked = targets.flatMap((one) => ('badgeId' in one ? one : []))
  const rows = await listBadgesByIds(
    ctx.db,
    asked.map(({ badgeId }) => badgeId),
  )
  const dossiers = await listDossiersByIds(
    ctx.db,
    rows.map((row) => row.dossier_public_id),
  )
  const byId = new Map(dossiers.map((dossier) => [dossier.id, dossier]))
  return rows.map((badge) => {
    const dossier = byId.get(badge.dossier_id)
    const candidate: Candidate = {
      student: studentOf(badge),
      schoolId: badge.school_id,
      companyId: badge.company_id,
      versionId: badge.template_version_id,
      dossier,
      digest: null,
      badge,
    }
    return [`badge ${badge.public_id}`, candidate] as const
  })
}

function studentOf(
  row: Pick<
    DossierOfStudent,
    'student_id' | 'student_public_id' | 'given_name' | 'family_name' | 'student_person_id'
  >,
): Candidate['student'] {
  const { student_id: id, student_public_id: public_id, given_name, family_name } = row
  return { id, public_id, given_name, family_name, person_id: row.student_person_id }
}

function assertOneOrganisation(candidates: readonly Candidate[], act: BatchAct): void {
  if (new Set(candidates.map((one) => organisationOf(one, act))).size <= 1) return
  throw wrongRows({
    fr: 'Un lot est d’une seule organisation : faites un lot pour chacun de vos établissements ou entreprises.',
    en: 'A batch is of one organisation: make one batch for each of your schools or companies.',
  })
}

function assertDistinct(candidates: readonly Candidate[]): void {
  const seen = new Set<string>()
  for (const [at, { student, versionId }] of candidates.entries()) {
    const key = `${student.id} ${versionId}`
    if (seen.has(key))
      throw wrongRows({
        fr: `La ligne ${at + 1} du lot répète un élève et un badge qui y sont déjà : retirez-la.`,
        en: `Row ${at + 1} of the batch repeats a student and a badge that are in it already: take it out.`,
      })
    seen.add(key)
  }
}

export function wrongRows(words: { fr: string; en: string }): DomainError {
  return new DomainError('invalid-request', words, { fields: [{ pointer: '/rows', words }] })
}
