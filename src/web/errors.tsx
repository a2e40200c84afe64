import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import type { VNode } from 'preact'
import { DomainError, type ErrorCode } from '../errors.js'
import { ButtonLink } from './components/form.js'
import { addressOf, Layout } from './layout.js'
import { sendHtml } from './page.js'
import { PROBLEMS, toDomainError, toProblem } from './problems.js'
import { sayIn, type Say } from './say.js'
import { RETRY_AFTER } from './store-failures.js'
import { languageOf, visitorOf, type Visitor } from './visitor.js'

export const nothingHere: RequestHandler = () => {
  throw new DomainError('not-found', {
    fr: 'Cette page n’existe pas, ou vous n’y avez pas accès.',
    en: 'This page does not exist, or you have no access to it.',
  })
}

/** Last: the only place where an error becomes a response and a log line. */
export function sendError(log: Logger): ErrorRequestHandler {
  return (caught: unknown, req, res, next) => {
    const error = toDomainError(caught)
    const problem = toProblem(error, languageOf(req))
    if (problem.status >= 500)
      log.error({ err: error, event: 'failed', request: res.locals.requestId as string })
    else
      log.info({ event: 'refused', problem: problem.type, request: res.locals.requestId as string })
    if (res.headersSent) return next(error)
    const wait = error instanceof DomainError ? RETRY_AFTER[error.code] : undefined
    if (wait !== undefined && !res.hasHeader('Retry-After')) res.set('Retry-After', wait)
    // Whatever was already said of the answer that failed: the next one may be good.
    res.set('Cache-Control', 'no-store').status(problem.status)
    if (wantsPage(req)) sendErrorPage(req, res, error)
    else res.type('application/problem+json').send(JSON.stringify(problem))
  }
}

/** A browser asks for a page; a program asks for JSON, or sends it. */
export function wantsPage(req: Request): boolean {
  return (
    req.accepts(['application/json', 'text/html']) === 'text/html' && !req.is('application/json')
  )
}

function sendErrorPage(req: Request, res: Response, error: unknown): void {
  const visitor = visitorOf(req)
  const say = sayIn(visitor.language)
  const known = error instanceof DomainError
  const title = say(known ? PROBLEMS[error.code].title : BROKEN)
  sendHtml(
    res,
    <Layout visitor={visitor} title={title}>
      <h1>{title}</h1>
      <p>{say(known ? error.words : TRY_AGAIN)}</p>
      {known ? null : (
        <p class="soft small">
          {say({
            fr: 'Si cela recommence, donnez ce numéro à l’administrateur de la plateforme :',
            en: 'If it happens again, give this number to the platform’s administrator:',
          })}{' '}
          <code>{String(res.locals.requestId)}</code>
        </p>
      )}
      <p class="actions">
        <WayOut say={say} visitor={visitor} code={known ? error.code : undefined} />
      </p>
    </Layout>,
  )
}

const BROKEN = {
  fr: 'Une erreur s’est produite chez nous',
  en: 'Something went wrong on our side',
}
const TRY_AGAIN = {
  fr: 'Réessayez dans un moment. Rien n’a été fait à moitié.',
  en: 'Try again in a moment. Nothing was half done.',
}

type WayOutProps = { say: Say; visitor: Visitor; code: ErrorCode | undefined }

/** What one can do now: the one thing that helps first, and the first page. */
function WayOut({ say, visitor, code }: WayOutProps): VNode {
  const { pathname } = addressOf(visitor)
  const next = encodeURIComponent(visitor.path)
  return (
    <>
      {code === 'sign-in-required' ? (
        <ButtonLink href={`/sign-in?next=${next}`}>
          {say({ fr: 'Se connecter', en: 'Sign in' })}
        </ButtonLink>
      ) : null}
      {code === 'cross-site-request' || code === 'too-large' ? (
        <ButtonLink href={pathname}>
          {say({ fr: 'Rouvrir la page', en: 'Open the page again' })}
        </ButtonLink>
      ) : null}
      <ButtonLink href="/" kind="secondary">
        {say({ fr: 'Aller à l’accueil', en: 'Go to the first page' })}
      </ButtonLink>
    </>
  )
}
