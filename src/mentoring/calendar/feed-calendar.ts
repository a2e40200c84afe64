import ical, { ICalEventStatus, ICalEventTransparency, type ICalEventData } from 'ical-generator'
import { sayIn, type Say } from '../../web/say.js'
import { cleanText } from '../../web/tables/cell-text.js'
import type { Language } from '../../words.js'
import type { AnyCohort } from '../cohorts/store.js'
import { dayAfter } from '../days.js'
import { kindWords } from '../schemes/index.js'
import { schoolYearLabel } from '../school-year.js'
import type { NamedBreak } from '../school-calendar/breaks-of-school.js'
import type { CalendarContent } from './days.js'
import type { CalendarPlacement, CalendarSession } from './facts-store.js'
import { instantAt } from './instant-at.js'
import { namesNobody } from './names-nobody.js'
import type { Planned } from './planned-store.js'

const MINUTE_MS = 60_000
/** Programs ask again after this long, if they heed it. */
const TTL_SECONDS = 3_600

export type FeedInput = Readonly<{
  cohort: AnyCohort
  content: CalendarContent
  /** The names of the cohort's students: a topic in which one of them stands is left out. */
  unsaid: readonly string[]
  language: Language
  publicUrl: string
  timeZone: string
}>

/**
 * A calendar as programs read it (RFC 5545). No student is named in it. The same content makes the same bytes:
 * what changes in an event is told by its SEQUENCE and DTSTAMP, under a UID that stays.
 */
export function writeCalendar(input: FeedInput): string {
  const { cohort, content, publicUrl } = input
  const say = sayIn(input.language)
  const calendar = ical({
    name: oneLine(calendarName(say, cohort)),
    prodId: { company: 'Sceau', product: 'Sceau', language: input.language.toUpperCase() },
    ttl: TTL_SECONDS,
  })
  const host = new URL(publicUrl).host
  const events = [
    ...content.sessions.map((one) => sessionEvent(say, one, input)),
    ...content.planned.map((one) => plannedEvent(say, one, input)),
    ...content.placements.map((one) => placementEvent(say, one, cohort)),
    ...content.breaks.map((one) => breakEvent(say, one)),
  ]
  for (const { id = '', summary = '', description, ...event } of events) {
    const said = typeof description === 'string' ? { description: lines(description) } : {}
    calendar.createEvent({
      ...event,
      ...said,
      id: `${id ?? ''}@${host}`,
      summary: oneLine(summary),
    })
  }
  return calendar.toString()
}

function calendarName(say: Say, { title, entryYear }: AnyCohort): string {
  if (entryYear === null) return title
  const year = schoolYearLabel(entryYear)
  return say({ fr: `${title}, entrée en ${year}`, en: `${title}, entered in ${year}` })
}

function sessionEvent(say: Say, session: CalendarSession, input: FeedInput): ICalEventData {
  const { day, students, contested, confirmedAt, recordedAt } = session
  const state =
    contested === students
      ? say({ fr: 'contestée', en: 'contested' })
      : confirmedAt === null
        ? say({ fr: 'attend une confirmation', en: 'waits to be confirmed' })
        : say({ fr: 'confirmée', en: 'confirmed' })
  const attended = say({
    fr: `${students} élève${students > 1 ? 's' : ''}`,
    en: `${students} student${students > 1 ? 's' : ''}`,
  })
  return {
    id: `session-${session.publicId}`,
    ...allDay(day, day),
    summary: `${sessionTitle(say, session)}, ${state}`,
    description: lines(session.organisationName, attended, topicOf(session, input)),
    url: dayUrl(input, day),
    sequence: session.version - 1,
    stamp: new Date(confirmedAt !== null && confirmedAt > recordedAt ? confirmedAt : recordedAt),
    status: ICalEventStatus.CONFIRMED,
  }
}

function plannedEvent(say: Say, plan: Planned, input: FeedInput): ICalEventData {
  const { day, startTime, minutes, cancelledAt, plannedAt } = plan
  const state =
    cancelledAt === null
      ? say({ fr: 'prévue', en: 'planned' })
      : say({ fr: 'annulée', en: 'cancelled' })
  return {
    id: `planned-${plan.publicId}`,
    ...(startTime === null
      ? allDay(day, day)
      : timed(instantAt(day, startTime, input.timeZone), minutes)),
    summary: `${sessionTitle(say, plan)}, ${state}`,
    description: lines(plan.organisationName, topicOf(plan, input)),
    url: dayUrl(input, day),
    sequence: cancelledAt === null ? 0 : 1,
    stamp: new Date(cancelledAt ?? plannedAt),
    status: cancelledAt === null ? ICalEventStatus.TENTATIVE : ICalEventStatus.CANCELLED,
  }
}

function placementEvent(
  say: Say,
  placement: CalendarPlacement,
  { publicId }: AnyCohort,
): ICalEventData {
  const { fromDay, untilDay, organisationId, versions, recordedAt } = placement
  return {
    id: `placement-${publicId}-${organisationId}-${fromDay}-${untilDay}`,
    ...allDay(fromDay, untilDay),
    summary: placementTitle(say, placement),
    sequence: versions - 1,
    stamp: new Date(recordedAt),
    transparency: ICalEventTransparency.TRANSPARENT,
  }
}

function breakEvent(say: Say, { fromDay, untilDay, name }: NamedBreak): ICalEventData {
  return {
    id: `break-${fromDay}-${untilDay}`,
    ...allDay(fromDay, untilDay),
    summary: say(name),
    // Nothing says when it was last decided.
    stamp: new Date(`${fromDay}T00:00:00Z`),
    transparency: ICalEventTransparency.TRANSPARENT,
  }
}

/** « Séance Projet, 1 h 30 » */
export function sessionTitle(
  say: Say,
  { kind, minutes }: Readonly<{ kind: string; minutes: number }>,
): string {
  const word = say(kindWords(kind))
  return `${say({ fr: `Séance ${word}`, en: `${word} session` })}, ${say.hours(minutes)}`
}

/** « 3 élèves en entreprise : Composites du Lac » */
export function placementTitle(
  say: Say,
  { students, organisationName }: Pick<CalendarPlacement, 'students' | 'organisationName'>,
): string {
  return say({
    fr: `${students} élève${students > 1 ? 's' : ''} en entreprise : ${organisationName}`,
    en: `${students} student${students > 1 ? 's' : ''} on placement: ${organisationName}`,
  })
}

function topicOf({ topic }: { topic: string }, { unsaid }: FeedInput): string {
  return namesNobody(topic, unsaid) ? topic : ''
}

/** ical-generator writes a line feed as RFC 5545 has it, and lets all other control characters through. */
function lines(...said: readonly string[]): string {
  const text = cleanText(said.filter((one) => one !== '').join('\n'))
  return text.replaceAll(/[\t\u2028\u2029]/g, ' ')
}

function oneLine(text: string): string {
  return lines(text).replaceAll('\n', ' ')
}

function dayUrl({ publicUrl, cohort }: FeedInput, day: string): string {
  return `${publicUrl}/cohorts/${cohort.publicId}/calendar/${day}`
}

/** The last day is within; in iCalendar, the end is the first day that is not. */
function allDay(fromDay: string, untilDay: string) {
  const at = (day: string) => new Date(`${day}T00:00:00Z`)
  return { start: at(fromDay), end: at(dayAfter(untilDay)), allDay: true }
}

function timed(start: Date, minutes: number) {
  return { start, end: new Date(start.getTime() + minutes * MINUTE_MS) }
}
