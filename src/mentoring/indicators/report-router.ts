import { Router, type Request } from 'express'
import type { Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { sayIn } from '../../web/say.js'
import { sendFile } from '../../web/route.js'
import { ODS_TYPE } from '../../web/tables/ods.data.js'
import { writeCsv } from '../../web/tables/write-csv.js'
import { writeOds } from '../../web/tables/write-ods.js'
import { validate } from '../../web/validate.js'
import { actorOf, visitorOf } from '../../web/visitor.js'
import { schoolYearLabel } from '../school-year.js'
import { figuresTable } from './figures-table.js'
import { IndicatorsQuery } from './pages.js'
import { indicatorsPdf, reportFileName } from './report-pdf.js'
import { seeIndicators, type IndicatorsView } from './see-indicators.js'

/** The indicators that a page shows, as a file: a report to be read, or a table to be worked with. */
export function indicatorsReportRouter(ctx: Context): Router {
  const router = Router()
  const { timeZone } = ctx.config
  router.get('/indicators/report', async (req, res) => {
    const view = await viewFor(ctx, req)
    const { language } = visitorOf(req)
    const bytes = await indicatorsPdf(view, { language, timeZone, now: ctx.now() })
    sendFile(res, { type: 'application/pdf', name: reportFileName(view, language), bytes })
  })
  router.get('/indicators/table/csv', async (req, res) => {
    const view = await viewFor(ctx, req)
    const bytes = writeCsv(figuresTable(view, sayIn(visitorOf(req).language, timeZone)))
    sendFile(res, {
      type: 'text/csv; charset=utf-8',
      name: tableFileName(view, req, 'csv'),
      bytes: Buffer.from(bytes),
    })
  })
  router.get('/indicators/table/ods', async (req, res) => {
    const view = await viewFor(ctx, req)
    const bytes = writeOds([figuresTable(view, sayIn(visitorOf(req).language, timeZone))])
    sendFile(res, {
      type: ODS_TYPE,
      name: tableFileName(view, req, 'ods'),
      bytes: Buffer.from(bytes),
    })
  })
  return router
}

function viewFor(ctx: Context, req: Request): Promise<IndicatorsView> {
  const actor = actorOf(req)
  if (actor.via === 'token') throw forPeople()
  return seeIndicators(ctx, actor, validate(IndicatorsQuery, req.query))
}

/** Without the name of the place, as the report. */
function tableFileName({ year, today }: IndicatorsView, req: Request, ending: string): string {
  const name = { fr: 'indicateurs', en: 'indicators' }[visitorOf(req).language]
  return `${name}-${schoolYearLabel(year)}-${today}.${ending}`
}

function forPeople(): DomainError {
  return new DomainError('forbidden', {
    fr: 'Ces fichiers sont pour les personnes : un jeton d’accès n’y sert pas.',
    en: 'These files are for people: an access token does not serve here.',
  })
}
