import { z } from 'zod'
import type { Context } from '../../context.js'
import { keepPrivate } from '../../mentoring/answers/private-page.js'
import {
  answerAsGuardian,
  visitAsGuardian,
  withdrawAsGuardian,
} from '../../mentoring/consents/guardian-link.js'
import { askCorrectionAsGuardian } from '../../mentoring/corrections/ask-correction.js'
import { objectAsGuardian } from '../../mentoring/consents/object.js'
import { PURPOSES } from '../../mentoring/consents/purposes.data.js'
import { Id, Text } from '../../mentoring/facts/form-values.js'
import { page } from '../../web/page.js'
import { badgeChoices, scopeOf, scopeOfRow } from './badge-choices.js'
import { shownBadges } from './shown-badges.js'
import { GuardianPage } from './views/guardian.js'

const Form = z.discriminatedUnion('act', [
  z.object({ act: z.literal('answer'), answer: z.enum(['agreed', 'refused']), code: Text }),
  z.object({ act: z.literal('withdraw'), purpose: z.enum(PURPOSES), badgeId: Id.default('') }),
  z.object({
    act: z.literal('object'),
    processing: Text,
    reason: z.string().max(5000).default(''),
  }),
  z.object({ act: z.literal('correct'), field: Text, said: z.string().max(5000).default('') }),
])

const guardianPage = page({
  path: '/g/:token',
  access: 'public',
  service: 'link',
  params: z.object({ token: z.string().max(200) }),
  form: Form,
  async show(ctx, asked) {
    keepPrivate(asked.req)
    return <GuardianPage asked={asked} {...await behind(ctx, asked.params.token)} />
  },
  async submit(ctx, asked) {
    keepPrivate(asked.req)
    const { form, visitor, params } = asked
    const { token } = params
    const { language } = visitor
    const to = `/g/${token}`
    if (form.act === 'object') {
      await objectAsGuardian(ctx, { ...form, token })
      return { to, notice: OBJECTED }
    }
    if (form.act === 'correct') {
      await askCorrectionAsGuardian(ctx, { ...form, token })
      return { to, notice: CORRECTION_ASKED }
    }
    const { badges, visit } = await behind(ctx, token)
    if (form.act === 'withdraw') {
      const badge = scopeOf(badges, form.badgeId)
      await withdrawAsGuardian(ctx, { token, purpose: form.purpose, badge, language })
      return { to, notice: WITHDRAWN }
    }
    const badge = scopeOfRow(badges, visit.asked.badgeId)
    await answerAsGuardian(ctx, { ...form, token, badge, language })
    return { to, notice: form.answer === 'agreed' ? AGREED : REFUSED }
  },
})

/** What a link shows: what is asked, what was answered, and which badges anybody with a link can see now. */
async function behind(ctx: Context, token: string) {
  const visit = await visitAsGuardian(ctx, token)
  const studentId = visit.student.id
  const badges = await badgeChoices(ctx, studentId)
  return { visit, badges, shown: await shownBadges(ctx, studentId, badges) }
}

const CORRECTION_ASKED = {
  fr: 'Votre demande est transmise au lycée, qui répond dans le mois.',
  en: 'Your request is with the lycée, which answers within a month.',
}
const OBJECTED = {
  fr: 'Votre opposition est transmise au lycée, qui répond dans le mois.',
  en: 'Your objection is with the lycée, which answers within a month.',
}
const AGREED = { fr: 'Votre accord est noté. Merci.', en: 'Your agreement is noted. Thank you.' }
const REFUSED = {
  fr: 'Votre refus est noté : rien ne sera montré. Merci.',
  en: 'Your refusal is noted: nothing will be shown. Thank you.',
}
const WITHDRAWN = {
  fr: 'Votre accord est retiré : plus rien n’est montré dès maintenant.',
  en: 'Your agreement is withdrawn: nothing is shown from now on.',
}

export const guardianPages = [guardianPage]
