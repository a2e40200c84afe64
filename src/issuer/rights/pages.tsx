import { z } from 'zod'
import { askCorrection } from '../../mentoring/corrections/ask-correction.js'
import { seeMyCorrections } from '../../mentoring/corrections/see-corrections.js'
import { Text } from '../../mentoring/facts/form-values.js'
import { page } from '../../web/page.js'
import { told } from '../../web/validate.js'
import { askErasure, withdrawErasure } from './ask-erasure.js'
import { agreeToErasure, refuseErasure, secondErasure } from './decide-erasure.js'
import { REFUSAL_CODES } from './refusals.data.js'
import { seeOpenRequests, seeRights } from './see-rights.js'
import { BADGE_CHOICES } from './store.js'
import { ErasuresPage, RightsPage } from './views/rights.js'

const Ask = z.object({
  do: z.literal('ask'),
  badges: z.enum(BADGE_CHOICES, {
    error: told({
      fr: 'Dites ce que deviennent les badges.',
      en: 'Say what becomes of the badges.',
    }),
  }),
})

const CORRECTION_ASKED = {
  fr: 'La demande est transmise à votre lycée, qui répond dans le mois.',
  en: 'The request is with your lycée, which answers within a month.',
}
const ASKED = {
  fr: 'La demande est enregistrée. Deux personnes du lycée décideront.',
  en: 'The request is recorded. Two persons of the school will decide.',
}

const myDataPage = page({
  path: '/my-data',
  access: 'signed-in',
  form: z.discriminatedUnion('do', [
    Ask,
    z.object({ do: z.literal('withdraw') }),
    z.object({ do: z.literal('correct'), field: Text, said: z.string().max(5000).default('') }),
  ]),
  async show(ctx, asked, actor) {
    const corrections = await seeMyCorrections(ctx, actor)
    const view = await seeRights(ctx, actor)
    return <RightsPage {...{ asked, view, corrections }} own />
  },
  async submit(ctx, { form }, actor) {
    if (form.do === 'ask') {
      await askErasure(ctx, actor, { badges: form.badges })
      return { to: '/my-data', notice: ASKED }
    }
    if (form.do === 'correct') {
      await askCorrection(ctx, actor, form)
      return { to: '/my-data', notice: CORRECTION_ASKED }
    }
    await withdrawErasure(ctx, actor)
    const notice = { fr: 'La demande est retirée.', en: 'The request is withdrawn.' }
    return { to: '/my-data', notice }
  },
})

const studentDataPage = page({
  path: '/students/:id/data',
  access: 'signed-in',
  params: z.object({ id: z.string().max(64) }),
  form: z.discriminatedUnion('do', [
    Ask,
    z.object({ do: z.enum(['agree', 'second']) }),
    z.object({
      do: z.literal('refuse'),
      code: z.enum(REFUSAL_CODES),
      reason: z.string().max(1_000).default(''),
    }),
  ]),
  async show(ctx, asked, actor) {
    const view = await seeRights(ctx, actor, asked.params.id)
    return <RightsPage asked={asked} view={view} own={false} />
  },
  async submit(ctx, { form, params: { id: studentId } }, actor) {
    const to = `/students/${studentId}/data`
    if (form.do === 'ask') {
      await askErasure(ctx, actor, { studentId, badges: form.badges })
      return { to, notice: ASKED }
    }
    const { request } = await seeRights(ctx, actor, studentId)
    const id = request?.public_id ?? ''
    if (form.do === 'agree') await agreeToErasure(ctx, actor, id)
    else if (form.do === 'refuse') await refuseErasure(ctx, actor, { ...form, id })
    else {
      await secondErasure(ctx, actor, id)
      const notice = {
        fr: 'L’effacement est lancé : la fiche de l’élève n’existera plus dans un instant.',
        en: 'The erasure has begun: the student’s record will be gone in a moment.',
      }
      return { to: '/erasures', notice }
    }
    return { to }
  },
})

const erasuresPage = page({
  path: '/erasures',
  access: 'signed-in',
  async show(ctx, asked, actor) {
    return <ErasuresPage asked={asked} requests={await seeOpenRequests(ctx, actor)} />
  },
})

export const rightsPages = [myDataPage, studentDataPage, erasuresPage]
