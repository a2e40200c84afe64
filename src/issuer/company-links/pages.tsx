import { z } from 'zod'
import type { Actor, Context } from '../../context.js'
import { keepPrivate } from '../../mentoring/answers/private-page.js'
import { page } from '../../web/page.js'
import { told } from '../../web/validate.js'
import { organisationNames } from '../readers.js'
import { assessByLink, endorseByLink, sendCode } from './answer.js'
import { askable, askCompany } from './ask-company.js'
import { seeOwnLinkData } from './see-own-link-data.js'
import { listOpenCompanyLinks } from './store.js'
import { AnsweredByLinkPage, LinkPage } from './views/answer.js'
import { AskCompanyPage, CompanyAskedPage } from './views/ask.js'
import { OwnLinkDataPage } from './views/data.js'
import { visitByLink } from './visit.js'

const Text = z.string().max(4_000).default('')

const askPage = page({
  path: '/dossiers/:id/ask',
  access: 'signed-in',
  params: z.object({ id: z.string().max(64) }),
  form: z.object({ givenName: Text, familyName: Text, email: Text, function: Text }),
  async show(ctx, asked, actor) {
    const { id: dossierId } = asked.params
    return <AskCompanyPage asked={asked} {...await toAsk(ctx, actor, dossierId)} />
  },
  async submit(ctx, asked, actor) {
    const { id: dossierId } = asked.params
    const { step } = await askable(ctx, actor, dossierId)
    const { url } = await askCompany(ctx, actor, { ...asked.form, dossierId })
    return <CompanyAskedPage asked={asked} {...{ dossierId, step, url }} />
  },
})

async function toAsk(ctx: Context, actor: Actor, dossierId: string) {
  const { dossier, step } = await askable(ctx, actor, dossierId)
  const open = await listOpenCompanyLinks(ctx.db, dossier.id, ctx.now().toISOString())
  const nameOf = await organisationNames(ctx)
  const last = open.find((one) => one.step === step && one.digest === dossier.digest)
  return { dossierId, step, company: nameOf(dossier.company_id), askedSince: last?.made_at }
}

const Token = z.object({ token: z.string().max(200) })
const digest = z.string().max(64)
const Answer = z.discriminatedUnion('act', [
  z.object({ act: z.literal('code') }),
  z.object({ act: z.literal('assess'), digest, function: Text }),
  z.object({
    act: z.literal('endorse'),
    digest,
    function: Text,
    comment: Text,
    code: Text,
    entitled: z.literal(
      'yes',
      told({
        fr: 'Cochez cette déclaration : seule une personne en droit d’engager l’entreprise endosse.',
        en: 'Tick this statement: only a person entitled to commit the company endorses.',
      }),
    ),
  }),
])

const linkPage = page({
  path: '/e/:token',
  access: 'public',
  service: 'link',
  params: Token,
  form: Answer,
  async show(ctx, asked) {
    keepPrivate(asked.req)
    const { token } = asked.params
    return <LinkPage asked={asked} token={token} visit={await visitByLink(ctx, token)} />
  },
  async submit(ctx, asked, visitor) {
    keepPrivate(asked.req)
    const { form } = asked
    const { token } = asked.params
    if (form.act === 'code') {
      const { code } = await sendCode(ctx, visitor, token)
      if (code === undefined) return { to: `/e/${token}`, notice: SENT }
      return <LinkPage asked={asked} {...{ token, code }} visit={await visitByLink(ctx, token)} />
    }
    const { step } = await visitByLink(ctx, token)
    await (form.act === 'assess'
      ? assessByLink(ctx, visitor, { ...form, token })
      : endorseByLink(ctx, visitor, { ...form, token }))
    return <AnsweredByLinkPage asked={asked} {...{ step, token }} />
  },
})

const SENT = {
  fr: 'Un code vous est envoyé à l’adresse où vous avez reçu ce lien.',
  en: 'A code is sent to you at the address at which you received this link.',
}

const dataPage = page({
  path: '/e/:token/data',
  access: 'public',
  service: 'link',
  params: Token,
  async show(ctx, asked) {
    keepPrivate(asked.req)
    return <OwnLinkDataPage asked={asked} data={await seeOwnLinkData(ctx, asked.params.token)} />
  },
})

export const companyLinkPages = [askPage, linkPage, dataPage]
