import type { Context } from '../context.js'
import { dayAt } from '../people/days.js'
import type { BadgeShown } from './badge-shown.js'
import { MOST_WRONG_NAMES } from './check-name.js'
import { linkUrl } from './link-address.js'
import { codeOf } from './link-code.js'
import { showsOf, type LinkShows } from './link-life.js'
import { linkedInUrl } from './linkedin.js'
import type { ShareLink } from './store/share-links.js'

/** An open link, for its owner. */
export type MyLink = Readonly<{
  id: string
  label: string
  openedOn: string
  url: string
  /** For paper and telephone. */
  code: string | null
  /** Last day; null: until it is closed. */
  untilDay: string | null
  shows: LinkShows
  /** Of a link with the name: whether it is shown today. */
  isNamed: boolean
  /** How often others opened its page, and the last day. */
  seen: Readonly<{ count: number; lastDay: string | null }>
  /** Whether a name may be asked for beside the code; `used-up`: too many were wrong. */
  nameCheck: 'on' | 'off' | 'used-up'
  linkedIn: string
}>

export type EndedLink = Readonly<{
  id: string
  label: string
  /** Its last day. */
  endedOn: string
  count: number
}>

type OfLink = Readonly<{
  shown: BadgeShown
  isNamed: boolean
  /** Of the school, which is the issuer there. */
  linkedInId: string | null
}>

export function toMyLink(
  ctx: Context,
  link: ShareLink,
  { shown, isNamed, linkedInId }: OfLink,
): MyLink {
  const url = linkUrl(ctx, ctx.vault.open(link.token_sealed))
  const code = codeOf(ctx, link)
  const { name, school, validFrom, validUntil } = shown
  const organisation = linkedInId === null ? { name: school } : { id: linkedInId }
  return {
    id: link.public_id,
    label: link.label,
    openedOn: dayAt(new Date(link.created_at), ctx.config.timeZone),
    url,
    code,
    untilDay: link.until_day,
    shows: showsOf(link),
    isNamed,
    seen: { count: link.opened_count, lastDay: link.last_opened_day },
    nameCheck: nameCheckOf(link),
    linkedIn: linkedInUrl({ name, organisation, validFrom, validUntil, url, code }),
  }
}

export function toEndedLink(ctx: Context, link: ShareLink): EndedLink {
  const closedOn = link.closed_at && dayAt(new Date(link.closed_at), ctx.config.timeZone)
  const days = [closedOn, link.until_day].filter((day) => day !== null)
  return {
    id: link.public_id,
    label: link.label,
    endedOn: days.toSorted()[0] ?? '',
    count: link.opened_count,
  }
}

function nameCheckOf(link: ShareLink): MyLink['nameCheck'] {
  if (link.name_check !== 1) return 'off'
  return link.wrong_names < MOST_WRONG_NAMES ? 'on' : 'used-up'
}
