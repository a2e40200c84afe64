import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Router, type Request, type Response } from 'express'
import type { Context } from '../../context.js'
import { assertOwnForm } from '../../web/csrf.js'
import { actorOf, visitorOf } from '../../web/visitor.js'
import { copyData } from './copy-data.js'

/** Copies of what is held of a student. By POST from a page of ours: each is a line of the audit. */
export function copyRouter(ctx: Context): Router {
  const router = Router()
  router.post('/my-data/copy', (req, res) => send(ctx, req, res))
  router.post('/students/:id/data/copy', (req, res) => send(ctx, req, res, String(req.params.id)))
  return router
}

async function send(ctx: Context, req: Request, res: Response, studentId?: string): Promise<void> {
  const actor = actorOf(req)
  assertOwnForm(req, ctx.config.publicUrl, visitorOf(req).csrfToken)
  const { name, parts } = await copyData(ctx, actor, studentId)
  res.set('Cache-Control', 'no-store').type('application/zip')
  res.set('Content-Disposition', `attachment; filename="${name}"`)
  await pipeline(Readable.from(parts), res)
}
