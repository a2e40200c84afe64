import type { RequestHandler } from 'express'
import type { Context } from '../context.js'

/** One line a request: the route's pattern, never the address, which may hold a share token. */
export function requestLog(ctx: Context): RequestHandler {
  return (req, res, next) => {
    const started = ctx.now().getTime()
    const id = ctx.newId()
    res.locals.requestId = id
    res.set('X-Request-Id', id)
    res.on('finish', () => {
      const route: unknown = (req.route as { path?: unknown } | undefined)?.path
      ctx.log.info({
        event: 'request',
        request: id,
        method: req.method,
        route: typeof route === 'string' ? route : 'none',
        status: res.statusCode,
        ms: ctx.now().getTime() - started,
      })
    })
    next()
  }
}
