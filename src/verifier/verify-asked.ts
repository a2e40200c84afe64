import type { Request } from 'express'
import type { Context } from '../context.js'
import type { Language } from '../words.js'
import type { Asked } from './asked.js'
import { bytesOf, type OurBadge, type OurLinks } from './fetch-badge.js'
import type { Lookups } from './lookups.js'
import type { Report } from './report.js'
import { verifyBadge } from './verify-badge.js'

/** What the service lends to a verification: what it knows itself, and its own links. */
export type Lent = Readonly<{ lookupsOf: (ctx: Context) => Lookups; ours: OurLinks }>

/**
 * Verifies what somebody asked for: a badge as it is, or what is behind a link or a short code.
 *
 * @returns the report, and the very bytes that it speaks of; nothing of either is kept
 * @throws {DomainError} invalid-request or too-many-requests, when there are no bytes to verify
 */
export async function verifyAsked(
  ctx: Context,
  asked: Asked,
  around: Lent,
  from: Readonly<{ req: Request; language: Language; field?: string }>,
): Promise<OurBadge & Readonly<{ report: Report }>> {
  const { language, ...source } = from
  const found = await bytesOf(ctx, asked, { ...source, ours: around.ours })
  const report = await verifyBadge(found.bytes, {
    lookups: around.lookupsOf(ctx),
    now: ctx.now(),
    language,
  })
  return { ...found, report }
}
