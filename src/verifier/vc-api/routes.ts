import express, { type Request } from 'express'
import { z } from 'zod'
import type { Context } from '../../context.js'
import { LIMITS } from '../../credential/limits.js'
import { DomainError, type ErrorCode } from '../../errors.js'
import { route } from '../../web/route.js'
import { visitorOf } from '../../web/visitor.js'
import type { Lookups } from '../lookups.js'
import { canonizeIn } from './canonize-apart.js'
import type { Around, Options } from './check-signatures.js'
import { refused, succeeded, tell, together, Verified, type Outcome } from './outcome.js'
import { readRequest } from './read-request.js'
import { resolveDid, type DidError, type OwnDocument } from './resolve-did.js'
import { verifyCredential } from './verify-credential.js'
import { verifyPresentation } from './verify-presentation.js'
import type { Json } from '../../credential/values.js'

export const VC_API = '/vc-api'

/** Bytes as they came: only they tell whether a name was written twice. */
export const rawVcQuestion = express.raw({ type: 'application/json', limit: LIMITS.jsonBytes })

/** What the operations know of ours: the keys and lists of our issuers, and our DID documents. */
export type Ours = Readonly<{
  lookupsOf: (ctx: Context) => Lookups
  documentOf: (ctx: Context) => OwnDocument
}>

const VERIFY = {
  method: 'post',
  tag: 'VC-API',
  access: 'public',
  body: z.unknown(),
  response: Verified,
  errors: [
    'not-verified',
    'too-large',
    'unsupported-type',
    'too-many-requests',
    'overloaded',
    'verification-aborted',
  ],
} satisfies Partial<Parameters<typeof route>[0]>

/**
 * The W3C VC-API, as far as it verifies; only there when `VC_API=on`. What it says of a credential is
 * never the verdict of a badge.
 *
 * @see https://w3c-ccg.github.io/vc-api/
 */
export const vcApiRoutes = (ours: Ours) => [
  route({
    ...VERIFY,
    path: `${VC_API}/credentials/verify`,
    summary:
      'Verify any verifiable credential (VCDM 2.0 or 1.1): 200 only when it verifies. Off unless VC_API=on',
    handle: (ctx, { body }, req) =>
      verify({ ctx, body, req, ours }, 'verifiableCredential', verifyCredential),
  }),
  route({
    ...VERIFY,
    path: `${VC_API}/presentations/verify`,
    summary:
      'Verify a verifiable presentation and every credential in it: 200 only when all verify. Off unless VC_API=on',
    handle: (ctx, { body }, req) =>
      verify({ ctx, body, req, ours }, 'verifiablePresentation', verifyPresentation),
  }),
  didRoute(ours),
]

/** @see https://www.w3.org/TR/did-resolution/ */
const DID_RESOLUTION = 'https://w3id.org/did-resolution/v1' as const

const didRoute = (ours: Ours) =>
  route({
    method: 'get',
    path: `${VC_API}/did/{did}`,
    summary: 'Resolve a did:key or did:web (W3C DID resolution). Off unless VC_API=on',
    tag: 'VC-API',
    access: 'public',
    params: z.object({ did: z.string().max(2_000) }),
    response: z.object({
      '@context': z.literal(DID_RESOLUTION),
      didDocument: z.record(z.string(), z.unknown()),
      didResolutionMetadata: z.object({ contentType: z.string() }),
      didDocumentMetadata: z.object({}),
    }),
    errors: ['invalid-request', 'not-found', 'not-supported', 'too-many-requests'],
    handle: async (ctx, { params: { did } }) => {
      const own = ours.documentOf(ctx)
      const resolved = await resolveDid(did, { own, outside: ctx.outside })
      if (typeof resolved === 'string') throw unresolved(resolved)
      return {
        '@context': DID_RESOLUTION,
        didDocument: resolved,
        didResolutionMetadata: { contentType: 'application/did' },
        didDocumentMetadata: {},
      }
    },
  })

type Question = Readonly<{ ctx: Context; body: unknown; req: Request; ours: Ours }>
type Verify = (document: Json, options: Options, around: Around) => Promise<Outcome>

/** @throws {DomainError} not-verified, with all that a success tells and why it is none */
async function verify({ ctx, body, req, ours }: Question, member: string, run: Verify) {
  // Other parsers read other types into bytes.
  const asked = readRequest(req.is('application/json') ? body : undefined, member)
  const outcome =
    'code' in asked
      ? refused([], [asked])
      : together([
          {
            at: `/${member}`,
            outcome: await run(asked.document, asked.options, {
              lookups: ours.lookupsOf(ctx),
              now: ctx.now(),
              canonize: canonizeIn(ctx.generalApart),
            }),
          },
        ])
  const told = tell(outcome, visitorOf(req).language)
  if (!succeeded(outcome)) throw new DomainError('not-verified', NOT_VERIFIED, { members: told })
  return { ...told, verified: true as const }
}

const NOT_VERIFIED = {
  fr: 'Ce document n’est pas vérifié. « errors » dit pourquoi, et où.',
  en: 'This document does not verify. “errors” says why, and where.',
}

const UNRESOLVED: Readonly<Record<DidError, ErrorCode>> = {
  invalidDid: 'invalid-request',
  invalidPublicKey: 'invalid-request',
  invalidPublicKeyLength: 'invalid-request',
  unsupportedPublicKeyType: 'not-supported',
  notFound: 'not-found',
  methodNotSupported: 'not-supported',
}
const WORDS = {
  invalidDid: {
    fr: 'Ce n’est pas un DID bien formé.',
    en: 'This is no well-formed DID.',
  },
  invalidPublicKey: {
    fr: 'La clé que ce DID nomme n’en est pas une, ou n’est pas sûre.',
    en: 'The key that this DID names is none, or is not safe.',
  },
  invalidPublicKeyLength: {
    fr: 'La clé que ce DID nomme est trop courte ou trop longue.',
    en: 'The key that this DID names is too short or too long.',
  },
  unsupportedPublicKeyType: {
    fr: 'La clé que ce DID nomme n’est pas d’une sorte que nous connaissons : Ed25519, P-256 ou P-384.',
    en: 'The key that this DID names is not of a kind that we know: Ed25519, P-256 or P-384.',
  },
  notFound: {
    fr: 'Aucun document n’a été trouvé pour ce DID.',
    en: 'No document was found for this DID.',
  },
  methodNotSupported: {
    fr: 'Nous ne savons lire que did:key et did:web.',
    en: 'We can only read did:key and did:web.',
  },
}

function unresolved(error: DidError): DomainError {
  return new DomainError(UNRESOLVED[error], WORDS[error], {
    members: {
      '@context': DID_RESOLUTION,
      didDocument: null,
      didResolutionMetadata: { error },
      didDocumentMetadata: {},
    },
  })
}
