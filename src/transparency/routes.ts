import type { Request } from 'express'
import { z } from 'zod'
import { route } from '../web/route.js'
import { seeCheckpoint, seeConsistency, seeInclusion } from './see-log.js'

const Whole = z
  .string()
  .regex(/^(0|[1-9]\d{0,9})$/)
  .transform(Number)
const Hash = z.string().meta({ description: 'SHA-256 in base64' })
const CHECKPOINT_SECONDS = 60
const YEAR_SECONDS = 31_536_000

/** The transparency log, for anybody who watches it. What a proof says never changes. */
export const logRoutes = [
  route({
    method: 'get',
    path: '/log/checkpoint.json',
    summary:
      'The newest checkpoint of the log: a signed note (C2SP tlog-checkpoint); as text at /log/checkpoint',
    tag: 'Public',
    access: 'public',
    response: z.object({ note: z.string() }),
    errors: ['not-found'],
    handle: async (ctx, _input, req) => {
      const note = await seeCheckpoint(ctx)
      forAnybody(req, CHECKPOINT_SECONDS)
      return { note }
    },
  }),
  route({
    method: 'get',
    path: '/log/inclusion/{position}',
    summary: 'What proves that a leaf is in the log of a size (RFC 9162, 2.1.3)',
    tag: 'Public',
    access: 'public',
    params: z.object({ position: Whole }),
    query: z.strictObject({ size: Whole }),
    response: z.object({ leaf: Hash, proof: z.array(Hash) }),
    errors: ['invalid-request', 'not-found'],
    handle: async (ctx, { params, query }, req) => {
      const found = await seeInclusion(ctx, { ...params, ...query })
      forAnybody(req, YEAR_SECONDS)
      return found
    },
  }),
  route({
    method: 'get',
    path: '/log/consistency',
    summary: 'What proves that the log of one size begins that of another (RFC 9162, 2.1.4)',
    tag: 'Public',
    access: 'public',
    query: z.strictObject({ from: Whole, to: Whole }),
    response: z.object({ proof: z.array(Hash) }),
    errors: ['invalid-request', 'not-found'],
    handle: async (ctx, { query }, req) => {
      const proof = await seeConsistency(ctx, query)
      forAnybody(req, YEAR_SECONDS)
      return { proof }
    },
  }),
]

/** Anybody may read it from anywhere, and keep it. */
function forAnybody(req: Request, seconds: number): void {
  req.res?.set({
    'Cache-Control': `public, max-age=${seconds}`,
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  })
}
