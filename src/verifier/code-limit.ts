import type { Request } from 'express'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Context } from '../context.js'
import { DomainError } from '../errors.js'
import { clientOf } from '../web/rate-limit.js'

/**
 * Codes that were wrong, at most. 40 bits hold against guessing only where few may be tried: all
 * addresses together try 500 of 10^12 codes an hour, so that among 10,000 open links one is found
 * in some 25 years, and shows a badge that bears no name.
 */
const AN_ADDRESS = { points: 10, duration: 600 }
const OVERALL = { points: 500, duration: 3_600 }
/** Names that one address asks for, right or wrong: a person on the telephone asks for one or two. */
const NAMES = { points: 10, duration: 600 }
const EVERYBODY = 'everybody'

type Limits = Readonly<{
  address: RateLimiterMemory
  overall: RateLimiterMemory
  names: RateLimiterMemory
}>

/** A service has its own counts; none is kept anywhere. */
const counted = new WeakMap<Context['db'], Limits>()

/**
 * Tries a short code: a right one costs nothing, a wrong one counts for its address and for all.
 * The count is taken first, so that many tries at once are not one.
 *
 * @throws {DomainError} too-many-requests, with Retry-After (seconds) on the answer
 */
export async function tryCode<Found extends { outcome: string }>(
  ctx: Context,
  req: Request,
  look: () => Promise<Found>,
): Promise<Found> {
  const limits = limitsOf(ctx)
  const { address: client } = clientOf(req)
  await refuseFrom(ctx, req, async () => {
    await limits.address.consume(client)
    await limits.overall.consume(EVERYBODY)
  })
  const found = await look()
  if (found.outcome === 'found') {
    await limits.address.reward(client)
    await limits.overall.reward(EVERYBODY)
  }
  return found
}

/** Counts a name that is asked for beside a code. @throws {DomainError} too-many-requests, likewise */
export async function countName(ctx: Context, req: Request): Promise<void> {
  const { names } = limitsOf(ctx)
  await refuseFrom(ctx, req, () => names.consume(clientOf(req).address))
}

async function refuseFrom(ctx: Context, req: Request, take: () => Promise<unknown>): Promise<void> {
  try {
    await take()
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    req.res?.set('Retry-After', String(Math.max(1, Math.ceil(error.msBeforeNext / 1000))))
    ctx.log.info({ event: 'rate-limited', what: 'codes' })
    throw tooMany()
  }
}

function limitsOf(ctx: Context): Limits {
  const kept = counted.get(ctx.db)
  const limits = kept ?? {
    address: new RateLimiterMemory(AN_ADDRESS),
    overall: new RateLimiterMemory(OVERALL),
    names: new RateLimiterMemory(NAMES),
  }
  if (!kept) counted.set(ctx.db, limits)
  return limits
}

function tooMany(): DomainError {
  return new DomainError('too-many-requests', {
    fr: 'Trop de codes faux ou de noms ont été essayés. Attendez quelques minutes, ou demandez à la personne le lien ou le fichier du badge : eux marchent tout de suite.',
    en: 'Too many wrong codes or names were tried. Wait a few minutes, or ask the person for the link or the file of the badge: those work at once.',
  })
}
