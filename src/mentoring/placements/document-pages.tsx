import { z } from 'zod'
import type { Request } from 'express'
import { page } from '../../web/page.js'
import { Id, Text } from '../facts/form-values.js'
import { nothingHere } from '../refusals.js'
import { addDerogation, addSite, changeSite } from './add-site.js'
import { WRITTEN_MENTIONS, type Mentions } from './agreement.js'
import {
  copyAssessment,
  keepAssessment,
  openAssessment,
  sendAssessment,
} from './assess-placement.js'
import type { AssessmentInput } from './assessment.js'
import { addGrid } from './grids.js'
import { seePlacement } from './see-placement.js'
import { fullName } from './see-placements.js'
import { seeGrids, seeSite, seeSites } from './see-plan-form.js'
import { AgreementFormPage, AgreementPage } from './views/agreement-pages.js'
import { AssessmentFormPage, AssessmentSentPage } from './views/assessment-form.js'
import { GridsPage } from './views/grids.js'
import { SitePage } from './views/site.js'
import { SitesPage } from './views/sites.js'
import { writeAgreement } from './write-agreement.js'

const params = z.object({ id: Id })
const LongText = z.string().max(10_000).default('')
const Count = z.coerce.number().catch(0)

const agreementPage = page({
  path: '/placements/:id/agreement',
  access: 'signed-in',
  params,
  async show(ctx, asked, actor) {
    const view = await seePlacement(ctx, actor, asked.params.id)
    if (!view.placement.plan) throw nothingHere()
    return <AgreementPage asked={asked} view={view} />
  },
})

const agreementFormPage = page({
  path: '/placements/:id/agreement/edit',
  access: 'signed-in',
  params,
  form: z.object({
    CURRICULUM: LongText,
    SKILLS: LongText,
    ACTIVITIES: LongText,
    DURATION: LongText,
    SPECIAL_HOURS: LongText,
    SUPERVISION: LongText,
    GRATUITY: LongText,
    PROTECTION: LongText,
  } satisfies Record<keyof Required<Mentions>, typeof LongText>),
  async show(ctx, asked, actor) {
    const view = await seePlacement(ctx, actor, asked.params.id)
    if (!view.mayManage) throw nothingHere()
    return <AgreementFormPage asked={asked} view={view} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    await writeAgreement(ctx, actor, { placementId: id, mentions: form })
    const filled = WRITTEN_MENTIONS.filter((mention) => form[mention].trim() !== '').length
    const notice = {
      fr: `Mentions enregistrées : ${filled} sur ${WRITTEN_MENTIONS.length}.`,
      en: `Mentions saved: ${filled} of ${WRITTEN_MENTIONS.length}.`,
    }
    return { to: `/placements/${id}/agreement`, notice }
  },
})

/** The radio buttons of a grid are named by its criteria. */
const AssessmentForm = z
  .looseObject({
    do: z.enum(['save', 'send']),
    gridId: Text,
    outcome: Text,
    daysDone: Text,
    lastDay: Text,
    missedHours: Text,
    comment: LongText,
  })
  .transform(({ do: step, gridId, outcome, daysDone, lastDay, missedHours, comment, ...rest }) => {
    const marks = Object.entries(rest).flatMap(([name, level]) =>
      name.startsWith('mark-') && typeof level === 'string'
        ? [[name.slice('mark-'.length), level] as const]
        : [],
    )
    const said = {
      marks: Object.fromEntries(marks),
      outcome,
      daysDone,
      lastDay,
      missedHours,
      comment,
    }
    return { step, gridId, said: said satisfies AssessmentInput }
  })

const paperPage = page({
  path: '/placements/:id/assessment',
  access: 'signed-in',
  params,
  form: AssessmentForm,
  async show(ctx, asked, actor) {
    const view = await seePlacement(ctx, actor, asked.params.id)
    const grid = view.grid ?? view.grids[0]
    const over = view.assessment !== undefined || view.placement.daysDone !== null
    if (!view.mayManage || over || !grid) throw nothingHere()
    const shown = { grid, studentName: view.studentName, days: view.placement, filled: undefined }
    return <AssessmentFormPage asked={asked} {...shown} onPaper />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    await copyAssessment(ctx, actor, { placementId: id, gridId: form.gridId, ...form.said })
    const notice = {
      fr: 'Le bilan sur papier est recopié. Une autre personne doit le confirmer.',
      en: 'The assessment on paper is copied. Somebody else must confirm it.',
    }
    return { to: `/placements/${id}`, notice }
  },
})

const tutorAssessmentPage = page({
  path: '/a/:token/placement',
  access: 'public',
  service: 'link',
  params: z.object({ token: z.string() }),
  form: AssessmentForm,
  async show(ctx, asked) {
    keepPrivate(asked.req)
    const { placement, grid, filled } = await openAssessment(ctx, asked.params.token)
    const shown = { grid, filled, studentName: fullName(placement), days: placement }
    return <AssessmentFormPage asked={asked} {...shown} onPaper={false} />
  },
  async submit(ctx, asked, actor) {
    keepPrivate(asked.req)
    const { token } = asked.params
    const { step, said } = asked.form
    if (step === 'send') {
      await sendAssessment(ctx, token, said, actor)
      return <AssessmentSentPage asked={asked} />
    }
    await keepAssessment(ctx, token, said, actor)
    const notice = {
      fr: 'C’est enregistré, pas encore envoyé. Vous pouvez revenir par le même lien.',
      en: 'It is saved, not sent yet. You may come back by the same link.',
    }
    return { to: `/a/${token}/placement`, notice }
  },
})

/** A link is for one person: nothing between us and them keeps what it shows. */
function keepPrivate(req: Request): void {
  req.res?.set('Cache-Control', 'no-store')
}

const sitesPage = page({
  path: '/sites',
  access: 'signed-in',
  form: z.object({ companyId: Text, siret: Text, name: Text, town: Text, staffCount: Count }),
  async show(ctx, asked, actor) {
    return <SitesPage asked={asked} {...await seeSites(ctx, actor)} />
  },
  async submit(ctx, { form }, actor) {
    const publicId = await addSite(ctx, actor, form)
    return { to: `/sites/${publicId}`, notice: { fr: 'Le site est ajouté.', en: 'Site added.' } }
  },
})

const sitePage = page({
  path: '/sites/:id',
  access: 'signed-in',
  params,
  form: z.discriminatedUnion('do', [
    z.object({ do: z.literal('derogation'), sentOn: Text, works: Text }),
    z.object({ do: z.literal('staff'), staffCount: Count, quotaRaisedOn: Text }),
  ]),
  async show(ctx, asked, actor) {
    return <SitePage asked={asked} {...await seeSite(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    if (form.do === 'derogation') await addDerogation(ctx, actor, { siteId: id, ...form })
    else await changeSite(ctx, actor, { siteId: id, ...form })
    return { to: `/sites/${id}`, notice: { fr: 'C’est enregistré.', en: 'It is saved.' } }
  },
})

const gridsPage = page({
  path: '/grids',
  access: 'signed-in',
  form: z.object({ schoolId: Text, title: Text, competences: LongText, levels: LongText }),
  async show(ctx, asked, actor) {
    return <GridsPage asked={asked} {...await seeGrids(ctx, actor)} />
  },
  async submit(ctx, { form }, actor) {
    await addGrid(ctx, actor, form)
    return { to: '/grids', notice: { fr: 'La grille est ajoutée.', en: 'The grid is added.' } }
  },
})

export const documentPages = [
  agreementPage,
  agreementFormPage,
  paperPage,
  tutorAssessmentPage,
  sitesPage,
  sitePage,
  gridsPage,
]
