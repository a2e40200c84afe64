import { Router, type Request, type RequestHandler, type Response } from 'express'
import type { Context } from '../context.js'
import { TOKEN_FORMS } from '../credential/badge-token.js'
import type { JwsForm } from '../credential/check-jws.js'
import { verificationsPerMinute } from '../settings/read.js'
import { rememberPngs } from '../templates/picture-png.js'
import { beyond } from '../web/beyond.js'
import { sendHtml } from '../web/page.js'
import { rateLimit } from '../web/rate-limit.js'
import { actorOf, visitorOf } from '../web/visitor.js'
import { anybody } from './anybody.js'
import { badgeFile, type BadgeFile } from './badge-file.js'
import { noBadge, type ReleasedBadge } from './badge-of-student.js'
import { FILE_FORMS, readName, type FileForm, type LinkForm, type Named } from './link-address.js'
import { badgeSheet } from './badge-sheet.js'
import { countOpening } from './count-opening.js'
import { seeMyBadge, seeMyBadgeNow } from './my-badges.js'
import { isOpenedByPerson, type Opening } from './preview-robots.js'
import { atOpenLink, noSuchLink, seePublicBadge, sharedBadge } from './public-badge.js'
import { PublicBadgePage } from './views/public-badge-page.js'

const REMEMBERED_PICTURES = 64
/** In the order in which we prefer them: who has no preference gets the page. */
const SIGNED_TYPES = [
  'application/vc',
  'application/vc+ld+json',
  'application/ld+json',
  'application/json',
]
const VC_JWT = TOKEN_FORMS['vc-jose'].mediaType
const PDF = 'application/pdf'
const TOKEN_TYPES: string[] = [TOKEN_FORMS.ob3.mediaType, VC_JWT]

/** Shared badges, for anybody who has the link, and the student's own files. */
export function publicBadgeRouter(ctx: Context, limitSheets: RequestHandler): Router {
  const router = Router()
  const render = rememberPngs(REMEMBERED_PICTURES)
  const fileOf = async (badge: ReleasedBadge, { form, token, type }: SignedWanted) => {
    const { badge_document: document, dossier_id: dossierId } = badge
    const file = await badgeFile(ctx, { document, dossierId }, { form, token }, render)
    return type === undefined ? file : { ...file, type }
  }
  router.get(
    '/b/:token',
    beyond('link'),
    async (req, res, next) => {
      forNobodyElse(res)
      const { token } = named(req)
      await atOpenLink(ctx, token)
      const wanted = wantedOf(req)
      // What has to be verified or signed for each reader is counted first.
      if (wanted === undefined || !isSigned(wanted) || wanted.form === 'jwt') return next()
      sendToAnySite(res, await fileOf(await sharedBadge(ctx, token), wanted))
    },
    rateLimit(ctx, verificationsPerMinute(ctx)),
    (req, res, next) => (wantedOf(req)?.form === 'pdf' ? limitSheets(req, res, next) : next()),
    async (req, res) => {
      const { token } = named(req)
      const wanted = wantedOf(req)
      if (wanted && isSigned(wanted))
        return sendToAnySite(res, await fileOf(await sharedBadge(ctx, token), wanted))
      const visitor = anybody(req)
      const badge = await seePublicBadge(ctx, token, visitor.language)
      if (wanted) return sendFile(res, await badgeSheet(ctx, badge, visitor.language))
      if (isOpenedByPerson(openingOf(req))) await countOpening(ctx, token, visitorOf(req).actor)
      const { publicUrl } = ctx.config
      sendHtml(res, <PublicBadgePage {...{ visitor, token, badge, publicUrl }} />)
    },
  )
  router.get('/my-badges/:id/badge.pdf', limitSheets, async (req, res) => {
    forNobodyElse(res)
    const { language } = visitorOf(req)
    const badge = await seeMyBadgeNow(ctx, actorOf(req), String(req.params.id), language)
    sendFile(res, await badgeSheet(ctx, badge, language))
  })
  router.get('/my-badges/:id/badge.:form', async (req, res) => {
    forNobodyElse(res)
    const form = FILE_FORMS.find((one) => one === req.params.form)
    if (!form) throw noBadge()
    const badge = await seeMyBadge(ctx, actorOf(req), req.params.id)
    sendFile(res, await badgeFile(ctx, badge, { form }, render))
  })
  return router
}

function openingOf(req: Request): Opening {
  const purpose = req.get('Sec-Purpose') ?? req.get('Purpose')
  return { method: req.method, agent: req.get('User-Agent'), purpose }
}

type Wanted = Readonly<{ form: LinkForm; token: JwsForm; type: string | undefined }>
type SignedWanted = Wanted & Readonly<{ form: FileForm }>

function isSigned(wanted: Wanted): wanted is SignedWanted {
  return wanted.form !== 'pdf'
}

/**
 * What is asked for: by the suffix, else by `Accept`. Open Badges' own token, unless that of VC-JOSE-COSE is asked
 * for by its name.
 *
 * @returns undefined for the page
 */
function wantedOf(req: Request): Wanted | undefined {
  const { form } = named(req)
  const token = req.accepts(TOKEN_TYPES) === VC_JWT ? 'vc-jose' : 'ob3'
  if (form !== undefined) return { form, token, type: undefined }
  const type = req.accepts(['text/html', ...SIGNED_TYPES, ...TOKEN_TYPES, PDF])
  if (type === PDF) return { form: 'pdf', token, type: undefined }
  if (type === 'text/html' || type === false) return undefined
  const isToken = TOKEN_TYPES.includes(String(type))
  return { form: isToken ? 'jwt' : 'json', token, type: isToken ? undefined : String(type) }
}

/** Other sites' verifiers read it too. */
function sendToAnySite(res: Response, file: BadgeFile): void {
  res.set({
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  })
  sendFile(res, file)
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
