import { z } from 'zod'
import { today } from '../../people/days.js'
import { page } from '../../web/page.js'
import { Id, Text, typedIn } from '../facts/form-values.js'
import { isDay } from '../days.js'
import { recordOutcomes } from './record-outcomes.js'
import { seeOutcomes, seeStudentOutcomes } from './see-outcomes.js'
import { CohortOutcomesPage } from './views/cohort-outcomes.js'
import { OutcomesPage } from './views/outcomes.js'

const params = z.object({ id: Id })

const cohortOutcomesPage = page({
  path: '/cohorts/:id/outcomes',
  access: 'signed-in',
  params,
  query: z.object({
    year: z.coerce.number().int().min(2000).max(2100).optional().catch(undefined),
  }),
  async show(ctx, asked, actor) {
    const of = { cohortId: asked.params.id, year: asked.query.year }
    return <CohortOutcomesPage asked={asked} view={await seeOutcomes(ctx, actor, of)} />
  },
})

const outcomesPage = page({
  path: '/cohorts/:id/outcomes/:studentId',
  access: 'signed-in',
  params: params.extend({ studentId: Id }),
  query: z.object({ day: z.string().refine(isDay).optional().catch(undefined) }),
  form: z.object({ day: Text, bac: Text, bts: Text, next: Text }),
  async show(ctx, asked, actor) {
    const { id: cohortId, studentId } = asked.params
    const found = await seeStudentOutcomes(ctx, actor, { cohortId, studentId })
    const typed = typedIn(asked.problem, 'day')
    const day = typed !== undefined && isDay(typed) ? typed : (asked.query.day ?? today(ctx))
    return <OutcomesPage asked={asked} day={day} {...found} />
  },
  async submit(ctx, { form, params: { id: cohortId, studentId } }, actor) {
    const outcomes = { BAC: form.bac, BTS: form.bts, NEXT: form.next }
    await recordOutcomes(ctx, actor, { cohortId, studentId, day: form.day, outcomes })
    const notice = { fr: 'C’est enregistré.', en: 'It is saved.' }
    return { to: `/cohorts/${cohortId}/outcomes`, notice }
  },
})

export const outcomePages = [cohortOutcomesPage, outcomesPage]
