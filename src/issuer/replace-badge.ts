import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { personOf } from '../mentoring/facts/confirmation.js'
import { appendAudit } from '../store/audit.js'
import { findVersion } from '../templates/store.js'
import { ISSUANCE_ACTS } from './acts.data.js'
import { awardFor, notReleased } from './award-for.js'
import { toNote } from './commitment.js'
import { toReplacementReason } from './life-reasons.data.js'
import { assertAwardable } from './open-dossier.js'
import { noDossier, toUuidUrn } from './steps.js'
import { lockBadges } from './store/badges.js'
import { insertDossier } from './store/dossiers.js'
import { findReplacement } from './store/lineage.js'

/** `reason` of REPLACEMENT_REASONS, told to the holder; `note` for staff. */
export type ReplacementInput = Readonly<{
  badgeId: string
  reason: string
  note?: string | undefined
}>

/**
 * Opens the dossier of a corrected badge, for the same student and the same version of its definition. It is
 * proposed, assessed, endorsed and approved as any other; the release of its badge revokes the old one, which
 * counts until then. A badge is replaced by one: who asks again gets the dossier that is there.
 *
 * @returns the public id of the dossier
 * @throws {DomainError} not-found, forbidden, invalid-request (reason, note), rule-refused (archived), conflict
 *   (replaced already, or not released)
 */
export async function replaceBadge(
  ctx: Context,
  actor: Actor,
  input: ReplacementInput,
): Promise<string> {
  const { badge, dossier } = await awardFor(ctx, actor, 'propose-dossier', input.badgeId)
  const replacement_reason = toReplacementReason(input.reason)
  const replacement_note = toNote(input.note)
  if (badge.released_at === null) throw notReleased()
  const version = await findVersion(ctx.db, dossier.template_version_id)
  if (!version) throw noDossier()
  assertAwardable(version)
  const opened_by_id = personOf(actor)
  const publicId = ctx.newId()
  const at = ctx.now()
  return ctx.db.transaction().execute(async (trx) => {
    // Before the audit: who replaces the same badge at the same time waits here.
    await lockBadges(trx, [badge.id])
    const { student_id, template_version_id, school_id, company_id } = dossier
    const inserted = await insertDossier(trx, {
      ...{ student_id, template_version_id, school_id, company_id },
      ...{ replaces_badge_id: badge.id, replacement_reason, replacement_note },
      public_id: publicId,
      state: ISSUANCE_ACTS.openDossier.to,
      subject: toUuidUrn(ctx.randomBytes(16)),
      opened_by_id,
      opened_at: at.toISOString(),
    })
    if (inserted === undefined) return assertUnderWay(await findReplacement(trx, badge.id))
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: ISSUANCE_ACTS.openDossier.audit,
      subject: publicId,
      details: { replaces: badge.public_id, reason: replacement_reason },
    })
    return publicId
  })
}

function assertUnderWay(there: Readonly<{ public_id: string; state: string }> | undefined): string {
  if (there && there.state !== 'issued') return there.public_id
  throw new DomainError('conflict', {
    fr: 'Ce badge est déjà remplacé. Remplacez celui qui a pris sa place, si c’est lui qu’il faut corriger.',
    en: 'This badge is replaced already. Replace the one that took its place, if that is the one to correct.',
  })
}
