import type { Actor, Context } from '../context.js'
import type { Language, Words } from '../words.js'
import { authorize } from '../people/authorize.js'
import { dayAt, today } from '../people/days.js'
import { findLinkedInId } from '../people/organisations/store.js'
import { assertOwnBadge, isReleased, type ReleasedBadge } from './badge-of-student.js'
import { readSigned, stateOf, type BadgeShown, type BadgeState } from './badge-shown.js'
import { isAgreed } from './is-agreed.js'
import { lineageOf, type Lineage } from './lineage.js'
import { giveMissingCodes } from './link-code.js'
import { isOpen, type LinkLife } from './link-life.js'
import { toEndedLink, toMyLink, type EndedLink, type MyLink } from './my-link.js'
import { nameBehind } from './name-behind.js'
import { reasonWords, sentenceOf } from './notice-words.js'
import { verifyNow, type VerifiedBadge } from './verify-now.js'
import { revocationOf, type Revocation } from './revocation.js'
import { schoolIdOf, usualLifeIn } from './school-sharing.js'
import { findBadge } from './store/badges.js'
import { listBadgesOfPerson } from './store/badges-of-students.js'
import { listNotices } from './store/notices.js'
import { listLinks } from './store/share-links.js'
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
  const day = today(ctx)
  const all = await listLinks(
    ctx.db,
    badges.map(({ id }) => id),
  )
  const links = all.filter((link) => isOpen(link, day))
  return badges.map((badge) => {
    const openLinks = links.filter(({ badge_id }) => badge_id === badge.id).length
    return { ...told(ctx, badge), openLinks }
  })
}

export type MyBadgeInFull = MyBadge &
  Readonly<{
    document: string
    dossierId: number
    links: readonly MyLink[]
    /** What is chosen for who chooses nothing. */
    usualLife: LinkLife
    /** Else its links show nothing: somebody has not agreed yet, or no more. */
    isAgreed: boolean
    /** Those that open no more, the latest first. */
    ended: readonly EndedLink[]
    revocation: Revocation | null
    /** What its company has taken back. */
    withdrawn: readonly WithdrawnEndorsement[]
    lineage: Lineage
    /** What the school did to it, the latest first. */
    notices: readonly Noticed[]
  }>
export type Noticed = Readonly<{ day: string; words: Words; reason: Words | undefined }>

/** One badge of the student who asks, with its open links. @throws {DomainError} not-found or forbidden */
export async function seeMyBadge(
  ctx: Context,
  actor: Actor,
  badgeId: string,
): Promise<MyBadgeInFull> {
  const badge = await assertOwnBadge(ctx, actor, await findBadge(ctx.db, badgeId))
  const day = today(ctx)
  const list = async () => {
    const all = await listLinks(ctx.db, [badge.id])
    const isOpenToday = (link: (typeof all)[number]) => isOpen(link, day)
    return { open: all.filter(isOpenToday), ended: all.filter((link) => !isOpenToday(link)) }
  }
  const found = await list()
  const { open, ended } = (await giveMissingCodes(ctx, found.open)) ? await list() : found
  const shown = readSigned(badge.badge_document)
  const schoolId = await schoolIdOf(ctx, badge)
  const linkedInId = await findLinkedInId(ctx.db, schoolId)
  return {
    ...told(ctx, badge),
    document: badge.badge_document,
    dossierId: badge.dossier_id,
    openLinks: open.length,
    links: await Promise.all(
      open.map(async (link) => {
        const isNamed = (await nameBehind(ctx, badge, link)) !== null
        return toMyLink(ctx, link, { shown, isNamed, linkedInId })
      }),
    ),
    ended: ended.map((link) => toEndedLink(ctx, link)),
    usualLife: await usualLifeIn(ctx, schoolId),
    isAgreed: await isAgreed(ctx, badge),
    revocation: await revocationOf(ctx, badge),
    withdrawn: await withdrawnFrom(ctx, badge),
    lineage: await lineageOf(ctx, badge),
    notices: await noticesOf(ctx, badge),
  }
}

async function noticesOf(ctx: Context, badge: ReleasedBadge): Promise<Noticed[]> {
  return (await listNotices(ctx.db, badge.id)).map((notice) => ({
    day: dayAt(new Date(notice.at), ctx.config.timeZone),
    words: sentenceOf(notice),
    reason: reasonWords(notice),
  }))
}

/** The same badge as it stands now, for a sheet of its own. @throws {DomainError} not-found or forbidden */
export async function seeMyBadgeNow(
  ctx: Context,
  actor: Actor,
  badgeId: string,
  language: Language,
): Promise<VerifiedBadge> {
  const badge = await assertOwnBadge(ctx, actor, await findBadge(ctx.db, badgeId))
  return verifyNow(ctx, badge, language)
}

function told(ctx: Context, badge: ReleasedBadge) {
  const shown = readSigned(badge.badge_document)
  return { id: badge.public_id, shown, state: stateOf(badge, shown, ctx.now()) }
}
