import { Router } from 'express'
import { z } from 'zod'
import type { Context } from '../context.js'
import { LIMITS } from '../credential/limits.js'
import { DomainError } from '../errors.js'
import { assertOwnForm } from '../web/csrf.js'
import { sendFile } from '../web/route.js'
import { validate } from '../web/validate.js'
import { visitorOf } from '../web/visitor.js'
import { reportFileName, reportPdfOf } from './report-pdf.js'
import { verifyAsked, type Lent } from './verify-asked.js'

/** Bytes of a badge that an answer takes along; a larger one is given once more. In base64 they fit a form's field. */
const MAX_CARRIED = 380_000

const ReportForm = z.object({
  carried: z.base64url().max(LIMITS.imageBytes).optional(),
  file: z.instanceof(Uint8Array).optional(),
})

/** What the form of an answer carries, so that nothing of anybody's badge is kept here. */
export function carriedBy(bytes: Uint8Array): string | undefined {
  return bytes.length > MAX_CARRIED ? undefined : Buffer.from(bytes).toString('base64url')
}

/** The report as a file: the same bytes verified once more, because none were kept. */
export function reportRouter(ctx: Context, around: Lent): Router {
  const router = Router()
  router.post('/verify/report', async (req, res) => {
    const { language, csrfToken } = visitorOf(req)
    assertOwnForm(req, ctx.config.publicUrl, csrfToken)
    const { carried, file } = validate(ReportForm, req.body)
    const badge = file ?? (carried === undefined ? undefined : Buffer.from(carried, 'base64url'))
    if (!badge) throw noFile()
    const { report } = await verifyAsked(ctx, { badge }, around, { req, language })
    const bytes = await reportPdfOf(ctx, report, language)
    sendFile(res, { type: 'application/pdf', name: reportFileName(report, language), bytes })
  })
  return router
}

function noFile(): DomainError {
  const words = {
    fr: 'Donnez encore une fois le fichier du badge : nous ne l’avons pas gardé.',
    en: 'Give the file of the badge once more: we have not kept it.',
  }
  return new DomainError('invalid-request', words, { fields: [{ pointer: '/file', words }] })
}
