import { Router } from 'express'
import type { Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { sendFile } from '../../web/route.js'
import { validate } from '../../web/validate.js'
import { actorOf, visitorOf } from '../../web/visitor.js'
import { IndicatorsQuery } from './pages.js'
import { indicatorsPdf, reportFileName } from './report-pdf.js'
import { seeIndicators } from './see-indicators.js'

/** The indicators that a page shows, as a file. */
export function indicatorsReportRouter(ctx: Context): Router {
  const router = Router()
  router.get('/indicators/report', async (req, res) => {
    const actor = actorOf(req)
    if (actor.via === 'token') throw forPeople()
    const view = await seeIndicators(ctx, actor, validate(IndicatorsQuery, req.query))
    const { language } = visitorOf(req)
    const { timeZone } = ctx.config
    const bytes = await indicatorsPdf(view, { language, timeZone, now: ctx.now() })
    sendFile(res, { type: 'application/pdf', name: reportFileName(view, language), bytes })
  })
  return router
}

function forPeople(): DomainError {
  return new DomainError('forbidden', {
    fr: 'Ce rapport est pour les personnes : un jeton d’accès n’y sert pas.',
    en: 'This report is for people: an access token does not serve here.',
  })
}
