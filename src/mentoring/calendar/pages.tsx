import { z } from 'zod'
import { page } from '../../web/page.js'
import { Id, saidBeside, Text, typedIn } from '../facts/form-values.js'
import { makeFeed, revokeFeed, seeFeeds } from './make-feed.js'
import { choicesForPlan } from './plan-choices.js'
import { cancelPlanned, planSession } from './plan-session.js'
import { seeDay, seeMonth } from './see-calendar.js'
import { DayPage } from './views/day.js'
import { FeedMadePage, FeedsPage } from './views/feeds.js'
import { MonthPage } from './views/month.js'
import { PlanPage } from './views/plan.js'

const params = z.object({ id: Id })
const Asked = z.string().max(40).optional().catch(undefined)

const monthPage = page({
  path: '/cohorts/:id/calendar',
  access: 'signed-in',
  params,
  query: z.object({ month: Asked }),
  async show(ctx, asked, actor) {
    const of = { cohortId: asked.params.id, month: asked.query.month }
    return <MonthPage asked={asked} view={await seeMonth(ctx, actor, of)} />
  },
})

const dayPage = page({
  path: '/cohorts/:id/calendar/:day',
  access: 'signed-in',
  params: params.extend({ day: Id }),
  form: z.object({ cancel: Id }),
  async show(ctx, asked, actor) {
    const { id: cohortId, day } = asked.params
    const view = await seeDay(ctx, actor, { cohortId, day })
    return <DayPage asked={asked} day={day} view={view} />
  },
  async submit(ctx, { form, params: { id, day } }, actor) {
    await cancelPlanned(ctx, actor, { cohortId: id, plannedId: form.cancel })
    const notice = { fr: 'La séance est annulée.', en: 'The session is cancelled.' }
    return { to: `/cohorts/${id}/calendar/${day}`, notice }
  },
})

const PlanForm = z
  .object({
    kind: Text,
    day: Text,
    startTime: Text,
    minutes: Text,
    topic: Text,
    /** « organisation », or « organisation.person » where the mentor is known. */
    withWhom: Text,
  })
  .transform(({ withWhom, minutes, ...form }) => {
    const [organisationId = '', mentorId = ''] = withWhom.split('.')
    return { ...form, organisationId, mentorId, minutes: Number(minutes) }
  })

const planPage = page({
  path: '/cohorts/:id/planned/new',
  access: 'signed-in',
  params,
  query: z.object({ day: Asked }),
  form: PlanForm,
  async show(ctx, asked, actor) {
    const day = typedIn(asked.problem, 'day') ?? asked.query.day
    const choices = await choicesForPlan(ctx, actor, { cohortId: asked.params.id, day })
    return <PlanPage asked={asked} choices={choices} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    const planned = planSession(ctx, actor, { cohortId: id, ...form })
    const beside = saidBeside('/organisationId', '/withWhom', planned)
    await saidBeside('/mentorId', '/withWhom', beside)
    const notice = {
      fr: 'La séance est prévue. Enregistrez-la quand elle aura eu lieu.',
      en: 'The session is planned. Record it once it has taken place.',
    }
    return { to: `/cohorts/${id}/calendar?month=${form.day.slice(0, 7)}`, notice }
  },
})

const feedsPage = page({
  path: '/cohorts/:id/feeds',
  access: 'signed-in',
  params,
  form: z.object({ revoke: Id.optional(), label: Text }),
  async show(ctx, asked, actor) {
    return <FeedsPage asked={asked} {...await seeFeeds(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, { form, params: { id }, ...asked }, actor) {
    if (form.revoke !== undefined) {
      await revokeFeed(ctx, actor, { cohortId: id, feedId: form.revoke })
      const notice = {
        fr: 'Le lien est révoqué. Il n’ouvre plus rien.',
        en: 'The link is revoked. It opens nothing any more.',
      }
      return { to: `/cohorts/${id}/feeds`, notice }
    }
    const { language } = asked.visitor
    const made = await makeFeed(ctx, actor, { cohortId: id, label: form.label, language })
    return <FeedMadePage asked={asked} {...made} />
  },
})

export const calendarPages = [monthPage, dayPage, planPage, feedsPage]
