import type { Actor, Context } from '../../context.js'
import { may, type Resource } from '../../people/authorize.js'
import { findOrganisationByPublicId } from '../../people/store.js'
import type { Db } from '../../store/schema.js'
import { noCompany } from '../classes/open-class.js'
import { activeCompaniesOf } from '../classes/store.js'
import { listLiaisons } from '../classes/liaison-store.js'
import type { AnyCohort } from '../cohorts/store.js'
import { isWithin } from '../days.js'
import { listLeaders, listVettings } from '../mentors/store.js'
import { isMinor, type MentoringCase } from '../mentors/vetting.js'
import { wrongField } from '../refusals.js'
import { schemeOf } from '../schemes/index.js'
import type { SessionCase } from '../schemes/scheme.js'
import { listMembers, listSchoolings } from '../students/store.js'
import { listPresent, schoolOfEach, type Present } from './presence-store.js'
import { runnersOf } from './session-resource.js'

/**
 * The organisation whose people led a session.
 *
 * @throws {DomainError} invalid-request unless the scheme lets it
 */
export async function leadingOrganisation(
  db: Db,
  cohort: AnyCohort,
  publicId: string,
  day: string,
): Promise<number> {
  const organisation = await findOrganisationByPublicId(db, publicId)
  if (!organisation) throw noCompany('/companyId')
  const { id, kind } = organisation
  const isAllowed =
    schemeOf(cohort.scheme).mentorsFrom === 'owner-or-company'
      ? id === cohort.ownerId || kind === 'company'
      : (await companiesOn(db, cohort, day)).includes(id)
  if (isAllowed) return id
  throw noCompany('/companyId')
}

/** The companies that the class of a cohort has on a day; a cohort without a class has none. */
export async function companiesOn(db: Db, { classId }: AnyCohort, day: string): Promise<number[]> {
  if (classId === null) return []
  return (await activeCompaniesOf(db, classId, day)).map(({ companyId }) => companyId)
}

export type Leading = Readonly<{ ids: readonly number[]; vettings: MentoringCase['mentors'] }>

/**
 * Those who led a session, all of one organisation.
 *
 * @throws {DomainError} invalid-request unless all have a part in the organisation on the day
 */
export async function leading(
  db: Db,
  organisationId: number,
  publicIds: readonly string[],
  day: string,
): Promise<Leading> {
  const leaders = await listLeaders(db, [organisationId], day)
  const ids = [...new Set(publicIds)].map((publicId, index) => {
    const leader = leaders.find((one) => one.publicId === publicId)
    if (leader) return leader.personId
    throw wrongField(`/mentorIds/${index}`, {
      fr: 'Cette personne n’a pas de rôle dans l’entreprise ce jour-là. Choisissez quelqu’un de l’entreprise, ou ajoutez-la comme mentor.',
      en: 'This person has no role in the company on that day. Choose somebody of the company, or add them as a mentor.',
    })
  })
  const known = await listVettings(db, ids)
  return { ids, vettings: ids.map((id) => known.get(id) ?? []) }
}

/** The liaison officer on the day of the class of a cohort, if there is one. */
export async function liaisonOn(
  db: Db,
  { classId }: AnyCohort,
  day: string,
): Promise<number | null> {
  if (classId === null) return null
  const liaisons = await listLiaisons(db, classId)
  return liaisons.find((one) => isWithin(day, one))?.personId ?? null
}

/**
 * The students of a cohort on a day whom the actor may record: a school has its own; who runs the cohort has all,
 * and so has the lycée of a P-TECH class, whose students may be in another lycée for their BTS.
 */
export async function membersFor(ctx: Context, actor: Actor, cohort: AnyCohort, day: string) {
  const members = await listMembers(ctx.db, cohort.id, day)
  const schools = await schoolOfEach(
    ctx.db,
    members.map(({ id }) => id),
    day,
  )
  return members.flatMap((member) => {
    const { known, named } = resourcesOfStudent(cohort, schools.get(member.id) ?? member.school_id)
    if (!may(actor, 'record-session', known)) return []
    return { ...member, maySee: may(actor, 'see-student', named) }
  })
}

/** What a student at a session belongs to, for whoever records and corrects it; and for whoever reads their full name. */
type OfStudent = Readonly<{ known: Resource; named: Resource }>

function resourcesOfStudent(cohort: AnyCohort, schoolId: number): OfStudent {
  const known = { schoolIds: [schoolId, cohort.ownerId], companyIds: runnersOf(cohort) }
  return { known, named: cohort.classId === null ? { schoolIds: [schoolId] } : known }
}

/** Each of those who were at a session of a cohort on a day, and what they belong to. */
export async function presentOf(
  db: Db,
  cohort: AnyCohort,
  session: Readonly<{ id: number; day: string }>,
): Promise<(Present & OfStudent)[]> {
  const present = await listPresent(db, session.id)
  const ids = present.map(({ id }) => id)
  const schools = await schoolOfEach(db, ids, session.day)
  return present.map((one) => {
    return { ...one, ...resourcesOfStudent(cohort, schools.get(one.id) ?? one.schoolId) }
  })
}

export type Attending = Readonly<{
  ids: readonly number[]
  cases: SessionCase['students']
  hasMinor: boolean
}>

/**
 * The students who were there: all of the cohort on that day.
 *
 * @throws {DomainError} invalid-request
 */
export async function attending(
  ctx: Context,
  actor: Actor,
  cohort: AnyCohort,
  session: Readonly<{ day: string; studentIds: readonly string[] }>,
): Promise<Attending> {
  const members = await membersFor(ctx, actor, cohort, session.day)
  const chosen = [...new Set(session.studentIds)].map((publicId, index) => {
    const pointer = `/studentIds/${index}`
    const member = members.find((one) => one.public_id === publicId)
    if (member) return { member, pointer }
    throw wrongField(pointer, {
      fr: 'Cet élève n’est pas dans la cohorte ce jour-là. Décochez-le.',
      en: 'This student is not in the cohort on that day. Untick them.',
    })
  })
  if (chosen.length === 0) {
    throw wrongField('/studentIds', {
      fr: 'Cochez au moins un élève.',
      en: 'Tick one student or more.',
    })
  }
  const ids = chosen.map(({ member }) => member.id)
  const schoolings = Map.groupBy(await listSchoolings(ctx.db, ids), ({ studentId }) => studentId)
  return {
    ids,
    cases: chosen.map(({ member, pointer }) => ({
      pointer,
      schoolings: schoolings.get(member.id) ?? [],
    })),
    hasMinor: chosen.some(({ member }) =>
      isMinor(ctx.vault.open(member.birth_date_sealed), session.day),
    ),
  }
}
