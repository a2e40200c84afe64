import { z } from 'zod'
import { page } from '../../web/page.js'
import { told } from '../../web/validate.js'
import {
  answerDomain,
  askDomain,
  declareAuthority,
  recordSiretSeen,
  seeDomainQuestion,
} from './prove.js'
import { declarationDigest, seeAuthority } from './see-authority.js'
import { AuthorityPage, DomainAnsweredPage, DomainQuestionPage } from './views/authority.js'

const Text = z.string().max(500).default('')
const Day = z.iso.date(
  told({ fr: 'Indiquez un jour, comme 2026-11-24.', en: 'Give a day, such as 2026-11-24.' }),
)

const authorityPage = page({
  path: '/organisations/:id/authority',
  access: 'signed-in',
  params: z.object({ id: z.string().max(64) }),
  form: z.discriminatedUnion('act', [
    z.object({ act: z.literal('siret'), source: Text, day: Day }),
    z.object({ act: z.literal('domain'), email: Text }),
    z.object({ act: z.literal('declare'), function: Text, digest: z.string().max(64) }),
  ]),
  async show(ctx, asked, actor) {
    const authority = await seeAuthority(ctx, actor, asked.params.id)
    return <AuthorityPage {...{ asked, authority }} digest={declarationDigest()} />
  },
  async submit(ctx, asked, actor) {
    const { form } = asked
    const { id: organisationId } = asked.params
    const to = `/organisations/${organisationId}/authority`
    if (form.act === 'domain') {
      const { url } = await askDomain(ctx, actor, { organisationId, email: form.email })
      if (url === undefined) return { to, notice: SENT }
      const authority = await seeAuthority(ctx, actor, organisationId)
      return <AuthorityPage {...{ asked, authority, url }} digest={declarationDigest()} />
    }
    await (form.act === 'siret'
      ? recordSiretSeen(ctx, actor, { ...form, organisationId })
      : declareAuthority(ctx, actor, { ...form, organisationId }))
    return { to, notice: KEPT }
  },
})

const KEPT = { fr: 'La preuve est notée, pour un an.', en: 'The proof is noted, for a year.' }
const SENT = {
  fr: 'Le courriel est envoyé. La preuve sera notée quand son lecteur aura confirmé.',
  en: 'The mail is sent. The proof will be noted when its reader has confirmed.',
}

const domainPage = page({
  path: '/d/:token',
  access: 'public',
  params: z.object({ token: z.string().max(200) }),
  form: z.object({}),
  async show(ctx, asked) {
    asked.req.res?.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' })
    const question = await seeDomainQuestion(ctx, asked.params.token)
    return <DomainQuestionPage {...{ asked, question }} />
  },
  async submit(ctx, asked) {
    await answerDomain(ctx, asked.params.token)
    return <DomainAnsweredPage asked={asked} />
  },
})

export const authorityPages = [authorityPage, domainPage]
