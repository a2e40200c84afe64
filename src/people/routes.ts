import { z } from 'zod'
import { actorOf } from '../web/visitor.js'
import { route } from '../web/route.js'
import { createOrganisation } from './create-organisation.js'
import { didOf } from './keys.js'
import { seeOrganisations } from './see-organisations.js'
import { ORGANISATION_KINDS, type Organisation as Found } from './store.js'

const Kind = z.enum(ORGANISATION_KINDS)

const OrganisationBody = z
  .strictObject({
    kind: Kind,
    name: z.string().max(200),
    type: z.string().max(40).optional().meta({ description: 'UNIVERSITE, ASSOCIATION, …' }),
    academyCode: z.string().max(2).optional().meta({ description: 'Two digits' }),
    uai: z.string().max(40).optional().meta({ description: 'Required of a school' }),
    siret: z.string().max(40).optional().meta({ description: 'Required of a company' }),
    city: z.string().max(200).optional(),
    website: z.string().max(500).optional(),
  })
  .meta({ id: 'NewOrganisation' })

const Organisation = z
  .object({
    id: z.string(),
    kind: Kind,
    name: z.string(),
    slug: z.string(),
    did: z.string(),
    type: z.string().nullable(),
    academyCode: z.string().nullable(),
    uai: z.string().nullable(),
    siret: z.string().nullable(),
    city: z.string().nullable(),
    website: z.string().nullable(),
  })
  .meta({ id: 'Organisation' })

export const peopleRoutes = [
  route({
    method: 'get',
    path: '/api/organisations',
    summary: 'List the lycées and companies',
    tag: 'Organisations',
    access: 'organisations:read',
    query: z.strictObject({ kind: Kind.optional() }),
    response: z.object({ organisations: z.array(Organisation) }),
    errors: ['invalid-request', 'sign-in-required', 'forbidden', 'not-found'],
    async handle(ctx, { query }, req) {
      const found = await seeOrganisations(ctx, actorOf(req), query.kind)
      return { organisations: found.map((one) => toJson(one, ctx.config.publicUrl)) }
    },
  }),
  route({
    method: 'post',
    path: '/api/organisations',
    summary: 'Admit a lycée or a company, which makes its signing key',
    tag: 'Organisations',
    access: 'organisations:write',
    body: OrganisationBody,
    status: 201,
    response: Organisation,
    errors: ['invalid-request', 'sign-in-required', 'forbidden', 'not-found', 'conflict'],
    async handle(ctx, { body }, req) {
      const created = await createOrganisation(ctx, actorOf(req), body)
      return toJson(created, ctx.config.publicUrl)
    },
  }),
]

function toJson(found: Found, publicUrl: string): z.input<typeof Organisation> {
  const { id: _id, publicId, slug, ...said } = found
  return { id: publicId, slug, did: didOf(publicUrl, slug), ...said }
}
