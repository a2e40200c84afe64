import type { Actor, Context } from '../context.js'
import { findStudent } from '../mentoring/facts/facts.js'
import { listCohorts } from '../mentoring/classes/store.js'
import { listMembers } from '../mentoring/students/store.js'
import { authorize, organisationsWith } from '../people/authorize.js'
import { today } from '../people/days.js'
import { listVersionsOf, type Version } from '../templates/store.js'
import type { Words } from '../words.js'
import { gatherEvidence, partnersOf } from './evidence.js'
import { obstacleOf } from './obstacles.js'
import { organisationNames } from './readers.js'
import { requirementView, type RequirementView } from './rests-on.js'
import { noDossier } from './steps.js'
import { listDossiersOf } from './store/dossiers.js'

export type CandidateBadge = Readonly<{
  version: Version
  company: string
  requirements: RequirementView[]
  /** Undefined: it can be proposed at once. */
  obstacle: Words | undefined
  /** The dossier that the student has for it already. */
  dossierId: string | undefined
}>

export type Candidates = Readonly<{ studentId: string; student: string; badges: CandidateBadge[] }>

/**
 * The badges that a student could be given a dossier for: those in use of the companies that are
 * partners of their class today; those for which nothing is missing first.
 *
 * @throws {DomainError} not-found or forbidden
 */
export async function seeCandidates(
  ctx: Context,
  actor: Actor,
  studentId: string,
): Promise<Candidates> {
  const student = await findStudent(ctx.db, studentId)
  if (!student) throw noDossier()
  authorize(actor, 'open-dossier', { schoolId: student.school_id })
  const day = today(ctx)
  const { partners } = await partnersOf(ctx.db, student.id, day)
  const versions = await Promise.all([...new Set(partners)].map((id) => listVersionsOf(ctx.db, id)))
  const opened = await listDossiersOf(ctx.db, student.id)
  const nameOf = await organisationNames(ctx)
  const badges = await Promise.all(
    inUse(versions.flat()).map(async (version) => {
      const dossier = { student_id: student.id, template_version_id: version.id }
      const evidence = await gatherEvidence(ctx, dossier, day)
      return {
        version,
        company: nameOf(version.creatorId),
        requirements: evidence.weighed.map((one) => requirementView(ctx, one)),
        obstacle: obstacleOf(evidence),
        dossierId: opened.findLast((one) => one.template_version_id === version.id)?.public_id,
      }
    }),
  )
  const ready = badges.toSorted((a, b) => Number(!!a.obstacle) - Number(!!b.obstacle))
  return { studentId, student: `${student.given_name} ${student.family_name}`, badges: ready }
}

/** Of each template its newest published version, unless it is archived, or its company stands by it no more. */
export function inUse(versions: readonly Version[]): Version[] {
  const published = versions.filter(
    ({ publishedAt, archivedAt }) => publishedAt !== null && archivedAt === null,
  )
  return published.filter(
    (one) =>
      one.withdrawal === null &&
      !published.some(
        ({ templateId, number }) => templateId === one.templateId && number > one.number,
      ),
  )
}

export type CohortOfStudents = Readonly<{
  className: string
  entryYear: number
  students: readonly Readonly<{ publicId: string; name: string }>[]
}>

/** The students for whom the actor may open a dossier, by cohort. @throws {DomainError} not-found */
export async function seeStudentsToAward(ctx: Context, actor: Actor): Promise<CohortOfStudents[]> {
  const schools = organisationsWith(actor, 'open-dossier')
  if (schools.length === 0) throw noDossier()
  const cohorts = await listCohorts(ctx.db, schools)
  return Promise.all(
    cohorts.map(async ({ id, className, entryYear }) => ({
      className,
      entryYear,
      students: (await listMembers(ctx.db, id, today(ctx))).map((student) => ({
        publicId: student.public_id,
        name: `${student.given_name} ${student.family_name}`,
      })),
    })),
  )
}
