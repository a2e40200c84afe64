import type { ErrorRequestHandler, Request } from 'express'
import { z } from 'zod'
import type { Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { wantsPage } from '../../web/errors.js'
import { sendHtml } from '../../web/page.js'
import { PROBLEMS } from '../../web/problems.js'
import { actorOf, visitorOf } from '../../web/visitor.js'
import { toNextPage } from '../next-page.js'
import { stepUpWays } from './step-up.js'
import { StepUpView } from './views/step-up.js'

/**
 * Before an act that commits, a person is asked to show once more who they are; what they had sent waits in that page,
 * and goes on from there. A program is told by the problem `step-up-required`.
 */
export function askForStepUp(ctx: Context): ErrorRequestHandler {
  return async (error: unknown, req, res, next) => {
    const isAsked = error instanceof DomainError && error.code === 'step-up-required'
    if (!isAsked || !wantsPage(req)) return next(error)
    const to = toNextPage(req.originalUrl)
    if (req.method === 'GET') return res.redirect(303, `/step-up?next=${encodeURIComponent(to)}`)
    const ways = await stepUpWays(ctx, actorOf(req))
    const asked = { visitor: visitorOf(req), problem: undefined }
    res.status(PROBLEMS[error.code].status)
    sendHtml(res, <StepUpView {...{ asked, ways, next: to, held: heldOf(req) }} />)
  }
}

const Fields = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
/** What a form had in it, by field. */
export type Held = z.output<typeof Fields>

/** What was sent, as text that our own page sends back; undefined for what no page can hold, as a file. */
function heldOf(req: Request): string | undefined {
  const parsed = Fields.safeParse(req.body)
  if (!parsed.success) return undefined
  const { _csrf, password: _password, ...held } = parsed.data
  return JSON.stringify(held)
}

/** @returns undefined for a text that is none of ours */
export function readHeld(text: string | undefined): Held | undefined {
  try {
    return Fields.parse(JSON.parse(text ?? ''))
  } catch {
    return undefined
  }
}
