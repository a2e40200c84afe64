import type { Actor, Context } from '../context.js'
import type { Words } from '../words.js'
import { authorize } from '../people/authorize.js'
import { dayAt } from '../people/days.js'
import { assertOwnBadge, isReleased, type ReleasedBadge } from './badge-of-student.js'
import { readSigned, stateOf, type BadgeShown, type BadgeState } from './badge-shown.js'
import { isAgreed } from './is-agreed.js'
import { linkUrl } from './link-address.js'
import { lineageOf, type Lineage } from './lineage.js'
import { codeOf, giveMissingCodes } from './link-code.js'
import { reasonWords, sentenceOf } from './notice-words.js'
import { reasonToShow } from './revocation-reason.js'
import { findBadge } from './store/badges.js'
import { listBadgesOfPerson } from './store/badges-of-students.js'
import { getDossier } from './store/dossiers.js'
import { findSuccessor } from './store/lineage.js'
import { listNotices } from './store/notices.js'
import { listOpenLinks } from './store/share-links.js'
import { withdrawnFrom, type WithdrawnEndorsement } from './withdrawals/see-withdrawals.js'

export type MyBadge = Readonly<{
  id: string
  shown: BadgeShown
  state: BadgeState
  openLinks: number
}>

/** The badges of the student who asks, newest first. @throws {DomainError} forbidden for others */
export async function seeMyBadges(ctx: Context, actor: Actor): Promise<MyBadge[]> {
  authorize(actor, 'share-badge', { studentPersonId: actor.personId })
  const badges = (await listBadgesOfPerson(ctx.db, actor.personId ?? -1)).filter(isReleased)
  const links = await listOpenLinks(
    ctx.db,
    badges.map(({ id }) => id),
  )
  return badges.map((badge) => {
    const openLinks = links.filter(({ badge_id }) => badge_id === badge.id).length
    return { ...told(ctx, badge), openLinks }
  })
}

export type MyLink = Readonly<{
  id: string
  label: string
  openedOn: string
  url: string
  /** For paper and telephone. */
  code: string | null
}>
export type MyBadgeInFull = MyBadge &
  Readonly<{
    document: string
    dossierId: number
    links: readonly MyLink[]
    /** Else its links show nothing: somebody has not agreed yet, or no more. */
    isAgreed: boolean
    revocation: Revocation | null
    /** What its company has taken back. */
    withdrawn: readonly WithdrawnEndorsement[]
    lineage: Lineage
    /** What the school did to it, the latest first. */
    notices: readonly Noticed[]
  }>
export type Noticed = Readonly<{ day: string; words: Words; reason: Words | undefined }>
export type Revocation = Readonly<{ day: string; reason: string | null; replaced: boolean }>

/** One badge of the student who asks, with its open links. @throws {DomainError} not-found or forbidden */
export async function seeMyBadge(
  ctx: Context,
  actor: Actor,
  badgeId: string,
): Promise<MyBadgeInFull> {
  const badge = await assertOwnBadge(ctx, actor, await findBadge(ctx.db, badgeId))
  const open = () => listOpenLinks(ctx.db, [badge.id])
  const found = await open()
  const links = (await giveMissingCodes(ctx, found)) ? await open() : found
  return {
    ...told(ctx, badge),
    document: badge.badge_document,
    dossierId: badge.dossier_id,
    openLinks: links.length,
    links: links.map((link) => ({
      id: link.public_id,
      label: link.label,
      openedOn: dayAt(new Date(link.created_at), ctx.config.timeZone),
      url: linkUrl(ctx, ctx.vault.open(link.token_sealed)),
      code: codeOf(ctx, link),
    })),
    isAgreed: await isAgreed(ctx, badge),
    revocation: await revocationOf(ctx, badge),
    withdrawn: await withdrawnFrom(ctx, badge),
    lineage: await lineageOf(ctx, badge),
    notices: (await listNotices(ctx.db, badge.id)).map((notice) => ({
      day: dayAt(new Date(notice.at), ctx.config.timeZone),
      words: sentenceOf(notice),
      reason: reasonWords(notice),
    })),
  }
}

/** When and why a badge was revoked, as it may be shown to anybody. */
export async function revocationOf(ctx: Context, badge: ReleasedBadge): Promise<Revocation | null> {
  if (badge.revoked_at === null) return null
  const { student_id } = await getDossier(ctx.db, badge.dossier_id)
  const replaced = (await findSuccessor(ctx.db, badge.id)) !== undefined
  const reason = await reasonToShow(ctx, badge.revocation_reason ?? '', student_id)
  const day = dayAt(new Date(badge.revoked_at), ctx.config.timeZone)
  return { day, replaced, reason: replaced ? null : reason }
}

function told(ctx: Context, badge: ReleasedBadge) {
  const shown = readSigned(badge.badge_document)
  return { id: badge.public_id, shown, state: stateOf(badge, shown, ctx.now()) }
}
