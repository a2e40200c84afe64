import type { Context } from '../context.js'
import { dayAt } from '../people/days.js'
import type { Report } from '../verifier/report.js'
import { verifyBadge } from '../verifier/verify-badge.js'
import type { Language } from '../words.js'
import type { ReleasedBadge } from './badge-of-student.js'
import { readSigned, type BadgeShown } from './badge-shown.js'
import { lookupsOf } from './own-lookups.js'
import { revocationOf, type Revocation } from './revocation.js'

/** A badge as it stands now, for whoever may see it. */
export type VerifiedBadge = Readonly<{
  report: Report
  /** What was signed; undefined when its signature is not good: then nothing of it is shown. */
  shown: BadgeShown | undefined
  revocation: Revocation | null
  /** Since which day it is held. */
  heldOn: string | null
  dossierId: number
}>

/** Verifies a badge of ours as anybody would, beside what our own book says of it. */
export async function verifyNow(
  ctx: Context,
  badge: ReleasedBadge,
  language: Language,
): Promise<VerifiedBadge> {
  const around = { lookups: lookupsOf(ctx), now: ctx.now(), language }
  const report = await verifyBadge(Buffer.from(badge.badge_document), around)
  return {
    report,
    shown: report.badge === null ? undefined : readSigned(badge.badge_document),
    revocation: await revocationOf(ctx, badge),
    dossierId: badge.dossier_id,
    heldOn: badge.held_at && dayAt(new Date(badge.held_at), ctx.config.timeZone),
  }
}
