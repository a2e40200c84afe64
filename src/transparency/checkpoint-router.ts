import { Router } from 'express'
import type { Context } from '../context.js'
import { seeCheckpoint } from './see-log.js'

/** The newest checkpoint as witnesses read it: the note itself. */
export function checkpointRouter(ctx: Context): Router {
  const router = Router()
  router.get('/log/checkpoint', async (_req, res) => {
    const note = await seeCheckpoint(ctx)
    res.set({ 'Cache-Control': 'public, max-age=60', 'Access-Control-Allow-Origin': '*' })
    res.type('text/plain').send(note)
  })
  return router
}
