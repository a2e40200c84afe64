import type { Request, RequestHandler } from 'express'
import ipaddr from 'ipaddr.js'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Context } from '../context.js'
import { DomainError } from '../errors.js'

const SECONDS = 60
/** A /48 is what a school or a company has, a /64 what one network in it has. */
const SITE_FACTOR = 5
/** All addresses together: with the default of 120 a minute, 50 a second, a quarter of one processor. */
const PROCESS_FACTOR = 25

/**
 * How much may be asked: of one address (IPv4, or a /64 of IPv6) `perMinute`, of a /48 five times as
 * much, of this process 25 times as much. A function is asked at each request. What is refused for its address costs the others nothing.
 */
export function rateLimit(
  ctx: Context,
  perMinute: number | (() => Promise<number>),
): RequestHandler {
  const limiter = () => new RateLimiterMemory({ points: 1, duration: SECONDS })
  const [address, site, all] = [limiter(), limiter(), limiter()]
  return async (req, res, next) => {
    const points = typeof perMinute === 'number' ? perMinute : await perMinute()
    address.points = points
    site.points = points * SITE_FACTOR
    all.points = points * PROCESS_FACTOR
    const client = clientOf(req)
    const seconds =
      (await secondsToWait(address, client.address)) ??
      (client.site === undefined ? undefined : await secondsToWait(site, client.site))
    const overall = seconds === undefined ? await secondsToWait(all, 'all') : undefined
    const wait = seconds ?? overall
    if (wait === undefined) return next()
    res.set('Retry-After', String(wait))
    ctx.log.info({ event: 'rate-limited', whole: overall !== undefined })
    throw overall === undefined ? tooMany() : overloaded()
  }
}

/** @returns undefined for who need not wait */
async function secondsToWait(limiter: RateLimiterMemory, key: string): Promise<number | undefined> {
  try {
    await limiter.consume(key)
    return undefined
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    return Math.max(1, Math.ceil(error.msBeforeNext / 1000))
  }
}

/** One bucket an IPv4 address, however it is written; one a /64 of IPv6, and one for the /48 around it. */
export function clientOf(req: Request): Readonly<{ address: string; site?: string }> {
  const address = req.ip ?? ''
  if (!ipaddr.isValid(address)) return { address: 'unknown' }
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return { address: parsed.toString() }
  const parts = parsed.toNormalizedString().split(':')
  return { address: parts.slice(0, 4).join(':'), site: parts.slice(0, 3).join(':') }
}

function tooMany(): DomainError {
  return new DomainError('too-many-requests', {
    fr: 'Trop de demandes depuis cette adresse. Attendez une minute, puis recommencez.',
    en: 'Too many requests from this address. Wait a minute, then try again.',
  })
}

function overloaded(): DomainError {
  return new DomainError('overloaded', {
    fr: 'Trop de demandes arrivent en ce moment. Attendez une minute, puis recommencez.',
    en: 'Too many requests arrive just now. Wait a minute, then try again.',
  })
}
