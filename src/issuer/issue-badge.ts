import { z } from 'zod'
import type { Context } from '../context.js'
import { openSeries } from './series.js'
import { issueBadges } from './issue-badges.js'

const Payload = z.object({ dossierId: z.number() })

/** The job that issues the badge of one approved dossier. Running it twice issues one badge. */
export async function issueBadge(ctx: Context, payload: unknown): Promise<void> {
  const { dossierId } = Payload.parse(payload)
  await issueBadges(ctx, [dossierId], openSeries())
}
