import type { Context } from '../context.js'
import { DomainError } from '../errors.js'
import type { Known } from '../people/authority/rules.js'
import { howWeKnow } from '../people/authority/see-authority.js'
import { today } from '../people/days.js'
import { hashOf } from '../people/secrets.js'
import type { Language } from '../words.js'
import { isReleased, type ReleasedBadge } from './badge-of-student.js'
import { isAgreed } from './is-agreed.js'
import { linkUrl } from './link-address.js'
import { codeOf } from './link-code.js'
import { isOpen, showsEvidence } from './link-life.js'
import { nameBehind } from './name-behind.js'
import { getBadge } from './store/badges.js'
import { getDossier } from './store/dossiers.js'
import { findLinkByToken, wasErased, type ShareLink } from './store/share-links.js'
import { verifyNow, type VerifiedBadge } from './verify-now.js'
import { withdrawnFrom, type WithdrawnEndorsement } from './withdrawals/see-withdrawals.js'

export type PublicBadge = VerifiedBadge &
  Readonly<{
    /** What its company has taken back. */
    withdrawn: readonly WithdrawnEndorsement[]
    /** How we know that company. */
    known: readonly Known[] | undefined
    link: Readonly<{
      url: string
      code: string | null
      untilDay: string | null
      /** Whether the evidence is shown, and with it the signed files, which tell it. */
      evidence: boolean
      /** To whom, while those who must agree to it do; null: nobody is named. */
      holder: string | null
    }>
  }>

/** A shared badge, verified now as anybody would. @throws {DomainError} not-found or gone */
export async function seePublicBadge(
  ctx: Context,
  token: string,
  language: Language,
): Promise<PublicBadge> {
  const { badge, link } = await atOpenLink(ctx, token)
  const verified = await verifyNow(ctx, badge, language)
  const evidence = showsEvidence(link)
  const shown = verified.shown && !evidence ? { ...verified.shown, evidence: [] } : verified.shown
  return {
    ...verified,
    shown,
    withdrawn: await withdrawnFrom(ctx, badge),
    known: await howWeKnow(ctx, (await getDossier(ctx.db, badge.dossier_id)).company_id),
    link: {
      url: linkUrl(ctx, token),
      code: codeOf(ctx, link),
      untilDay: link.until_day,
      evidence,
      // What the signature does not hold for is nobody's.
      holder: shown ? await nameBehind(ctx, badge, link) : null,
    },
  }
}

/**
 * The badge whose signed files an open link gives.
 *
 * @throws {DomainError} not-found or gone; forbidden where the link shows less than the files tell
 */
export async function sharedBadge(ctx: Context, token: string): Promise<ReleasedBadge> {
  const { badge, link } = await atOpenLink(ctx, token)
  if (showsEvidence(link)) return badge
  throw new DomainError('forbidden', {
    fr: 'Ce lien montre le badge sans ses preuves. Les fichiers signés les contiennent : ils ne sont pas donnés ici. Demandez-les à la personne qui vous a donné le lien.',
    en: 'This link shows the badge without its evidence. The signed files have it in them: they are not given here. Ask whoever gave you the link for them.',
  })
}

/** @throws {DomainError} not-found for a token that never was; gone, the same whatever the reason */
export async function atOpenLink(
  ctx: Context,
  token: string,
): Promise<{ badge: ReleasedBadge; link: ShareLink }> {
  const hash = hashOf(token)
  const link = await findLinkByToken(ctx.db, hash)
  const badge = link && (await badgeAt(ctx, link))
  if (badge) return { badge, link }
  throw link || (await wasErased(ctx.db, hash)) ? gone() : noSuchLink()
}

/** The badge that a link shows today. @returns undefined for one that opens no more */
export async function badgeAt(ctx: Context, link: ShareLink): Promise<ReleasedBadge | undefined> {
  if (!isOpen(link, today(ctx))) return undefined
  const badge = await getBadge(ctx.db, link.badge_id)
  return isReleased(badge) && (await isAgreed(ctx, badge, link)) ? badge : undefined
}

export function noSuchLink(): DomainError {
  return new DomainError('not-found', {
    fr: 'Ce lien n’existe pas. Vérifiez l’adresse, ou demandez un nouveau lien à la personne qui vous l’a donnée.',
    en: 'This link does not exist. Check the address, or ask whoever gave it to you for a new link.',
  })
}

/** One sentence for a link that was closed, is past its end, or was erased: nobody learns which. */
export function gone(): DomainError {
  return new DomainError('gone', {
    fr: 'Ce lien ne s’ouvre plus. La personne qui l’a donné peut en ouvrir un nouveau : demandez-le-lui.',
    en: 'This link opens no more. Whoever gave it can open a new one: ask them for it.',
  })
}
