import { Router, type RequestHandler } from 'express'
import type { Context } from '../../context.js'
import { beyond } from '../../web/beyond.js'
import { sendHtml } from '../../web/page.js'
import { rateLimit } from '../../web/rate-limit.js'
import { visitorOf } from '../../web/visitor.js'
import { anybody } from '../anybody.js'
import { noSuchLink } from '../public-badge.js'
import { readSelectionName } from './address.js'
import { atOpenSelection, seeSelection } from './see-selection.js'
import { selectionSheet } from './selection-sheet.js'
import { SelectionPage } from './views/selection-page.js'

/** Pages that one address opens in a minute: each verifies up to twelve badges. */
const PER_MINUTE = 20

/** Chosen badges of a student, for whoever has the link. */
export function selectionRouter(ctx: Context, limitSheets: RequestHandler): Router {
  const router = Router()
  router.get(
    '/s/:token',
    beyond('link'),
    async (req, res, next) => {
      // A link that is closed must be gone: nothing keeps what it showed, and no search engine lists it.
      res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' })
      await atOpenSelection(ctx, named(req.params.token).token)
      next()
    },
    rateLimit(ctx, PER_MINUTE),
    (req, res, next) => (named(req.params.token).pdf ? limitSheets(req, res, next) : next()),
    async (req, res) => {
      const { token, pdf } = named(req.params.token)
      const { language } = visitorOf(req)
      const selection = await seeSelection(ctx, token, language)
      if (!pdf)
        return sendHtml(res, <SelectionPage visitor={anybody(req)} {...{ token, selection }} />)
      const { type, name, bytes } = await selectionSheet(ctx, selection, language)
      res.setHeader('Content-Type', type)
      res.set('Content-Disposition', `attachment; filename="${name}"`).send(bytes)
    },
  )
  return router
}

function named(text: unknown): { token: string; pdf: boolean } {
  const name = readSelectionName(String(text))
  if (!name) throw noSuchLink()
  return name
}
