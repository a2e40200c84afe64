import { z } from 'zod'
import type { Actor, Context } from '../context.js'
import type { ErrorCode } from '../errors.js'
import { route } from '../web/route.js'
import { actorOf } from '../web/visitor.js'
import { defineTemplate } from './define-template.js'
import { Definition } from './definition.js'
import { editDraft } from './edit-draft.js'
import { newVersion } from './new-version.js'
import { definingCompany, seeTemplate, seeTemplates } from './see-templates.js'
import type { Version } from './store.js'

const Id = z.string().max(64)
const ERRORS: ErrorCode[] = ['invalid-request', 'sign-in-required', 'forbidden', 'not-found']
const DefinitionBody = Definition.meta({ id: 'BadgeDefinition' })

const VersionAnswer = z
  .object({
    templateId: z.string(),
    version: z.int(),
    state: z.enum(['draft', 'published']),
    archived: z.boolean(),
    digest: z.string().meta({ description: 'SHA-256 of the JCS form of the definition, hex' }),
    definition: DefinitionBody,
  })
  .meta({ id: 'TemplateVersion' })
const Versions = z.object({ versions: z.array(VersionAnswer) }).meta({ id: 'TemplateVersions' })

const reading = { method: 'get', tag: 'Templates', access: 'templates:read' } as const
const writing = { tag: 'Templates', access: 'templates:write' } as const
const one = { params: z.object({ id: Id }) } as const

/** Publishing and archiving are not here: the company commits by them, so a person does it at a page. */
export const templateRoutes = [
  route({
    ...reading,
    path: '/api/templates',
    summary:
      'List the badges of one’s companies with all their versions, and what the partners of one’s schools have published',
    response: Versions,
    errors: ERRORS,
    async handle(ctx, _input, req) {
      return { versions: (await seeTemplates(ctx, actorOf(req))).flat().map(toJson) }
    },
  }),
  route({
    ...reading,
    ...one,
    path: '/api/templates/{id}',
    summary: 'The versions of a badge, newest first',
    response: Versions,
    errors: ERRORS,
    handle: (ctx, { params }, req) => versionsOf(ctx, actorOf(req), params.id),
  }),
  route({
    ...writing,
    method: 'post',
    path: '/api/templates',
    summary: 'Define a badge of a company, as a draft',
    body: z.strictObject({ companyId: Id, definition: DefinitionBody }).meta({ id: 'NewTemplate' }),
    status: 201,
    response: Versions,
    errors: ERRORS,
    async handle(ctx, { body }, req) {
      const actor = actorOf(req)
      const { id } = await definingCompany(ctx, actor, body.companyId)
      const input = { companyId: id, definition: body.definition }
      const { publicId } = await defineTemplate(ctx, actor, input)
      return versionsOf(ctx, actor, publicId)
    },
  }),
  route({
    ...writing,
    ...one,
    method: 'put',
    path: '/api/templates/{id}/draft',
    summary: 'Change the draft of a badge, if it still has the digest that was read',
    body: z
      .strictObject({ digest: z.string().max(64), definition: DefinitionBody })
      .meta({ id: 'ChangedDraft' }),
    response: Versions,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params, body }, req) {
      const actor = actorOf(req)
      const [newest] = await seeTemplate(ctx, actor, params.id)
      await editDraft(ctx, actor, { versionId: newest.id, ...body })
      return versionsOf(ctx, actor, params.id)
    },
  }),
  route({
    ...writing,
    ...one,
    method: 'post',
    path: '/api/templates/{id}/versions',
    summary: 'Open the next version of a published badge, as a draft',
    status: 201,
    response: Versions,
    errors: [...ERRORS, 'conflict'],
    async handle(ctx, { params }, req) {
      const actor = actorOf(req)
      await newVersion(ctx, actor, params.id)
      return versionsOf(ctx, actor, params.id)
    },
  }),
]

async function versionsOf(
  ctx: Context,
  actor: Actor,
  id: string,
): Promise<z.input<typeof Versions>> {
  return { versions: (await seeTemplate(ctx, actor, id)).map(toJson) }
}

function toJson(version: Version): z.input<typeof VersionAnswer> {
  return {
    templateId: version.templatePublicId,
    version: version.number,
    state: version.publishedAt === null ? 'draft' : 'published',
    archived: version.archivedAt !== null,
    digest: version.digest,
    definition: version.definition,
  }
}
