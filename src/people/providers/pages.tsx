import { page } from '../../web/page.js'
import { cookieOf } from '../../web/visitor.js'
import { afterSignIn } from '../after-sign-in.js'
import { deviceOf, giveSession, sessionTokenOf } from '../session-cookies.js'
import { providerCookie } from '../sessions.js'
import { acceptOffer, seeOffer } from './offers.js'
import { OfferView } from './views/offer.js'

const DONE = {
  fr: 'Votre compte est lié : vous pouvez vous connecter ainsi dès maintenant.',
  en: 'Your account is linked: you can sign in this way from now on.',
}

const acceptPage = page({
  path: '/sign-in/accept',
  access: 'public',
  async show(ctx, asked, actor) {
    const { name } = providerCookie(ctx.config.publicUrl)
    const offer = await seeOffer(ctx, actor, cookieOf(asked.req, name) ?? '')
    return <OfferView asked={asked} offer={offer} />
  },
  async submit(ctx, { req }, actor) {
    const { name, options } = providerCookie(ctx.config.publicUrl)
    const token = await acceptOffer(ctx, actor, {
      holder: cookieOf(req, name) ?? '',
      session: sessionTokenOf(ctx, req),
      device: deviceOf(req),
    })
    req.res?.clearCookie(name, options)
    if (token === undefined) return { to: '/account', notice: DONE }
    giveSession(ctx, req, token)
    return { notice: DONE, ...(await afterSignIn(ctx, token, '/')) }
  },
})

export const providerPages = [acceptPage]
