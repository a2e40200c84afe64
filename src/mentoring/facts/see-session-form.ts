import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { listMembersOf } from '../../people/members-store.js'
import { listOrganisations } from '../../people/store.js'
import { isDay } from '../days.js'
import type { LevelCode } from '../levels.js'
import { nothingHere } from '../refusals.js'
import { levelOn } from '../schemes/scheme.js'
import { activeCompaniesOf, findCohort, type Cohort } from '../classes/store.js'
import { findLastSession, type LastSession } from './store.js'
import { listMembers, listSchoolings } from '../students/store.js'

export type SessionChoices = Readonly<{
  cohort: Cohort
  day: string
  students: readonly Readonly<{
    publicId: string
    name: string
    level: LevelCode | undefined
  }>[]
  /** People of the companies that are with the class on the day. */
  mentors: readonly Readonly<{
    publicId: string
    companyId: string
    name: string
    companyName: string
  }>[]
  /** The cohort's last one, to start from. */
  last: LastSession | undefined
}>

/**
 * What a session of a cohort is recorded from: who was in the cohort and in its companies.
 *
 * @param asked.day of the session; today for anything that is no day
 * @throws {DomainError} forbidden or not-found
 */
export async function choicesForSession(
  ctx: Context,
  actor: Actor,
  asked: Readonly<{ cohortId: string; day: string | undefined }>,
): Promise<SessionChoices> {
  const cohort = await findCohort(ctx.db, asked.cohortId)
  if (!cohort) throw nothingHere()
  authorize(actor, 'record-session', { schoolId: cohort.schoolId })
  const day = asked.day !== undefined && isDay(asked.day) ? asked.day : today(ctx)
  return {
    cohort,
    day,
    students: await studentsOn(ctx, cohort, day),
    mentors: await mentorsOn(ctx, cohort, day),
    last: await findLastSession(ctx.db, cohort.id),
  }
}

async function studentsOn(ctx: Context, cohort: Cohort, day: string) {
  const members = await listMembers(ctx.db, cohort.id, day)
  const ids = members.map(({ id }) => id)
  const schoolings = Map.groupBy(await listSchoolings(ctx.db, ids), ({ studentId }) => studentId)
  return members.map(({ id, public_id, given_name, family_name }) => ({
    publicId: public_id,
    name: `${given_name} ${family_name}`,
    level: levelOn(schoolings.get(id) ?? [], day),
  }))
}

async function mentorsOn(ctx: Context, cohort: Cohort, day: string) {
  const active = await activeCompaniesOf(ctx.db, cohort.classId, day)
  const ids = active.map(({ companyId }) => companyId)
  const companies = await listOrganisations(ctx.db, 'company')
  const members = await listMembersOf(ctx.db, ids, day, ['company-admin', 'company-endorser'])
  return members.flatMap(({ publicId, givenName, familyName, organisationId }) => {
    const company = companies.find(({ id }) => id === organisationId)
    if (!company) return []
    const name = `${givenName} ${familyName}`
    return [{ publicId, companyId: company.publicId, name, companyName: company.name }]
  })
}
