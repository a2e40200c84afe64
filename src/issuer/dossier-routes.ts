import { z } from 'zod'
import type { Actor, Context } from '../context.js'
import type { ErrorCode } from '../errors.js'
import { findVersionByNumber } from '../templates/store.js'
import { route } from '../web/route.js'
import { actorOf } from '../web/visitor.js'
import { openDossier } from './open-dossier.js'
import { propose } from './propose.js'
import { seeDossier, type DossierView } from './see-dossier.js'
import { seeDossiers } from './see-dossiers.js'
import { noDossier } from './steps.js'
import { DOSSIER_STATES } from './store/dossiers.js'

export const Id = z.string().max(64)
export const PageQuery = z.coerce.number().int().min(1).max(10_000).default(1)
export const ERRORS: ErrorCode[] = ['invalid-request', 'sign-in-required', 'forbidden', 'not-found']

const State = z.enum(DOSSIER_STATES)

const DossierLine = z
  .object({
    id: z.string(),
    state: State,
    badge: z.string(),
    school: z.string(),
    company: z.string(),
  })
  .meta({ id: 'DossierLine' })
const Dossiers = z
  .object({ dossiers: z.array(DossierLine), page: z.int(), pages: z.int() })
  .meta({ id: 'Dossiers' })

const Dossier = z
  .object({
    id: z.string(),
    state: State,
    studentId: z.string(),
    template: z.object({ id: z.string(), version: z.int() }),
    digest: z.string().nullable().meta({ description: 'To which each person commits, hex' }),
    requirements: z.array(
      z.object({
        kind: z.enum(['mentoring', 'placement']),
        wanted: z.number().meta({ description: 'Minutes of mentoring, or days of a placement' }),
        found: z.number(),
        met: z.boolean(),
      }),
    ),
    obstacle: z
      .object({ fr: z.string(), en: z.string() })
      .nullable()
      .meta({ description: 'What stands against the next step: what is missing, or has changed' }),
    steps: z.array(
      z.object({
        step: z.enum(['proposed', 'assessed', 'endorsed', 'approved']),
        function: z.string().nullable(),
        at: z.string(),
      }),
    ),
    badgeId: z.string().nullable(),
  })
  .meta({ id: 'Dossier' })

const reading = { method: 'get', tag: 'Dossiers', access: 'dossiers:read' } as const
const writing = { method: 'post', tag: 'Dossiers', access: 'dossiers:write' } as const

/** Who assesses, endorses, approves or refuses commits an organisation: a person does it at a page. */
export const dossierRoutes = [
  route({
    ...reading,
    path: '/api/dossiers',
    summary: 'List the dossiers of one’s schools or companies, newest first',
    query: z.strictObject({ state: State.optional(), page: PageQuery }),
    response: Dossiers,
    errors: ERRORS,
    async handle(ctx, { query }, req) {
      const { all, page, pages } = await seeDossiers(ctx, actorOf(req), query)
      const dossiers = all.map(({ publicId, state, badge, school, company }) => {
        return { id: publicId, state, badge, school, company }
      })
      return { dossiers, page, pages }
    },
  }),
  route({
    ...reading,
    path: '/api/dossiers/{id}',
    summary: 'A dossier: what its rule asks, what is there, which steps were taken',
    params: z.object({ id: Id }),
    response: Dossier,
    errors: ERRORS,
    handle: (ctx, { params }, req) => answer(ctx, actorOf(req), params.id),
  }),
  route({
    ...writing,
    path: '/api/dossiers',
    summary: 'Open a dossier of a student for a published badge, with a token tied to a person',
    body: z
      .strictObject({ studentId: Id, templateId: Id, version: z.int().min(1).max(100_000) })
      .meta({ id: 'NewDossier' }),
    status: 201,
    response: Dossier,
    errors: [...ERRORS, 'conflict', 'rule-refused'],
    async handle(ctx, { body }, req) {
      const actor = actorOf(req)
      const version = await findVersionByNumber(ctx.db, body.templateId, body.version)
      if (!version) throw noDossier()
      const input = { studentId: body.studentId, versionId: version.id }
      return answer(ctx, actor, await openDossier(ctx, actor, input))
    },
  }),
  route({
    ...writing,
    path: '/api/dossiers/{id}/proposal',
    summary: 'Propose a complete dossier to its company, with a token tied to a person',
    params: z.object({ id: Id }),
    response: Dossier,
    errors: [...ERRORS, 'conflict', 'rule-refused'],
    async handle(ctx, { params }, req) {
      const actor = actorOf(req)
      await propose(ctx, actor, params.id)
      return answer(ctx, actor, params.id)
    },
  }),
]

async function answer(ctx: Context, actor: Actor, id: string): Promise<z.input<typeof Dossier>> {
  return toJson(await seeDossier(ctx, actor, id))
}

/** Without names: a program knows a student by their id. */
function toJson(dossier: DossierView): z.input<typeof Dossier> {
  const { publicId, state, studentId, version, digest, obstacle, badgeId } = dossier
  return {
    id: publicId,
    state,
    studentId,
    template: { id: version.templatePublicId, version: version.number },
    digest,
    requirements: dossier.requirements.map(({ kind, wanted, found, met }) => {
      return { kind, wanted, found, met }
    }),
    obstacle: obstacle ?? null,
    steps: dossier.steps.map((step) => {
      return { step: step.step, function: step.function ?? null, at: step.at }
    }),
    badgeId: badgeId ?? null,
  }
}
