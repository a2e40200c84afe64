import { z } from 'zod'
import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import type { Db } from '../../store/schema.js'
import { validate } from '../../web/validate.js'
import type { Language } from '../../words.js'
import { isReleased, type ReleasedBadge } from '../badge-of-student.js'
import { readSigned } from '../badge-shown.js'
import { linkUrl } from '../link-address.js'
import { codeOf } from '../link-code.js'
import { isOpen, lastDayOf, USUAL_LIFE, type LinkLife, type LinkShows } from '../link-life.js'
import { seeMyBadges } from '../my-badges.js'
import { badgeAt } from '../public-badge.js'
import { assertMayOpenLink, usualLifeOf } from '../school-sharing.js'
import { Life, untilUsual, openLink, Shows } from '../share-badge.js'
import { listBadgesOfPerson } from '../store/badges-of-students.js'
import { listLinks, type ShareLink } from '../store/share-links.js'

/** What such a link is called, in either language: by this it is known among a badge's links. */
const LABELS: Readonly<Record<Language, string>> = {
  fr: 'Feuille avec des codes',
  en: 'Sheet with codes',
}
const isForPaper = ({ label }: Pick<ShareLink, 'label'>) => Object.values(LABELS).includes(label)

/** A badge on the sheet. */
export type CodeLine = Readonly<{
  badgeId: string
  name: string
  school: string
  url: string
  /** ABCD-EFGH */
  code: string | null
  untilDay: string | null
}>
export type MyCodes = Readonly<{
  lines: readonly CodeLine[]
  /** What may be chosen, newest first. */
  choices: readonly Readonly<{ id: string; name: string; month: string }>[]
  /** Until when a link opens for who chooses nothing. */
  usualLife: LinkLife
}>

/**
 * The codes that a student has made for paper and that open today.
 *
 * @param only the badges of one sheet; all of them for nobody's
 * @throws {DomainError} forbidden for others
 */
export async function seeMyCodes(
  ctx: Context,
  actor: Actor,
  only: readonly string[] = [],
): Promise<MyCodes> {
  const mine = await seeMyBadges(ctx, actor)
  const badges = (await listBadgesOfPerson(ctx.db, actor.personId ?? -1)).filter(isReleased)
  const lines: CodeLine[] = []
  for (const badge of badges) {
    if (only.length > 0 && !only.includes(badge.public_id)) continue
    const link = await openForPaper(ctx, badge)
    if (link) lines.push(toLine(ctx, badge, link))
  }
  return {
    lines,
    choices: mine.map(({ id, shown }) => {
      return { id, name: shown.name, month: shown.validFrom.slice(0, 7) }
    }),
    usualLife: badges[0] ? await usualLifeOf(ctx, badges[0]) : USUAL_LIFE,
  }
}

const NONE = {
  fr: 'Cochez au moins un badge à mettre sur la feuille.',
  en: 'Tick at least one badge to put on the sheet.',
}
const Wanted = z.object({ life: Life, shows: Shows })
type Opening = Readonly<{
  badge: ReleasedBadge
  wanted: Readonly<{ life: LinkLife; shows: LinkShows }>
}>

/**
 * Opens a link for each chosen badge, whose code stands on a sheet of paper. One that stands there already with the same life
 * is used again: asked twice, the sheet is the same.
 *
 * @throws {DomainError} forbidden for others, invalid-request, not-found for a badge of somebody else, or rule-refused while an agreement is missing
 */
export async function makeCodes(
  ctx: Context,
  actor: Actor,
  input: Readonly<{
    badges: readonly string[]
    life?: string | undefined
    shows?: string | undefined
    language: Language
  }>,
): Promise<void> {
  authorize(actor, 'share-badge', { studentPersonId: actor.personId })
  const wanted = validate(Wanted, input)
  const ids = [...new Set(input.badges)]
  if (ids.length === 0)
    throw new DomainError('invalid-request', NONE, {
      fields: [{ pointer: '/badges', words: NONE }],
    })
  const openings: Opening[] = []
  for (const id of ids) {
    const badge = await assertMayOpenLink(ctx, actor, id)
    openings.push({ badge, wanted: await untilUsual(ctx, badge, wanted) })
  }
  await ctx.db.transaction().execute(async (trx) => {
    // In the order of their rows, as all who hold several.
    for (const { badge, wanted } of openings.toSorted(
      (one, other) => one.badge.id - other.badge.id,
    )) {
      if (await isThere(ctx, trx, badge, wanted)) continue
      const label = LABELS[input.language]
      const opening = { ...wanted, label, nameCheck: false }
      await openLink(ctx, trx, actor, { badge, wanted: opening, language: input.language })
    }
  })
}

async function isThere(
  ctx: Context,
  trx: Db,
  badge: ReleasedBadge,
  { life, shows }: Readonly<{ life: LinkLife; shows: LinkShows }>,
): Promise<boolean> {
  const day = today(ctx)
  const until = lastDayOf(life, day)
  const links = await listLinks(trx, [badge.id])
  return links.some(
    (link) =>
      isForPaper(link) && isOpen(link, day) && link.until_day === until && link.shows === shows,
  )
}

/** The newest one that shows its badge today. */
async function openForPaper(ctx: Context, badge: ReleasedBadge): Promise<ShareLink | undefined> {
  const links = (await listLinks(ctx.db, [badge.id])).filter(isForPaper)
  for (const link of links.toSorted((one, other) => other.id - one.id))
    if (await badgeAt(ctx, link)) return link
  return undefined
}

function toLine(ctx: Context, badge: ReleasedBadge, link: ShareLink): CodeLine {
  const { name, school } = readSigned(badge.badge_document)
  return {
    badgeId: badge.public_id,
    name,
    school,
    url: linkUrl(ctx, ctx.vault.open(link.token_sealed)),
    code: codeOf(ctx, link),
    untilDay: link.until_day,
  }
}
