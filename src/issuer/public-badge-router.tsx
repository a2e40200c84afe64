import { Router, type Request, type Response } from 'express'
import type { Context } from '../context.js'
import type { JwsForm } from '../credential/check-jws.js'
import { rememberPngs } from '../templates/picture-png.js'
import { sendHtml } from '../web/page.js'
import { rateLimit } from '../web/rate-limit.js'
import { actorOf, visitorOf, type Visitor } from '../web/visitor.js'
import { badgeFile, type BadgeFile } from './badge-file.js'
import { noBadge } from './badge-of-student.js'
import { FILE_FORMS, readName, type Named } from './link-address.js'
import { seeMyBadge } from './my-badges.js'
import { noSuchLink, seePublicBadge, sharedBadge } from './public-badge.js'
import { PublicBadgePage } from './views/public-badge-page.js'

const REMEMBERED_PICTURES = 64
/** In the order in which we prefer them: who has no preference gets the page. */
const SIGNED_TYPES = [
  'application/vc',
  'application/vc+ld+json',
  'application/ld+json',
  'application/json',
  'application/jwt',
  'application/vc+jwt',
]
const VC_JWT = 'application/vc+jwt'

/** Shared badges, for anybody who has the link, and the student's own files. */
export function publicBadgeRouter(ctx: Context): Router {
  const router = Router()
  const render = rememberPngs(REMEMBERED_PICTURES)
  router.get(
    '/b/:token',
    async (req, res, next) => {
      forNobodyElse(res)
      const { token, form } = named(req)
      const badge = await sharedBadge(ctx, token)
      const wanted = form === undefined ? formAccepted(req) : { form, type: undefined }
      if (wanted === undefined) return next()
      const { badge_document: document, dossier_id: dossierId } = badge
      const { type } = wanted
      const file = await badgeFile(
        ctx,
        { document, dossierId },
        wanted.form,
        render,
        tokenAccepted(req),
      )
      // Other sites' verifiers read it too.
      res.set({
        'Access-Control-Allow-Origin': '*',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      })
      sendFile(res, type ? { ...file, type } : file)
    },
    rateLimit(ctx, ctx.config.verificationsPerMinute),
    async (req, res) => {
      const visitor = anybody(req)
      const { token } = named(req)
      const badge = await seePublicBadge(ctx, token, visitor.language)
      sendHtml(res, <PublicBadgePage visitor={visitor} token={token} badge={badge} />)
    },
  )
  router.get('/my-badges/:id/badge.:form', async (req, res) => {
    forNobodyElse(res)
    const form = FILE_FORMS.find((one) => one === req.params.form)
    if (!form) throw noBadge()
    const badge = await seeMyBadge(ctx, actorOf(req), req.params.id)
    sendFile(res, await badgeFile(ctx, badge, form, render))
  })
  return router
}

/** The form that `Accept` asks for at an address without a suffix; undefined: the page. */
function formAccepted(req: Request): { form: 'json' | 'jwt'; type: string } | undefined {
  const type = req.accepts(['text/html', ...SIGNED_TYPES])
  if (type === 'text/html' || type === false) return undefined
  return { form: /jwt$/.test(String(type)) ? 'jwt' : 'json', type: String(type) }
}

/** Open Badges' own token, unless that of VC-JOSE-COSE is asked for by its name. */
function tokenAccepted(req: Request): JwsForm {
  return req.accepts(['application/jwt', VC_JWT]) === VC_JWT ? 'vc-jose' : 'ob3'
}

/** The page is the same for everybody: neither who is signed in nor what was added to its address is on it. */
function anybody(req: Request): Visitor {
  const { language, notice, demo } = visitorOf(req)
  const [path = ''] = req.originalUrl.split('?')
  const nobody = { actor: undefined, name: undefined, csrfToken: undefined, menu: [] }
  return { ...nobody, language, notice, demo, path }
}

function named(req: Request): Named {
  const name = readName(String(req.params.token))
  if (!name) throw noSuchLink()
  return name
}

/** A link that is closed must be gone: nothing keeps what it showed, and no search engine lists it. */
function forNobodyElse(res: Response): void {
  res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' }).vary('Accept')
}

function sendFile(res: Response, { type, name, bytes }: BadgeFile): void {
  // setHeader: Express would add a charset, and the type says exactly what was asked for.
  res.setHeader('Content-Type', type)
  res.set('Content-Disposition', `attachment; filename="${name}"`).send(bytes)
}
