import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import type { Context } from '../../context.js'
import { assertOwnForm } from '../../web/csrf.js'
import { rateLimit } from '../../web/rate-limit.js'
import { sendFile } from '../../web/route.js'
import { actorOf, visitorOf } from '../../web/visitor.js'
import { codesSheet } from './codes-sheet.js'
import { seeMyCodes } from './my-codes.js'
import { idsIn } from './pages.js'
import { takePortfolio } from './take-portfolio.js'

/** Each of its badges is verified, drawn twice and set on a sheet: 0.2 s of a processor. */
const PORTFOLIOS_PER_MINUTE = 3
const SHEETS_PER_MINUTE = 20

/** What a student takes away. The portfolio by POST from a page of ours: it is a line of the audit. */
export function leavingRouter(ctx: Context): Router {
  const router = Router()
  router.post('/my-portfolio', rateLimit(ctx, PORTFOLIOS_PER_MINUTE), async (req, res) => {
    const actor = actorOf(req)
    const { csrfToken, language } = visitorOf(req)
    assertOwnForm(req, ctx.config.publicUrl, csrfToken)
    const { name, parts } = await takePortfolio(ctx, actor, language)
    res.set('Cache-Control', 'no-store').type('application/zip')
    res.set('Content-Disposition', `attachment; filename="${name}"`)
    await pipeline(Readable.from(parts), res)
  })
  router.get('/my-codes.pdf', rateLimit(ctx, SHEETS_PER_MINUTE), async (req, res) => {
    const only = typeof req.query.badges === 'string' ? idsIn(req.query.badges) : []
    const { lines } = await seeMyCodes(ctx, actorOf(req), only)
    res.set('X-Robots-Tag', 'noindex, nofollow')
    sendFile(res, await codesSheet(ctx, lines, visitorOf(req).language))
  })
  return router
}
