import { z } from 'zod'
import { route } from '../../web/route.js'
import { actorOf } from '../../web/visitor.js'
import { VC_API } from '../../verifier/vc-api/routes.js'
import { issueCredential } from './issue-credential.js'
import { setStatus } from './set-status.js'
import { IssueOptions } from './wanted.js'

const Document = z.record(z.string(), z.unknown())
const Entry = z.looseObject({
  type: z.literal('BitstringStatusListEntry').optional(),
  statusPurpose: z.string().max(100).optional(),
  statusListIndex: z.string().max(20).optional(),
  statusListCredential: z.string().max(1_000).optional(),
})

const ISSUING = { method: 'post', tag: 'VC-API', access: 'vc-api:issue' } as const
const ERRORS = ['invalid-request', 'forbidden', 'rule-refused', 'conflict'] as const

/**
 * The W3C VC-API, as far as it issues: with the did:key of a token’s organisation, never with the key of its badges.
 *
 * @see https://w3c-ccg.github.io/vc-api/
 */
export const vcIssuingRoutes = [
  route({
    ...ISSUING,
    path: `${VC_API}/credentials/issue`,
    summary:
      'Sign any credential (VCDM 2.0 or 1.1) with a did:key of the token’s organisation, for tests. Off unless VC_API=on',
    body: z
      .looseObject({ credential: Document, options: IssueOptions.default({}) })
      .meta({ id: 'VcIssueRequest' }),
    status: 201,
    response: z.object({ verifiableCredential: Document }).meta({ id: 'VcIssued' }),
    errors: [...ERRORS, 'overloaded', 'verification-aborted'],
    handle: async (ctx, { body: { credential, options } }, req) => ({
      verifiableCredential: await issueCredential(ctx, actorOf(req), { credential, options }),
    }),
  }),
  route({
    ...ISSUING,
    path: `${VC_API}/credentials/status`,
    summary:
      'Revoke, for good, a credential that was issued here with a status. Off unless VC_API=on',
    body: z
      .looseObject({
        credentialId: z.string().min(1).max(1_000),
        credentialStatus: Entry.optional(),
        status: z.boolean().meta({ description: 'true: revoked; a revocation is not taken back' }),
      })
      .meta({ id: 'VcStatusRequest' }),
    response: z
      .object({ credentialId: z.string(), credentialStatus: Document, status: z.literal(true) })
      .meta({ id: 'VcStatus' }),
    errors: [...ERRORS, 'not-found'],
    handle: async (ctx, { body }, req) => ({
      credentialId: body.credentialId,
      credentialStatus: { ...(await setStatus(ctx, actorOf(req), body)) },
      status: true as const,
    }),
  }),
]
