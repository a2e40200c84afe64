import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import type { Words } from '../../words.js'
import { personOf } from '../facts/confirmation.js'
import { isWithin } from '../days.js'
import { pastDay } from '../facts/judge-session.js'
import { wrongField } from '../refusals.js'
import { conflict, holdPlanned, openPlanned } from './open-placement.js'
import { insertVisit } from './store.js'

export const VISIT_MANNERS = ['ON_SITE', 'PHONE', 'VIDEO'] as const
export type VisitManner = (typeof VISIT_MANNERS)[number]
export const VISIT_WORDS: Readonly<Record<VisitManner, Words>> = {
  ON_SITE: { fr: 'visite sur place', en: 'visit' },
  PHONE: { fr: 'appel', en: 'call' },
  VIDEO: { fr: 'visioconférence', en: 'video call' },
}

/** Codes and no text: what is worrying is talked about, not written here. */
export const VISIT_FINDINGS = ['GOES_WELL', 'TO_WATCH'] as const
export type VisitFinding = (typeof VISIT_FINDINGS)[number]
export const FINDING_WORDS: Readonly<Record<VisitFinding, Words>> = {
  GOES_WELL: { fr: 'tout va bien', en: 'all goes well' },
  TO_WATCH: { fr: 'à suivre de près', en: 'to be watched closely' },
}

/**
 * Records that the school asked the tutor whether all goes well (PFMP-12).
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict
 */
export async function recordVisit(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ placementId: string; day: string; manner: VisitManner; finding: VisitFinding }>,
): Promise<void> {
  const placement = await openPlanned(ctx, actor, input.placementId)
  const day = pastDay(input.day, today(ctx))
  if (!isWithin(day, placement)) {
    throw wrongField('/day', {
      fr: 'Ce jour n’est pas dans la période. Corrigez la date.',
      en: 'This day is not within the placement. Correct the day.',
    })
  }
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await holdPlanned(trx, placement)
    const saved = await insertVisit(trx, {
      placement_id: placement.id,
      day,
      manner: input.manner,
      finding: input.finding,
      by_id: personOf(actor),
      recorded_at: at.toISOString(),
    })
    if (!saved) {
      const words = {
        fr: 'Un point avec le tuteur est déjà saisi pour ce jour.',
        en: 'A check with the tutor is recorded of that day already.',
      }
      throw conflict(words, '/day')
    }
    const details = { manner: input.manner, finding: input.finding }
    const subject = placement.publicId
    const action = 'placement.visited'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
  })
}
