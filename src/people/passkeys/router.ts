import { Router } from 'express'
import type { Context } from '../../context.js'
import { assertOwnForm } from '../../web/csrf.js'
import { actorOf, visitorOf } from '../../web/visitor.js'
import { sessionTokenOf } from '../session-cookies.js'
import { halfCookie } from '../sessions.js'
import { askToRegister, askToSignIn, askToStepUp } from './ask-passkey.js'

/** What assets/passkeys.js asks before it asks the device. By POST from a page of ours: a challenge is kept. */
export function passkeyRouter(ctx: Context): Router {
  const router = Router()
  router.post('/passkeys/sign-in', async (req, res) => {
    assertOwnForm(req, ctx.config.publicUrl, visitorOf(req).csrfToken)
    const { token, options } = await askToSignIn(ctx)
    const { name, options: cookie } = halfCookie(ctx.config.publicUrl)
    res.cookie(name, token, { ...cookie, maxAge: ctx.config.limits.challengeMs })
    res.set('Cache-Control', 'no-store').json(options)
  })
  for (const [purpose, ask] of [
    ['register', askToRegister],
    ['step-up', askToStepUp],
  ] as const) {
    router.post(`/passkeys/${purpose}`, async (req, res) => {
      const actor = actorOf(req)
      assertOwnForm(req, ctx.config.publicUrl, visitorOf(req).csrfToken)
      res.json(await ask(ctx, actor, sessionTokenOf(ctx, req) ?? ''))
    })
  }
  return router
}
