import type { Actor, Context } from '../../context.js'
import type { Shown } from '../../web/visitor.js'
import { assertAllowed, may, nothingHere, organisationsWith } from '../authorize.js'
import { isSchool } from '../assign-role.js'
import { today } from '../days.js'
import { findOrganisation, listOrganisations, type Organisation } from '../store.js'
import { concerns } from './rules.js'
import {
  findAnnouncement,
  insertDismissal,
  listAnnouncements,
  listShown,
  type KeptAnnouncement,
} from './store.js'

/** At the top of a page at most; the others come when these are put away. */
const MOST_SHOWN = 3

/** What is said now to somebody at a page, as long as they have not put it away. */
export async function announcedTo(ctx: Context, actor: Actor | undefined): Promise<Shown[]> {
  if (actor?.via !== 'session' || actor.personId === null) return []
  const shown = await listShown(ctx.db, { day: today(ctx), personId: actor.personId })
  return shown
    .filter((one) => concerns(one, actor.assignments))
    .slice(0, MOST_SHOWN)
    .map(({ publicId, words }) => ({ id: publicId, words }))
}

/** One that is meant for whoever asks. @throws {DomainError} not-found */
export async function seeAnnouncement(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<KeptAnnouncement> {
  const found = await findAnnouncement(ctx.db, publicId)
  const isMeant = found && found.fromDay <= today(ctx) && concerns(found, actor.assignments)
  if (!isMeant) throw nothingHere()
  return found
}

/** Puts one away, for good and for oneself alone. @throws {DomainError} not-found */
export async function dismissAnnouncement(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<void> {
  const { id } = await seeAnnouncement(ctx, actor, publicId)
  if (actor.personId === null) throw nothingHere()
  const at = ctx.now().toISOString()
  await insertDismissal(ctx.db, { announcement_id: id, person_id: actor.personId, at })
}

export type AnnouncementLine = KeptAnnouncement &
  Readonly<{
    school: string | undefined
    state: 'to-come' | 'shown' | 'over'
  }>
export type AnnouncementsSeen = Readonly<{
  lines: readonly AnnouncementLine[]
  schools: readonly Organisation[]
  ofPlatform: boolean
}>

/** What somebody may announce and has announced. @throws {DomainError} not-found or forbidden */
export async function seeAnnouncements(ctx: Context, actor: Actor): Promise<AnnouncementsSeen> {
  const ofPlatform = may(actor, 'announce', {})
  const ids = organisationsWith(actor, 'announce')
  if (!ofPlatform && ids.length === 0) assertAllowed(actor, 'announce', {})
  const found = ofPlatform
    ? await listOrganisations(ctx.db)
    : await Promise.all(ids.map((id) => findOrganisation(ctx.db, id)))
  const schools = found.flatMap((one) => (one && isSchool(one) ? [one] : []))
  const kept = await listAnnouncements(ctx.db, { organisationIds: ids, all: ofPlatform })
  const day = today(ctx)
  const lines = kept.map((one) => ({
    ...one,
    school: schools.find(({ id }) => id === one.organisationId)?.name,
    state: stateOf(one, day),
  }))
  return { lines, schools, ofPlatform }
}

function stateOf(one: KeptAnnouncement, day: string): AnnouncementLine['state'] {
  if (one.endedAt !== null || one.untilDay < day) return 'over'
  return one.fromDay > day ? 'to-come' : 'shown'
}
