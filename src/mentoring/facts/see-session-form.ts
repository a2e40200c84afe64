import type { Actor, Context } from '../../context.js'
import { authorize, may } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { listOrganisations } from '../../people/store.js'
import type { Db } from '../../store/schema.js'
import { findPlanned, type Planned } from '../calendar/planned-store.js'
import { sidesWith } from '../cohorts/sides.js'
import { findAnyCohort, type AnyCohort } from '../cohorts/store.js'
import { isDay } from '../days.js'
import type { LevelCode } from '../levels.js'
import { listPartners } from '../mentors/partners-store.js'
import { listLeaders, listMentors } from '../mentors/store.js'
import { nothingHere } from '../refusals.js'
import { schemeOf } from '../schemes/index.js'
import { levelOn, type Scheme } from '../schemes/scheme.js'
import { listSchoolings } from '../students/store.js'
import { fullName, shortName } from '../confirming/see-unconfirmed.js'
import { companiesOn, liaisonOn, membersFor } from './session-people.js'
import { resourceOn } from './session-resource.js'
import { findLastSession, type LastSession } from './said-store.js'

export type SessionChoices = Readonly<{
  cohort: AnyCohort
  scheme: Scheme
  day: string
  students: readonly Readonly<{
    publicId: string
    name: string
    level: LevelCode | undefined
  }>[]
  /** Those who may lead a session on the day, by organisation. */
  mentors: readonly Readonly<{
    publicId: string
    companyId: string
    name: string
    companyName: string
  }>[]
  /** Whether the class has a liaison officer on the day; a cohort without a class never has. */
  liaison: 'named' | 'missing' | 'none'
  mayAddMentors: boolean
  /** The cohort's last one, to start from. */
  last: LastSession | undefined
  /** What was planned of it. */
  planned: LastSession | undefined
}>

/**
 * What a session of a cohort is recorded from: who was in the cohort, and who may have led it.
 *
 * @param asked.day of the session; for anything that is no day, that of the plan, or today
 * @throws {DomainError} forbidden or not-found
 */
export async function choicesForSession(
  ctx: Context,
  actor: Actor,
  asked: Readonly<{ cohortId: string; day: string | undefined; plannedId?: string | undefined }>,
): Promise<SessionChoices> {
  const cohort = await findAnyCohort(ctx.db, asked.cohortId)
  if (!cohort) throw nothingHere()
  const plan = await planOf(ctx.db, cohort, asked.plannedId)
  const claimed = asked.day ?? plan?.day
  const day = claimed !== undefined && isDay(claimed) ? claimed : today(ctx)
  const resource = await resourceOn(ctx.db, cohort, day)
  authorize(actor, 'record-session', resource)
  const liaisonId = await liaisonOn(ctx.db, cohort, day)
  return {
    cohort,
    scheme: schemeOf(cohort.scheme),
    day,
    students: await studentsOn(ctx, actor, cohort, day),
    mentors: await mentorsOn(ctx, actor, cohort, day),
    liaison: cohort.classId === null ? 'none' : liaisonId === null ? 'missing' : 'named',
    mayAddMentors: may(actor, 'manage-mentors', resource),
    last: await findLastSession(ctx.db, cohort.id),
    planned: plan && toStart(plan),
  }
}

async function planOf(
  db: Db,
  cohort: AnyCohort,
  publicId: string | undefined,
): Promise<Planned | undefined> {
  const plan = publicId === undefined ? undefined : await findPlanned(db, publicId)
  return plan?.cohortId === cohort.id && plan.cancelledAt === null ? plan : undefined
}

function toStart({ kind, minutes, topic, mentorId, organisationId }: Planned): LastSession {
  const mentorIds = mentorId === null ? [] : [mentorId]
  const unsaid = { place: 'SCHOOL', schoolAdultPresent: false }
  return { ...unsaid, kind, minutes, topic, mentorIds, companyId: organisationId }
}

async function studentsOn(ctx: Context, actor: Actor, cohort: AnyCohort, day: string) {
  const members = await membersFor(ctx, actor, cohort, day)
  const ids = members.map(({ id }) => id)
  const schoolings = Map.groupBy(await listSchoolings(ctx.db, ids), ({ studentId }) => studentId)
  return members.map(({ id, public_id, given_name, family_name, maySee }) => {
    const named = { givenName: given_name, familyName: family_name }
    return {
      publicId: public_id,
      name: maySee ? fullName(named) : shortName(named),
      level: levelOn(schoolings.get(id) ?? [], day),
    }
  })
}

async function mentorsOn(ctx: Context, actor: Actor, cohort: AnyCohort, day: string) {
  const leaders = await listLeaders(ctx.db, await leadersFrom(ctx, actor, cohort, day), day)
  const organisations = new Map((await listOrganisations(ctx.db)).map((one) => [one.id, one]))
  return leaders.flatMap((leader) => {
    const organisation = organisations.get(leader.organisationId)
    // Of the partners of a school, only companies lead sessions in a cohort that somebody else runs.
    if (!organisation) return []
    if (organisation.kind !== 'company' && organisation.id !== cohort.ownerId) return []
    const { publicId: companyId, name: companyName } = organisation
    return [{ publicId: leader.publicId, companyId, name: fullName(leader), companyName }]
  })
}

/** A class has its companies; any other cohort who runs it, and whom the actor's organisations work with. */
async function leadersFrom(
  ctx: Context,
  actor: Actor,
  cohort: AnyCohort,
  day: string,
): Promise<number[]> {
  if (schemeOf(cohort.scheme).mentorsFrom === 'class-companies') {
    return companiesOn(ctx.db, cohort, day)
  }
  const own = sidesWith(actor, 'record-session')
  const through = { ...own, companyIds: [cohort.ownerId, ...own.companyIds] }
  const added = await listMentors(ctx.db, { organisationIds: [], through })
  const known = await listPartners(ctx.db, through)
  return [...new Set([cohort.ownerId, ...known, ...added.map((one) => one.organisationId)])]
}
