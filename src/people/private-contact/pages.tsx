import { z } from 'zod'
import { page } from '../../web/page.js'
import { confirmContact, seeContactLink } from './confirm-contact.js'
import { ContactLinkPage, WayInPage } from './views/private-contact.js'
import { sendWayIn } from './way-in.js'

const linkPage = page({
  path: '/private-contact/:token',
  access: 'signed-in',
  params: z.object({ token: z.string().max(200) }),
  form: z.object({}),
  async show(ctx, asked, actor) {
    asked.req.res?.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' })
    const link = await seeContactLink(ctx, actor, asked.params.token)
    return <ContactLinkPage asked={asked} link={link} />
  },
  async submit(ctx, asked, actor) {
    const { token } = asked.params
    await confirmContact(ctx, actor, token)
    return { to: `/private-contact/${token}` }
  },
})

const wayInPage = page({
  path: '/sign-in/private',
  access: 'public',
  form: z.object({ email: z.string().min(1).max(500) }),
  async show(_ctx, asked) {
    return <WayInPage asked={asked} />
  },
  async submit(ctx, { form }) {
    await sendWayIn(ctx, form.email)
    return { to: '/sign-in', notice: SENT }
  },
})

const SENT = {
  fr: 'Si cette adresse est l’adresse privée d’un ancien élève, un lien y part. Il vaut un jour.',
  en: 'If this address is the private address of a former student, a link is on its way. It is good for a day.',
}

export const privateContactPages = [wayInPage, linkPage]
