import { z } from 'zod'
import type { Actor, Context } from '../../context.js'
import { page } from '../../web/page.js'
import { Id, Text, Ticked, typedIn } from '../facts/form-values.js'
import { agreeToAssessment, objectTo } from './agree-to-assessment.js'
import { MANNERS, PARTIES } from './agreement.js'
import { askAssessment } from './ask-assessment.js'
import { cancelPlacement, changeTutor } from './change-tutor.js'
import { completePlacement } from './complete-placement.js'
import { confirmPlacement } from './confirm-placement.js'
import { toMinutes } from './hours-text.js'
import { planPlacement } from './plan-placement.js'
import { recordVisit, VISIT_FINDINGS, VISIT_MANNERS } from './record-visit.js'
import { choicesForTutor, seePlacement } from './see-placement.js'
import { seePlacements } from './see-placements.js'
import { choicesForPlan } from './see-plan-form.js'
import { PlacementPage } from './views/placement.js'
import { PlacementsPage } from './views/placements.js'
import { PlanFormPage } from './views/plan-form.js'
import { TutorFormPage } from './views/tutor-form.js'
import { recordSignature } from './write-agreement.js'

const params = z.object({ id: Id })
const TutorForm = { tutorId: Text, tutorGivenName: Text, tutorFamilyName: Text }

const placementsPage = page({
  path: '/placements',
  access: 'signed-in',
  async show(ctx, asked, actor) {
    return <PlacementsPage asked={asked} view={await seePlacements(ctx, actor)} />
  },
})

/** Each form of the page says what it does. */
const Step = z.discriminatedUnion('do', [
  z.object({ do: z.literal('confirm') }),
  z.object({ do: z.literal('cancel') }),
  z.object({ do: z.literal('agree') }),
  z.object({ do: z.literal('object'), reason: Text, version: z.coerce.number().catch(0) }),
  z.object({ do: z.literal('ask'), gridId: Text }),
  z.object({ do: z.literal('days'), daysDone: z.coerce.number().catch(0) }),
  z.object({
    do: z.literal('visit'),
    day: Text,
    manner: z.enum(VISIT_MANNERS),
    finding: z.enum(VISIT_FINDINGS),
  }),
  z.object({
    do: z.literal('sign'),
    party: z.enum(PARTIES),
    signedOn: Text,
    manner: z.enum(MANNERS),
  }),
])

const placementPage = page({
  path: '/placements/:id',
  access: 'signed-in',
  params,
  form: Step,
  async show(ctx, asked, actor) {
    return <PlacementPage asked={asked} view={await seePlacement(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, asked, actor) {
    const { id: placementId } = asked.params
    const { form } = asked
    if (form.do === 'ask') {
      const { url } = await askAssessment(ctx, actor, { placementId, gridId: form.gridId })
      asked.req.res?.setHeader('Cache-Control', 'no-store')
      const view = await seePlacement(ctx, actor, placementId)
      return <PlacementPage asked={asked} view={view} link={url} />
    }
    await take(ctx, actor, placementId, form)
    return { to: `/placements/${placementId}`, notice: DONE[form.do] }
  },
})

type Taken = Exclude<z.output<typeof Step>, { do: 'ask' }>

function take(ctx: Context, actor: Actor, placementId: string, form: Taken): Promise<void> {
  switch (form.do) {
    case 'confirm':
      return confirmPlacement(ctx, actor, placementId)
    case 'cancel':
      return cancelPlacement(ctx, actor, placementId)
    case 'agree':
      return agreeToAssessment(ctx, actor, placementId)
    case 'object':
      return objectTo(ctx, actor, placementId, form)
    case 'days':
      return completePlacement(ctx, actor, { placementId, daysDone: form.daysDone })
    case 'visit':
      return recordVisit(ctx, actor, { placementId, ...form })
    default:
      return recordSignature(ctx, actor, { placementId, ...form })
  }
}

const DONE = {
  confirm: { fr: 'C’est confirmé.', en: 'It is confirmed.' },
  cancel: { fr: 'La période est annulée.', en: 'The placement is cancelled.' },
  agree: { fr: 'Votre accord est enregistré.', en: 'Your agreement is recorded.' },
  object: { fr: 'Votre désaccord est enregistré.', en: 'Your objection is recorded.' },
  days: {
    fr: 'Les jours sont saisis. Une autre personne doit les confirmer.',
    en: 'The days are recorded. Somebody else must confirm them.',
  },
  visit: { fr: 'Le point avec le tuteur est saisi.', en: 'The check is recorded.' },
  sign: { fr: 'La signature est saisie.', en: 'The signature is recorded.' },
} as const

const planPage = page({
  path: '/students/:id/placements/plan',
  access: 'signed-in',
  params,
  query: z.object({ company: Id.optional().catch(undefined) }),
  form: z.object({
    companyId: Text,
    siteId: Text,
    ...TutorForm,
    referentId: Text,
    fromDay: Text,
    untilDay: Text,
    startTime: Text,
    endTime: Text,
    dailyHours: Text,
    weeklyHours: Text,
    work: z.enum(['ORDINARY', 'REGULATED']),
    medicalOpinionOn: Text,
    acknowledged: Ticked,
  }),
  async show(ctx, asked, actor) {
    const companyId = typedIn(asked.problem, 'companyId') ?? asked.query.company
    const of = { studentId: asked.params.id, companyId }
    return <PlanFormPage asked={asked} {...await choicesForPlan(ctx, actor, of)} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    const { dailyHours, weeklyHours, ...said } = form
    const publicId = await planPlacement(ctx, actor, {
      ...said,
      studentId: id,
      dailyMinutes: toMinutes(dailyHours, '/dailyHours'),
      weeklyMinutes: toMinutes(weeklyHours, '/weeklyHours'),
    })
    const notice = {
      fr: 'La période est prévue. Voici ce qui manque encore.',
      en: 'The placement is planned. This is what is still missing.',
    }
    return { to: `/placements/${publicId}`, notice }
  },
})

const tutorPage = page({
  path: '/placements/:id/tutor',
  access: 'signed-in',
  params,
  form: z.object({ ...TutorForm, acknowledged: Ticked }),
  async show(ctx, asked, actor) {
    return <TutorFormPage asked={asked} {...await choicesForTutor(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    await changeTutor(ctx, actor, { placementId: id, ...form })
    const notice = { fr: 'Le tuteur a changé.', en: 'The tutor has changed.' }
    return { to: `/placements/${id}`, notice }
  },
})

export const planningPages = [placementsPage, placementPage, planPage, tutorPage]
