import express, { type Express, type RequestHandler } from 'express'
import helmet from 'helmet'
import { sql } from 'kysely'
import { auditRouter } from './administration/audit-router.js'
import { administrationPages } from './administration/pages.js'
import type { Context } from './context.js'
import { examplePictures } from './home/examples.js'
import { homePages } from './home/pages.js'
import { myBadgePages } from './issuer/my-badges-pages.js'
import { lookupsOf, ownDidDocument } from './issuer/own-lookups.js'
import { leavingPages } from './issuer/leaving/pages.js'
import { leavingRouter } from './issuer/leaving/router.js'
import { issuerPages } from './issuer/pages.js'
import { ourLinks } from './issuer/our-links.js'
import { batchRouter } from './issuer/batches/batch-router.js'
import { publicBadgeRouter } from './issuer/public-badge-router.js'
import { selectionPages } from './issuer/selections/pages.js'
import { sheetLimit } from './issuer/sheet-limit.js'
import { selectionRouter } from './issuer/selections/router.js'
import { copyRouter } from './issuer/rights/copy-router.js'
import { noteReader } from './issuer/rights/note-reader.js'
import { issuerRoutes } from './issuer/routes.js'
import { vcIssuingRoutes } from './issuer/vc-api/routes.js'
import { feedRouter } from './mentoring/calendar/feed-router.js'
import { exportRouter } from './mentoring/exports/export-router.js'
import { importPages } from './mentoring/imports/pages.js'
import { indicatorsReportRouter } from './mentoring/indicators/report-router.js'
import { mentoringPages } from './mentoring/pages.js'
import { mentoringRoutes } from './mentoring/routes.js'
import { announcedTo } from './people/announcements/see-announcements.js'
import { keyRoutes } from './people/key-routes.js'
import { peoplePages } from './people/pages.js'
import { askForStepUp } from './people/passkeys/ask-for-step-up.js'
import { passkeyRouter } from './people/passkeys/router.js'
import { providerRouter } from './people/providers/router.js'
import { passOverOtherTokens, readVisitor } from './people/read-visitor.js'
import { peopleRoutes } from './people/routes.js'
import { verificationsPerMinute } from './settings/read.js'
import { checkpointRouter } from './transparency/checkpoint-router.js'
import { logRoutes } from './transparency/routes.js'
import { achievementRouter } from './templates/achievement.js'
import { templatePages } from './templates/pages.js'
import { templateRoutes } from './templates/routes.js'
import { verifierPages } from './verifier/pages.js'
import { reportRouter } from './verifier/report-router.js'
import { rawBadge, rawQuestion, verifierRoutes } from './verifier/routes.js'
import { rawVcQuestion, VC_API, vcApiRoutes } from './verifier/vc-api/routes.js'
import { serveAssets } from './web/assets.js'
import { nothingHere, sendError } from './web/errors.js'
import { readMultipart } from './web/multipart.js'
import { openApiYaml } from './web/openapi.js'
import { ownHost } from './web/own-host.js'
import { mountPages } from './web/page.js'
import { PROBLEMS } from './web/problems.js'
import { publicFiles } from './web/public-files.js'
import { refuseOtherMethods } from './web/known-methods.js'
import { rateLimit } from './web/rate-limit.js'
import { requestLog } from './web/request-log.js'
import { mountRoutes, type Route } from './web/route.js'
import { samplePages } from './web/views/components-page.js'

const verifying = { lookupsOf, ours: ourLinks }

/** A whole school may come in by one address at eight o’clock; one password after another takes a sixth of a processor. */
const SIGN_INS_PER_MINUTE = 300

/** Every operation of the JSON API, in the order of openapi.yaml. */
export const routes = [
  ...verifierRoutes(verifying),
  ...keyRoutes,
  ...logRoutes,
  ...issuerRoutes,
  ...peopleRoutes,
  ...mentoringRoutes,
  ...templateRoutes,
  ...vcApiRoutes({ lookupsOf, documentOf: ownDidDocument }),
  ...vcIssuingRoutes,
]
/** Every page. */
export const pages = [
  ...homePages,
  ...verifierPages(verifying),
  ...peoplePages,
  ...administrationPages,
  ...mentoringPages,
  ...importPages,
  ...templatePages,
  ...issuerPages,
  ...myBadgePages,
  ...leavingPages,
  ...selectionPages,
]

