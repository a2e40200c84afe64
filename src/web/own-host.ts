import { isIP } from 'node:net'
import type { RequestHandler } from 'express'
import type { Context } from '../context.js'
import { DomainError } from '../errors.js'

/** This machine, by the name that it has everywhere. */
const LOOPBACK = 'localhost'

/**
 * Answers under our own name only: that of PUBLIC_URL, those of ALLOWED_HOSTS, this machine's, or a number.
 * A foreign name that somebody points at us (DNS rebinding, a stranger's domain) shows nothing, whoever asks.
 *
 * @throws {DomainError} invalid-request
 */
export function ownHost({ config }: Pick<Context, 'config'>): RequestHandler {
  const names = new Set([new URL(config.publicUrl).hostname, LOOPBACK, ...config.allowedHosts])
  return (req, _res, next) => {
    const absolute = ABSOLUTE.exec(req.url)
    const host = hostnameOf(absolute?.[1] ?? req.headers.host ?? '')
    // Whose name it is said to be is known now: pages and links go on with the path.
    if (absolute) req.url = req.originalUrl = absolute[2] === '' ? '/' : (absolute[2] ?? '/')
    if (host !== undefined && (names.has(host) || isNumber(host))) return next()
    throw new DomainError('invalid-request', {
      fr: 'Ce service ne répond pas sous ce nom. Ouvrez-le à son adresse publique ; derrière un mandataire, ajoutez le nom qu’il transmet à ALLOWED_HOSTS.',
      en: 'This service does not answer under this name. Open it at its public address; behind a proxy, add the name that it passes on to ALLOWED_HOSTS.',
    })
  }
}

/** A request line with the whole address; it counts before the header (RFC 9112, 3.2.2). */
const ABSOLUTE = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)(.*)$/i

/** @returns undefined for what is no host with or without a port */
function hostnameOf(host: string): string | undefined {
  if (!/^[\w.-]+(?::\d+)?$|^\[[\da-f:.]+\](?::\d+)?$/i.test(host)) return undefined
  return host.replace(/:\d+$/, '').toLowerCase()
}

/** A browser reaches a number without asking any name: nobody can point it elsewhere. */
function isNumber(host: string): boolean {
  return isIP(host.replace(/^\[|\]$/g, '')) !== 0
}
