import { Router, type Request } from 'express'
import { z } from 'zod'
import type { Context } from '../../context.js'
import { assertOwnForm } from '../../web/csrf.js'
import { sendHtml } from '../../web/page.js'
import { validate } from '../../web/validate.js'
import { actorOf, cookieOf, visitorOf } from '../../web/visitor.js'
import { afterSignIn } from '../after-sign-in.js'
import { toNextPage } from '../next-page.js'
import { deviceOf, giveSession, sessionTokenOf } from '../session-cookies.js'
import { providerCookie } from '../sessions.js'
import { comeBack } from './come-back.js'
import { providerOf, setOut, type Wish } from './set-out.js'
import { LeaveView, UnknownView } from './views/leave.js'

const Text = z.string().max(500)
const Form = z.object({
  act: z.enum(['sign-in', 'link', 'accept']).default('sign-in'),
  next: Text.optional(),
  invitation: Text.default(''),
})

/** Out to a provider, by POST from a page of ours; and back, where providers know one address of each. */
export function providerRouter(ctx: Context): Router {
  const router = Router()
  const { name, options } = providerCookie(ctx.config.publicUrl)
  const maxAge = ctx.config.limits.providerMs

  router.post('/sign-in/with/:provider', async (req, res) => {
    assertOwnForm(req, ctx.config.publicUrl, visitorOf(req).csrfToken)
    const provider = providerOf(ctx, req.params.provider)
    const { url, holder } = await setOut(ctx, provider.id, wishIn(ctx, req))
    res.cookie(name, holder, { ...options, maxAge }).set('Cache-Control', 'no-store')
    sendHtml(res, <LeaveView asked={askedBy(req)} url={url} name={provider.name} />)
  })

  router.get('/sign-in/with/:provider/back', async (req, res) => {
    const came = await comeBack(ctx, {
      provider: req.params.provider,
      search: new URL(req.originalUrl, ctx.config.publicUrl).search,
      holder: cookieOf(req, name),
      actor: visitorOf(req).actor,
      oldToken: sessionTokenOf(ctx, req),
      device: deviceOf(req),
    })
    // The code has been in this address: it goes to no other page.
    res.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
    res.clearCookie(name, options)
    if (came.kind === 'unknown') {
      res.status(403)
      return sendHtml(res, <UnknownView asked={askedBy(req)} name={came.provider.name} />)
    }
    if (came.kind === 'asked') {
      res.cookie(name, came.holder, { ...options, maxAge })
      return res.redirect(303, '/sign-in/accept')
    }
    giveSession(ctx, req, came.token)
    return res.redirect(303, (await afterSignIn(ctx, came.token, toNextPage(came.next))).to)
  })
  return router
}

function wishIn(ctx: Context, req: Request): Wish {
  const { act, next, invitation } = validate(Form, req.body)
  if (act === 'sign-in') return { purpose: act, next: toNextPage(next) }
  if (act === 'accept') return { purpose: act, invitation }
  return { purpose: act, actor: actorOf(req), session: sessionTokenOf(ctx, req) ?? '' }
}

const askedBy = (req: Request) => ({ visitor: visitorOf(req), problem: undefined })
