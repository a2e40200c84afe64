import type { Context } from '../../context.js'
import { today } from '../../people/days.js'
import { hashOf } from '../../people/secrets.js'
import type { Language } from '../../words.js'
import { isReleased, type ReleasedBadge } from '../badge-of-student.js'
import { isAgreed } from '../is-agreed.js'
import { isOpen, showsEvidence } from '../link-life.js'
import { nameBehind } from '../name-behind.js'
import { gone, noSuchLink } from '../public-badge.js'
import { getBadge } from '../store/badges.js'
import { wasErased } from '../store/share-links.js'
import { verifyNow, type VerifiedBadge } from '../verify-now.js'
import { selectionUrl } from './address.js'
import { badgeIdsOf, findSelectionByToken, type Selection } from './store.js'

export type SelectionShown = Readonly<{
  title: string
  url: string
  untilDay: string | null
  /** Whether the evidence of each is shown. */
  evidence: boolean
  /** To whom, while it is agreed to for every badge that is shown; null: nobody is named. */
  holder: string | null
  badges: readonly VerifiedBadge[]
}>

/**
 * The badges behind one link, each verified now as anybody would. One whose showing is not agreed to is not there; how
 * many there were is not told. With none left, the link is gone.
 *
 * @throws {DomainError} not-found or gone
 */
export async function seeSelection(
  ctx: Context,
  token: string,
  language: Language,
): Promise<SelectionShown> {
  const { selection, badges } = await atOpenSelection(ctx, token)
  const evidence = showsEvidence(selection)
  const verified = []
  // One after the other: twelve at once would be twelve verifications for one of somebody else.
  for (const badge of badges) {
    const one = await verifyNow(ctx, badge, language)
    const shown = one.shown && !evidence ? { ...one.shown, evidence: [] } : one.shown
    verified.push({ ...one, shown })
  }
  return {
    title: selection.title,
    url: selectionUrl(ctx, token),
    untilDay: selection.until_day,
    evidence,
    holder: await holderOf(ctx, selection, badges),
    badges: verified,
  }
}

/** What a page that opens shows today. @throws {DomainError} as a link of one badge */
export async function atOpenSelection(
  ctx: Context,
  token: string,
): Promise<{ selection: Selection; badges: ReleasedBadge[] }> {
  const hash = hashOf(token)
  const selection = await findSelectionByToken(ctx.db, hash)
  const badges = selection && isOpen(selection, today(ctx)) ? await agreedIn(ctx, selection) : []
  if (selection && badges.length > 0) return { selection, badges }
  throw selection || (await wasErased(ctx.db, hash)) ? gone() : noSuchLink()
}

async function agreedIn(ctx: Context, selection: Selection): Promise<ReleasedBadge[]> {
  const badges = []
  for (const id of await badgeIdsOf(ctx.db, selection.id)) {
    const badge = await getBadge(ctx.db, id)
    if (isReleased(badge) && (await isAgreed(ctx, badge, selection))) badges.push(badge)
  }
  return badges
}

/** A name above badges is beside each of them. */
async function holderOf(
  ctx: Context,
  selection: Selection,
  badges: readonly ReleasedBadge[],
): Promise<string | null> {
  const names = await Promise.all(badges.map((badge) => nameBehind(ctx, badge, selection)))
  return names.includes(null) ? null : (names[0] ?? null)
}
