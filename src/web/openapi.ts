import {
  OpenApiGeneratorV31,
  OpenAPIRegistry,
  extendZodWithOpenApi,
} from '@asteasolutions/zod-to-openapi'
import { stringify } from 'yaml'
import { z } from 'zod'
import { Problem, PROBLEMS } from './problems.js'
import { KEY_HEADER } from './idempotency.js'
import { takesKey, type Route } from './route.js'

extendZodWithOpenApi(z)

const FILE = { type: 'string', format: 'binary' } as const
const json = (schema: z.ZodType) => ({ 'application/json': { schema } })

const KEY = z.object({
  [KEY_HEADER]: z.string().min(1).max(255).optional().meta({
    description:
      'Chosen by you, new for each thing to be done (a UUID). Sent again with the same request within a day, it changes nothing and gets the first answer; with another request, 409.',
  }),
})

/** The OpenAPI 3.1 document of the operations, as YAML: the same text each time. */
export function openApiYaml(routes: readonly Route[]): string {
  const registry = new OpenAPIRegistry()
  registry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of the service: `Authorization: Bearer sceau_…`',
  })
  for (const route of routes) register(registry, route)
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Sceau',
      version: '1.0.0',
      description:
        'Competency badges of vocational lycées, endorsed by companies, as Open Badges 3.0.\n\nBeside these operations, `GET /b/{token}` is the public page of a shared badge, for anybody who has its link: `text/html` for people, and by `Accept` or by suffix `application/vc` (`.json`), `application/jwt` and `application/vc+jwt` (`.jwt`), `image/png` (`.png`), `image/svg+xml` (`.svg`), `application/pdf` (`.pdf`, a sheet to print, not signed). 404: there never was such a link. 410: it was closed, is past its last day, or was erased. 403: it shows the badge without its evidence, so that its signed files are not given. 429: asked too often.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This service' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
  })
  return stringify(document, { aliasDuplicateObjects: false })
}

function register(registry: OpenAPIRegistry, route: Route): void {
  const { method, path, summary, tag, access, params, query, body, status, response, errors } =
    route
  const files = Object.fromEntries(
    Object.keys(route.alsoAs).map((type) => [type, { schema: FILE }] as const),
  )
  const problems = Object.groupBy(errors, (code) => String(PROBLEMS[code].status))
  registry.registerPath({
    method,
    path,
    summary,
    tags: [tag],
    operationId: operationId(route),
    security: access === 'public' ? [] : [{ token: [] }],
    ...(access !== 'public' && { description: `Needs a token with the scope \`${access}\`.` }),
    request: {
      ...(Object.keys(params.shape).length > 0 && { params }),
      ...(Object.keys(query.shape).length > 0 && { query }),
      ...(takesKey(route) && { headers: KEY }),
      ...(body && { body: { required: true, content: json(body) } }),
    },
    responses: {
      [status]: {
        description: summary,
        ...(response && { content: { ...json(response), ...files } }),
      },
      ...Object.fromEntries(
        Object.entries(problems).map(([code, reasons]) => [
          code,
          {
            description: (reasons ?? []).map((reason) => PROBLEMS[reason].title.en).join('; or: '),
            content: { 'application/problem+json': { schema: Problem } },
          },
        ]),
      ),
    },
  })
}

/** `post /api/organisations/{id}` → `postApiOrganisationsId` */
function operationId({ method, path }: Route): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter(Boolean)
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
