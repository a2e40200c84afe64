import { z } from 'zod'
import { DomainError } from '../errors.js'
import { route } from '../web/route.js'
import { batchRoutes } from './batches/routes.js'
import { badgeRoutes } from './badge-routes.js'
import { dossierRoutes } from './dossier-routes.js'
import { signedListAt } from './vc-api/status-list.js'

export const issuerRoutes = [
  route({
    method: 'get',
    path: '/status/{list}',
    summary: 'A signed BitstringStatusListCredential: which badges of an issuer were revoked',
    tag: 'Public',
    access: 'public',
    params: z.object({ list: z.string().max(100) }),
    response: z.record(z.string(), z.unknown()),
    errors: ['not-found'],
    async handle(ctx, { params }, req) {
      const document = await signedListAt(ctx, params.list)
      if (document === undefined) {
        throw new DomainError('not-found', {
          fr: 'Aucune liste n’a cette adresse.',
          en: 'No list has this address.',
        })
      }
      // A minute: what was revoked is known soon, and whole lists are cached, so nobody is followed.
      req.res?.set({ 'Cache-Control': 'public, max-age=60', 'Access-Control-Allow-Origin': '*' })
      return JSON.parse(document) as Record<string, unknown>
    },
  }),
  ...dossierRoutes,
  ...badgeRoutes,
  ...batchRoutes,
]
