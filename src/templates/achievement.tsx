import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Context } from '../context.js'
import { achievement } from '../credential/build-credential.js'
import { OUR_CONTEXTS } from '../credential/contexts.js'
import { howWeKnow } from '../people/authority/see-authority.js'
import { didOf } from '../people/keys.js'
import { sendHtml } from '../web/page.js'
import { validate } from '../web/validate.js'
import { visitorOf } from '../web/visitor.js'
import { achievementValues } from './achievement-values.js'
import { drawPicture } from './picture.js'
import { rememberPngs } from './picture-png.js'
import { seeAchievement } from './see-achievement.js'
import { AchievementPage } from './views/achievement-page.js'

const PICTURE_PIXELS = 480
const REMEMBERED_PICTURES = 64

const Address = z.object({
  id: z.string().max(64),
  n: z.coerce.number().int().min(1).max(100_000),
})

/** The public address of a badge definition, as a page or as JSON-LD, and that of its picture. */
export function achievementRouter(ctx: Context): Router {
  const router = Router()
  const render = rememberPngs(REMEMBERED_PICTURES)
  router.get('/achievements/:id/v/:n', async (req, res) => {
    const { version, company } = await found(ctx, req)
    res.vary('Accept')
    if (req.accepts(['application/ld+json', 'application/json', 'text/html']) === 'text/html') {
      // It shows who is signed in.
      res.set('Cache-Control', 'private, no-cache').vary('Cookie').vary('Accept-Language')
      sendHtml(
        res,
        <AchievementPage
          visitor={visitorOf(req)}
          {...{ version, company }}
          known={await howWeKnow(ctx, company.id)}
        />,
      )
      return
    }
    const creator = didOf(ctx.config.publicUrl, company.slug)
    const values = achievementValues(ctx.config.publicUrl, version, creator)
    const document = { '@context': [...OUR_CONTEXTS], ...achievement(values) }
    toAnybody(res, 'public, max-age=3600')
    res.type('application/ld+json').send(JSON.stringify(document))
  })
  router.get('/achievements/:id/v/:n/image.png', async (req, res) => {
    const { version } = await found(ctx, req)
    const png = await render(drawPicture(version.definition.picture), PICTURE_PIXELS)
    toAnybody(res, 'public, max-age=86400')
    res.type('image/png').send(png)
  })
  return router
}

function found(ctx: Context, req: Request): ReturnType<typeof seeAchievement> {
  const { id, n } = validate(Address, req.params)
  return seeAchievement(ctx, id, n)
}

/** Other sites' programs read it too, and it is about nobody. Express adds the ETag. */
function toAnybody(res: Response, caching: string): void {
  res.set({
    'Cache-Control': caching,
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  })
}
