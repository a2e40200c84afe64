import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Actor, Context } from '../../context.js'
import { assertOwnForm } from '../../web/csrf.js'
import { sendFile } from '../../web/route.js'
import { validate } from '../../web/validate.js'
import { actorOf, visitorOf } from '../../web/visitor.js'
import { Id } from '../facts/form-values.js'
import { archiveScheme } from './archive-scheme.js'
import { EXPORT_FORMS, exportRecords, type ExportInput } from './export-records.js'

const Year = z.coerce.number().int().min(2000).max(2100)
const Form = z.enum(EXPORT_FORMS)
const ExportBody = z.union([
  z.object({ students: Form, cohortId: Id }),
  z.object({ sessions: Form, year: Year }),
  z.object({ placements: Form, year: Year }),
])
const ArchiveBody = z.object({ year: z.union([z.literal('all'), Year]) })

/** Files of a school's own book. By POST from a page of ours: each is a line of the audit. */
export function exportRouter(ctx: Context): Router {
  const router = Router()
  router.post('/exports', async (req, res) => {
    const actor = assertOwn(ctx, req)
    const input = inputOf(validate(ExportBody, req.body))
    sendFile(res, await exportRecords(ctx, actor, { ...input, language: visitorOf(req).language }))
  })
  router.post('/exports/scheme/:code', async (req, res) => {
    const actor = assertOwn(ctx, req)
    const { year } = validate(ArchiveBody, req.body)
    const { language } = visitorOf(req)
    const code = String(req.params.code)
    const asked = { code, year: year === 'all' ? undefined : year, language }
    const { name, parts } = await archiveScheme(ctx, actor, asked)
    res.set('Cache-Control', 'no-store').type('application/zip')
    res.set('Content-Disposition', `attachment; filename="${name}"`)
    await sendParts(res, parts)
  })
  return router
}

function assertOwn(ctx: Context, req: Request): Actor {
  const actor = actorOf(req)
  assertOwnForm(req, ctx.config.publicUrl, visitorOf(req).csrfToken)
  return actor
}

/** Which of its buttons a form was sent by says what is wanted, and in which form. */
function inputOf(body: z.output<typeof ExportBody>): ExportWanted {
  if ('students' in body) return { what: 'students', form: body.students, cohortId: body.cohortId }
  return 'sessions' in body
    ? { what: 'sessions', form: body.sessions, year: body.year }
    : { what: 'placements', form: body.placements, year: body.year }
}

type ExportWanted = ExportInput extends infer Input
  ? Input extends ExportInput
    ? Omit<Input, 'language'>
    : never
  : never

/** As fast as they are read, and no faster. Whoever goes away in the middle is no fault of ours. */
async function sendParts(res: Response, parts: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await pipeline(Readable.from(parts), res)
  } catch (error) {
    const left =
      error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
    if (!left) throw error
  }
}
