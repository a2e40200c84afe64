import { createHash } from 'node:crypto'
import { Router } from 'express'
import type { Context } from '../../context.js'
import { verificationsPerMinute } from '../../settings/read.js'
import { rateLimit } from '../../web/rate-limit.js'
import { nothingHere } from '../refusals.js'
import { readFeed } from './read-feed.js'

/** 256 bits of base64url, and what calendar programs want to see at the end. */
const NAMED = /^([\w-]{43})\.ics$/

/** Calendars for programs, at addresses that are secrets: no cache keeps them and no search engine lists them. */
export function feedRouter(ctx: Context): Router {
  const router = Router()
  router.get('/feeds/:name', rateLimit(ctx, verificationsPerMinute(ctx)), async (req, res) => {
    res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' })
    const [, token] = NAMED.exec(String(req.params.name)) ?? []
    if (token === undefined) throw nothingHere()
    const calendar = await readFeed(ctx, token)
    // Programs that keep the calendar themselves ask whether it has changed: Express answers 304 by this.
    const digest = createHash('sha256').update(calendar).digest('base64url')
    res.set('ETag', `"${digest}"`)
    res.set('Content-Disposition', 'inline; filename="sceau.ics"')
    res.type('text/calendar; charset=utf-8').send(calendar)
  })
  return router
}
