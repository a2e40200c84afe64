import { z } from 'zod'
import { DomainError, type ErrorCode } from '../errors.js'
import type { Language, Words } from '../words.js'
import { storeFailure } from './store-failures.js'

/** How each reason of errors.ts is told over HTTP. A missing code does not compile. */
export const PROBLEMS = {
  'invalid-request': {
    status: 400,
    title: { fr: 'La demande est mal formée', en: 'The request is not well formed' },
  },
  'sign-in-required': { status: 401, title: { fr: 'Connectez-vous d’abord', en: 'Sign in first' } },
  'step-up-required': {
    status: 403,
    title: { fr: 'Confirmez que c’est vous', en: 'Confirm that it is you' },
  },
  'wrong-credentials': {
    status: 401,
    title: { fr: 'Identifiants refusés', en: 'Sign-in refused' },
  },
  'cross-site-request': {
    status: 403,
    title: { fr: 'Ce formulaire n’est plus bon', en: 'This form is not good any more' },
  },
  forbidden: { status: 403, title: { fr: 'Ce n’est pas permis', en: 'This is not allowed' } },
  'not-found': { status: 404, title: { fr: 'Il n’y a rien ici', en: 'There is nothing here' } },
  'method-not-allowed': {
    status: 405,
    title: { fr: 'Cette adresse ne permet pas cela', en: 'This address does not do that' },
  },
  conflict: {
    status: 409,
    title: { fr: 'Cela contredit l’état présent', en: 'This conflicts with the present state' },
  },
  gone: {
    status: 410,
    title: { fr: 'Ce n’est plus disponible', en: 'This is no longer available' },
  },
  'too-large': { status: 413, title: { fr: 'C’est trop volumineux', en: 'This is too large' } },
  'unsupported-type': {
    status: 415,
    title: { fr: 'Ce format n’est pas accepté', en: 'This format is not accepted' },
  },
  'rule-refused': { status: 422, title: { fr: 'Une règle s’y oppose', en: 'A rule refuses this' } },
  unacknowledged: {
    status: 422,
    title: { fr: 'Un avertissement est à lire', en: 'A warning is to be read' },
  },
  'too-many-requests': { status: 429, title: { fr: 'Trop de demandes', en: 'Too many requests' } },
  overloaded: {
    status: 503,
    title: { fr: 'Le service est surchargé', en: 'The service is overloaded' },
  },
  'keys-away': {
    status: 503,
    title: { fr: 'Les clés de signature ne répondent pas', en: 'The signing keys do not answer' },
  },
  'store-busy': {
    status: 503,
    title: { fr: 'La base de données est occupée', en: 'The database is busy' },
  },
  'store-full': {
    status: 507,
    title: { fr: 'Il n’y a plus de place pour écrire', en: 'There is no room left to write' },
  },
  'store-failed': {
    status: 503,
    title: {
      fr: 'L’écriture n’a pas pu être confirmée',
      en: 'The write could not be confirmed',
    },
  },
  'clock-off': {
    status: 503,
    title: { fr: 'L’horloge n’est pas à l’heure', en: 'The clock is wrong' },
  },
  'verification-aborted': {
    status: 503,
    title: { fr: 'La vérification a été arrêtée', en: 'The verification was stopped' },
  },
  'not-verified': {
    status: 400,
    title: { fr: 'Ce document n’est pas vérifié', en: 'This document does not verify' },
  },
  'not-supported': {
    status: 501,
    title: { fr: 'Nous ne savons pas faire cela', en: 'We don’t know how to do this' },
  },
} as const satisfies Record<ErrorCode, { status: number; title: Words }>

/** Problem details (RFC 9457). */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    rule: z.string().optional().meta({ description: 'Number of the domain rule that refused' }),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>

/** An error that is not ours is told as a bare 500: its message may hold a secret. */
export function toProblem(error: unknown, language: Language): Problem {
  if (!(error instanceof DomainError)) {
    const title = { fr: 'Erreur interne', en: 'Internal error' }[language]
    return { type: 'about:blank', title, status: 500 }
  }
  const { status, title } = PROBLEMS[error.code]
  return {
    type: `/problems/${error.code}`,
    title: title[language],
    status,
    detail: error.words[language],
    ...error.members,
    ...(error.rule !== undefined && { rule: error.rule }),
    ...(error.fields.length > 0 && {
      errors: error.fields.map(({ pointer, words }) => ({ pointer, detail: words[language] })),
    }),
  }
}

/** Body parsers and the router throw their own errors: the ones that a caller can cause, as ours. */
export function toDomainError(error: unknown): unknown {
  if (error instanceof DomainError || !(error instanceof Error)) return error
  const status = 'status' in error ? error.status : undefined
  if (status === 413) {
    return new DomainError('too-large', tooLarge('limit' in error ? error.limit : undefined), {
      cause: error,
    })
  }
  if (status === 415) {
    return new DomainError(
      'unsupported-type',
      {
        fr: 'Ce type de contenu n’est pas accepté ici.',
        en: 'This type of content is not accepted here.',
      },
      { cause: error },
    )
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new DomainError(
      'invalid-request',
      {
        fr: 'La demande ne peut pas être lue : vérifiez qu’elle est du JSON bien formé ou un formulaire complet.',
        en: 'The request can’t be read: check that it is well-formed JSON or a complete form.',
      },
      { cause: error },
    )
  }
  return storeFailure(error) ?? error
}

/** @param limit bytes, as the body parser tells them */
function tooLarge(limit: unknown): Words {
  if (typeof limit !== 'number') {
    return {
      fr: 'Ce que vous envoyez dépasse la taille permise. Réduisez-le, puis recommencez.',
      en: 'What you send is larger than allowed. Make it smaller, then try again.',
    }
  }
  const kib = Math.floor(limit / 1024)
  return {
    fr: `Ce que vous envoyez dépasse ${kib} Kio, le maximum ici. Réduisez-le, puis recommencez.`,
    en: `What you send is larger than ${kib} KiB, the most here. Make it smaller, then try again.`,
  }
}
