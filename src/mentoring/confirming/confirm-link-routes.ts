import { z } from 'zod'
import { route } from '../../web/route.js'
import { actorOf } from '../../web/visitor.js'
import { makeConfirmationLink } from './make-confirmation-link.js'

const Id = z.string().max(64)

export const confirmationLinkRoutes = [
  route({
    tag: 'Mentoring',
    access: 'mentoring:write',
    method: 'post',
    path: '/api/sessions/{id}/confirmation-links',
    summary: 'Make the link by which a mentor confirms a session without an account',
    params: z.object({ id: Id }),
    body: z
      .strictObject({
        mentorId: Id.optional().meta({ description: 'The first mentor, unless it is said' }),
      })
      .meta({ id: 'NewConfirmationLink' }),
    status: 201,
    response: z
      .object({
        url: z.url().meta({ description: 'Told once: only its hash is kept' }),
        expiresAt: z.iso.datetime(),
      })
      .meta({ id: 'ConfirmationLink' }),
    errors: ['invalid-request', 'sign-in-required', 'forbidden', 'not-found', 'conflict'],
    async handle(ctx, { params, body }, req) {
      const asked = { sessionId: params.id, mentorId: body.mentorId }
      const { url, expiresAt } = await makeConfirmationLink(ctx, actorOf(req), asked)
      return { url, expiresAt }
    },
  }),
]
