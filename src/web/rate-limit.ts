import type { Request, RequestHandler } from 'express'
import ipaddr from 'ipaddr.js'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Context } from '../context.js'
import { DomainError } from '../errors.js'

/** At most `points` requests in `seconds` from one address; the rest is told when to come back. */
export function rateLimit(
  ctx: Context,
  limit: Readonly<{ points: number; seconds: number }>,
): RequestHandler {
  const limiter = new RateLimiterMemory({ points: limit.points, duration: limit.seconds })
  return async (req, res, next) => {
    try {
      await limiter.consume(clientOf(req))
      next()
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      res.set('Retry-After', String(Math.ceil(error.msBeforeNext / 1000)))
      ctx.log.info({ event: 'rate-limited' })
      throw new DomainError('too-many-requests', {
        fr: 'Trop de vérifications depuis cette adresse. Attendez une minute, puis recommencez.',
        en: 'Too many verifications from this address. Wait a minute, then try again.',
      })
    }
  }
}

/** One bucket an IPv4 address, one a /64 of IPv6: that is what one household has. */
export function clientOf(req: Request): string {
  const address = req.ip ?? ''
  if (!ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  return parsed.kind() === 'ipv4'
    ? parsed.toString()
    : parsed.toNormalizedString().split(':').slice(0, 4).join(':')
}
