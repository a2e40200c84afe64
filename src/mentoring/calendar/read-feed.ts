import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { dayAt, today } from '../../people/days.js'
import { hashOf } from '../../people/secrets.js'
import { scopeOf } from '../../people/scope-of.js'
import { findPerson, listAssignments } from '../../people/store.js'
import { inScope } from '../../store/scope.js'
import { nothingHere } from '../refusals.js'
import { firstDayOf, schoolYearOf } from '../school-year.js'
import { openPlans } from './days.js'
import { countPlacementsIn, listNamesIn, listSessionsIn } from './facts-store.js'
import { writeCalendar } from './feed-calendar.js'
import { findOpenFeed } from './feed-store.js'
import { namedBreaksOf } from '../school-calendar/breaks-of-school.js'
import { listPlanned } from './planned-store.js'
import { reachOf } from './reach.js'

const DAY_MS = 24 * 60 * 60 * 1000
/** How far a feed looks ahead; it looks back to the first day of the school year. */
const DAYS_AHEAD = 400

/**
 * The calendar behind the secret address of a feed, with what the person who made it may see today.
 *
 * @throws {DomainError} not-found, the same for an address that never was, was revoked, or whose person may not any more
 */
export async function readFeed(ctx: Context, token: string): Promise<string> {
  const feed = await findOpenFeed(ctx.db, hashOf(token))
  const actor = feed && (await readerOf(ctx, feed.person_id))
  if (!feed || !actor) throw nothingHere()
  return inScope(await scopeOf(ctx, actor), () => calendarFor(ctx, actor, feed))
}

async function calendarFor(
  ctx: Context,
  actor: Actor,
  feed: NonNullable<Awaited<ReturnType<typeof findOpenFeed>>>,
): Promise<string> {
  const reach = await reachOf(ctx, actor, feed.cohortPublicId).catch(gone)
  const period = {
    fromDay: firstDayOf(schoolYearOf(today(ctx))),
    untilDay: dayAt(new Date(ctx.now().getTime() + DAYS_AHEAD * DAY_MS), ctx.config.timeZone),
  }
  const sessions = await listSessionsIn(ctx.db, reach.sessions, period)
  const planned = await listPlanned(ctx.db, reach.cohort.id, period)
  const open = openPlans(planned, sessions)
  const cancelled = planned.filter(
    ({ cancelledAt, day }) => cancelledAt !== null && day >= today(ctx),
  )
  return writeCalendar({
    cohort: reach.cohort,
    content: {
      sessions,
      planned: [...open, ...cancelled],
      placements: await countPlacementsIn(ctx.db, reach.placements, period),
      breaks: await namedBreaksOf(ctx.db, reach.cohort.ownerId, period),
    },
    unsaid: await listNamesIn(ctx.db, reach.cohort.id),
    language: feed.language === 'en' ? 'en' : 'fr',
    publicUrl: ctx.config.publicUrl,
    timeZone: ctx.config.timeZone,
  })
}

/** The person as they are today: who lost their role, or their account, reads nothing any more. */
async function readerOf(ctx: Context, personId: number): Promise<Actor | undefined> {
  const person = await findPerson(ctx.db, personId)
  if (!person || person.disabledAt !== null) return undefined
  return {
    personId,
    publicId: person.publicId,
    assignments: await listAssignments(ctx.db, personId, today(ctx)),
    via: 'token',
    scopes: [],
  }
}

/** A stranger learns nothing of why an address opens nothing. */
function gone(error: unknown): never {
  throw error instanceof DomainError ? nothingHere() : error
}