export function createApp(ctx: Context): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  if (ctx.config.trustProxy !== undefined) app.set('trust proxy', ctx.config.trustProxy)
  app.use(requestLog(ctx), securityHeaders(ctx), noDevices)
  answerProbes(app, ctx)
  app.use(ownHost(ctx))
  app.use('/assets', serveAssets())
  app.use(publicFiles(), examplePictures(), checkpointRouter(ctx))
  app.get(
    '/openapi.yaml',
    (_req, res) => void res.type('application/yaml').send(openApiYaml(routes)),
  )
  if (ctx.config.vcApi) app.use(VC_API, passOverOtherTokens)
  app.use(readVisitor(ctx))
  takeVerifications(app, ctx)
  app.post(['/a/{*answer}', '/g/{*answer}'], rateLimit(ctx, verificationsPerMinute(ctx)))
  app.post(['/sign-in', '/sign-in/code', '/recover'], rateLimit(ctx, SIGN_INS_PER_MINUTE))
  app.use(
    rawBadge,
    express.json({ limit: ctx.config.limits.bodyBytes }),
    express.urlencoded({ extended: false, limit: ctx.config.limits.bodyBytes }),
  )
  const isOn = ({ path }: Route) => ctx.config.vcApi || !path.startsWith(VC_API)
  mountRoutes(app, ctx, routes.filter(isOn), noteReader)
  mountRouters(app, ctx)
  const shown = ctx.config.production ? pages : [...pages, ...samplePages]
  mountPages(app, ctx, shown, {
    toStatus: ({ code }) => PROBLEMS[code].status,
    noteReader,
    announcedTo,
  })
  refuseOtherMethods(app, { pages: shown, routes: routes.filter(isOn) })
  app.use(nothingHere, askForStepUp(ctx), sendError(ctx.log))
  return app
}

/** What a load balancer asks, by whatever name. */
function answerProbes(app: Express, ctx: Context): void {
  app.get('/healthz', (_req, res) => void res.json({ status: 'alive' }))
  app.get('/readyz', async (_req, res) => {
    await sql`select 1`.execute(ctx.db)
    const away = await ctx.keys.away()
    res.json({ status: 'ready', signing: away ? { state: 'away', ...away } : { state: 'ready' } })
  })
}

/** What is neither a page nor an operation: shared badges, files, feeds. */
function mountRouters(app: Express, ctx: Context): void {
  const limitSheets = sheetLimit(ctx)
  app.use(
    achievementRouter(ctx),
    publicBadgeRouter(ctx, limitSheets),
    selectionRouter(ctx, limitSheets),
    feedRouter(ctx),
    exportRouter(ctx),
  )
  app.use(
    ['/passkeys', '/sign-in/with', '/sign-in/private'],
    rateLimit(ctx, verificationsPerMinute(ctx)),
  )
  app.use(
    batchRouter(ctx),
    auditRouter(ctx),
    copyRouter(ctx),
    leavingRouter(ctx),
    passkeyRouter(ctx),
    providerRouter(ctx),
  )
  app.use(readForms(ctx), reportRouter(ctx, verifying))
  app.use(indicatorsReportRouter(ctx))
}

/** What strangers send to be verified: counted first, then read as it is written. */
function takeVerifications(app: Express, ctx: Context): void {
  app.post(
    ['/verifications', '/verify', '/verify/report'],
    rateLimit(ctx, verificationsPerMinute(ctx)),
  )
  app.post('/verifications', rawQuestion)
  if (ctx.config.vcApi) {
    // Test suites send hundreds of questions from one address.
    app.use(VC_API, rateLimit(ctx, verificationsPerMinute(ctx, 10)))
    app.post(`${VC_API}/:of/verify`, rawVcQuestion)
  }
}

/** Forms with a file: its bytes come as the field `file`. */
function readForms(ctx: Context): RequestHandler {
  return async (req, _res, next) => {
    if (req.is('multipart/form-data')) {
      const { fields, file } = await readMultipart(req, ctx.config.limits.importBytes)
      req.body = { ...fields, ...(file && { file }) }
    }
    next()
  }
}

/** No page uses them; the one that may ask for the camera says so itself. */
const noDevices: RequestHandler = (_req, res, next) => {
  res.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=()')
  next()
}

function securityHeaders(ctx: Context): RequestHandler {
  const secure = ctx.config.publicUrl.startsWith('https:')
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
  })
}
