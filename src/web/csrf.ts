import { timingSafeEqual } from 'node:crypto'
import type { Request } from 'express'
import { DomainError } from '../errors.js'

/**
 * A form counts only if it was sent from a page of ours: the browser says so (Fetch Metadata,
 * else Origin), and a signed-in person's form carries the token of the session.
 *
 * @throws {DomainError} cross-site-request
 */
export function assertOwnForm(
  req: Request,
  publicUrl: string,
  csrfToken: string | undefined,
): void {
  const site = req.get('sec-fetch-site')
  const origin = req.get('origin')
  const fromUs =
    site === undefined
      ? origin === undefined || origin === new URL(publicUrl).origin
      : site === 'same-origin' || site === 'none'
  if (fromUs && (csrfToken === undefined || sameText(tokenOf(req), csrfToken))) return
  throw new DomainError('cross-site-request', {
    fr: 'Il ne vient pas d’une page ouverte ici pendant votre session : elle a changé, ou un autre site l’a envoyé. Rien n’a été fait. Rouvrez la page et recommencez.',
    en: 'It does not come from a page opened here during your session: that has changed, or another site sent it. Nothing was done. Open the page again and retry.',
  })
}

function tokenOf(req: Request): string {
  const body: unknown = req.body
  const token =
    typeof body === 'object' && body !== null && '_csrf' in body ? body._csrf : undefined
  return typeof token === 'string' ? token : ''
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
