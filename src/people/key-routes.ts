import type { Request } from 'express'
import { z } from 'zod'
import { route } from '../web/route.js'
import { didDocumentOf, jwksOf, KEY_CACHE_SECONDS } from './keys.js'
import { serviceDidDocument, serviceJwks } from './service-keys.js'

const Slug = z.object({ slug: z.string().max(100) })
const Document = z.record(z.string(), z.unknown())

/** The public halves of the service's and the organisations' keys, as others look for them. */
export const keyRoutes = [
  route({
    method: 'get',
    path: '/.well-known/did.json',
    summary: 'The DID document (did:web) of the service; retired keys stay in it',
    tag: 'Public',
    access: 'public',
    response: Document,
    handle: async (ctx, _input, req) => {
      letAnybodyRead(req)
      return serviceDidDocument(ctx)
    },
  }),
  route({
    method: 'get',
    path: '/.well-known/jwks.json',
    summary: 'The keys of the service as a JWK set',
    tag: 'Public',
    access: 'public',
    response: Document,
    handle: async (ctx, _input, req) => {
      letAnybodyRead(req)
      return serviceJwks(ctx)
    },
  }),
  route({
    method: 'get',
    path: '/orgs/{slug}/did.json',
    summary: 'The DID document (did:web) of an organisation; announced and retired keys are in it',
    tag: 'Public',
    access: 'public',
    params: Slug,
    response: Document,
    errors: ['not-found'],
    handle: async (ctx, { params }, req) => {
      letAnybodyRead(req)
      return didDocumentOf(ctx, params.slug)
    },
  }),
  route({
    method: 'get',
    path: '/orgs/{slug}/jwks.json',
    summary: 'The same keys as a JWK set',
    tag: 'Public',
    access: 'public',
    params: Slug,
    response: Document,
    errors: ['not-found'],
    handle: async (ctx, { params }, req) => {
      letAnybodyRead(req)
      return jwksOf(ctx, params.slug)
    },
  }),
]

/** Anybody may read it from anywhere, and keep it for a short while. */
function letAnybodyRead(req: Request): void {
  req.res?.set({
    'Cache-Control': `public, max-age=${KEY_CACHE_SECONDS}`,
    'Access-Control-Allow-Origin': '*',
  })
}
