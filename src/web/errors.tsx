import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { DomainError } from '../errors.js'
import { ButtonLink } from './components/form.js'
import { Layout } from './layout.js'
import { sendHtml } from './page.js'
import { PROBLEMS, toDomainError, toProblem } from './problems.js'
import { sayIn } from './say.js'
import { languageOf, visitorOf } from './visitor.js'

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
    res.status(problem.status)
    if (wantsPage(req)) sendErrorPage(req, res, error)
    else res.type('application/problem+json').send(JSON.stringify(problem))
  }
}

/** A browser asks for a page; a program asks for JSON, or sends it. */
function wantsPage(req: Request): boolean {
  return (
    req.accepts(['application/json', 'text/html']) === 'text/html' && !req.is('application/json')
  )
}

function sendErrorPage(req: Request, res: Response, error: unknown): void {
  const visitor = visitorOf(req)
  const say = sayIn(visitor.language)
  const known = error instanceof DomainError
  const needsSignIn = known && error.code === 'sign-in-required'
  const title = say(
    known
      ? PROBLEMS[error.code].title
      : { fr: 'Une erreur s’est produite chez nous', en: 'Something went wrong on our side' },
  )
  const next = encodeURIComponent(visitor.path)
  sendHtml(
    res,
    <Layout visitor={visitor} title={title}>
      <h1>{title}</h1>
      <p>
        {say(
          known
            ? error.words
            : {
                fr: 'Réessayez dans un moment. Rien n’a été fait à moitié.',
                en: 'Try again in a moment. Nothing was half done.',
              },
        )}
      </p>
      <p class="actions">
        {needsSignIn ? (
          <ButtonLink href={`/sign-in?next=${next}`}>
            {say({ fr: 'Se connecter', en: 'Sign in' })}
          </ButtonLink>
        ) : (
          <ButtonLink href="/" kind="secondary">
            {say({ fr: 'Aller à l’accueil', en: 'Go to the first page' })}
          </ButtonLink>
        )}
      </p>
    </Layout>,
  )
}
