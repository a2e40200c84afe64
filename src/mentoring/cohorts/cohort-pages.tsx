import { z } from 'zod'
import type { Context } from '../../context.js'
import { today } from '../../people/days.js'
import { organisationsWith } from '../../people/authorize.js'
import { page } from '../../web/page.js'
import { endEnrolment } from './end-enrolment.js'
import { enrolStudents } from './enrol-student.js'
import { Id, saidBeside, Text, Ticked, typedIn } from '../facts/form-values.js'
import { recordSession } from '../facts/record-session.js'
import { SessionForm } from '../facts/session-form-values.js'
import { seeCohort, seeCohorts } from './see-cohort.js'
import { choicesForEnrolment, enrolmentToEnd } from './see-enrolment.js'
import { choicesForSession } from '../facts/see-session-form.js'
import { findAnyCohort } from './store.js'
import { CohortPage } from './views/cohort.js'
import { CohortsPage } from './views/cohorts.js'
import { EnrolPage } from './views/enrol.js'
import { groupHref } from './views/group-title.js'
import { LeavePage } from './views/leave.js'
import { SessionFormPage } from '../facts/views/session-form.js'

const params = z.object({ id: Id })

const cohortsPage = page({
  path: '/cohorts',
  access: 'signed-in',
  async show(ctx, asked, actor) {
    const seesLeavers = organisationsWith(actor, 'manage-leavers').length > 0
    return <CohortsPage {...{ asked, seesLeavers }} cohorts={await seeCohorts(ctx, actor)} />
  },
})

const cohortPage = page({
  path: '/cohorts/:id',
  access: 'signed-in',
  params,
  async show(ctx, asked, actor) {
    return <CohortPage asked={asked} view={await seeCohort(ctx, actor, asked.params.id)} />
  },
})

const enrolPage = page({
  path: '/cohorts/:id/enrolments/new',
  access: 'signed-in',
  params,
  form: z.object({
    fromDay: Text,
    volunteeredOn: Text,
    studentIds: Ticked,
    acknowledged: Ticked,
  }),
  async show(ctx, asked, actor) {
    const of = { cohortId: asked.params.id, day: typedIn(asked.problem, 'fromDay') }
    return <EnrolPage asked={asked} choices={await choicesForEnrolment(ctx, actor, of)} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    const count = await enrolStudents(ctx, actor, { cohortId: id, ...form })
    const notice = {
      fr: count === 1 ? '1 élève est inscrit.' : `${count} élèves sont inscrits.`,
      en: count === 1 ? '1 student is enrolled.' : `${count} students are enrolled.`,
    }
    return { to: await groupAddress(ctx, id), notice }
  },
})

const leavePage = page({
  path: '/cohorts/:id/students/:studentId/leave',
  access: 'signed-in',
  params: params.extend({ studentId: Id }),
  form: z.object({ lastDay: Text, reason: Text }),
  async show(ctx, asked, actor) {
    const { id: cohortId, studentId } = asked.params
    const found = await enrolmentToEnd(ctx, actor, { cohortId, studentId })
    return <LeavePage asked={asked} today={today(ctx)} {...found} />
  },
  async submit(ctx, { form, params: { id: cohortId, studentId } }, actor) {
    await endEnrolment(ctx, actor, { cohortId, studentId, ...form })
    const notice = { fr: 'L’inscription est terminée.', en: 'The enrolment is ended.' }
    return { to: await groupAddress(ctx, cohortId), notice }
  },
})

/** Where a group is shown, whatever its scheme. */
async function groupAddress(ctx: Context, publicId: string): Promise<string> {
  const group = await findAnyCohort(ctx.db, publicId)
  return group ? groupHref(group) : '/'
}

const sessionPage = page({
  path: '/cohorts/:id/sessions/new',
  access: 'signed-in',
  params,
  query: z.object({
    like: z.literal('last').optional().catch(undefined),
    day: Id.optional().catch(undefined),
    planned: Id.optional().catch(undefined),
  }),
  form: SessionForm,
  async show(ctx, asked, actor) {
    const { like, planned: plannedId } = asked.query
    const day = typedIn(asked.problem, 'day') ?? asked.query.day
    const of = { cohortId: asked.params.id, day, plannedId }
    const choices = await choicesForSession(ctx, actor, of)
    const start = like === 'last' ? choices.last : choices.planned
    return <SessionFormPage asked={asked} choices={choices} start={start} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    const { length: count } = form.studentIds
    const recorded = recordSession(ctx, actor, { cohortId: id, ...form })
    const sessionId = await saidBeside('/companyId', '/mentorIds', recorded)
    const notice = {
      fr: `La séance est enregistrée pour ${count} élève${count > 1 ? 's' : ''}. Une autre personne doit la confirmer.`,
      en: `The session is recorded for ${count} student${count > 1 ? 's' : ''}. Somebody else must confirm it.`,
    }
    return { to: `/sessions/${sessionId}/link`, notice }
  },
})

export const cohortPages = [cohortsPage, cohortPage, enrolPage, leavePage, sessionPage]
