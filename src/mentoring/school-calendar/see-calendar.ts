import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import { findOrganisation } from '../../people/store.js'
import type { Words } from '../../words.js'
import { schoolYearOf } from '../school-year.js'
import { calendarOf } from './calendar-of.js'
import { holidaysOf, localHolidaysOf } from './holidays.js'
import { LOCAL_HOLIDAYS } from './local-holidays.data.js'
import { calendarsManagedBy } from './managed-calendars.js'
import { listBreaks, listYears, type SchoolBreak } from './store.js'

export type CalendarView = Readonly<{
  /** By the year that it starts in. */
  year: number
  /** Those that there is something of, the newest first. */
  years: readonly number[]
  /** By calendar: those of the zones, and those that the reader's schools or academy follow. */
  calendars: readonly Readonly<{ calendar: string; breaks: readonly SchoolBreak[] }>[]
  /** Public holidays of the school year. */
  holidays: readonly string[]
  /** Those that some departments have beside these. */
  localHolidays: LocalHolidays
  /** The calendars that the reader's own schools and academies follow. */
  own: readonly string[]
  /** Schools of the reader whose academy nobody told: no holidays are counted for them. */
  unknown: readonly string[]
  managed: readonly string[]
}>

export type LocalHolidays = Readonly<{
  /** As people number them: 57. */
  departments: readonly string[]
  days: readonly Readonly<{ day: string; name: Words }>[]
  verified: boolean
}>

/** The calendar of a school year, this one unless another is asked for. Whoever is signed in may read it. */
export async function seeCalendar(
  ctx: Context,
  actor: Actor,
  asked: number | undefined,
): Promise<CalendarView> {
  const current = schoolYearOf(today(ctx))
  const year = asked ?? current
  const [rows, years] = [await listBreaks(ctx.db, year), await listYears(ctx.db)]
  const { own, unknown } = await ownCalendars(ctx, actor)
  const byCalendar = Map.groupBy(rows, ({ zone }) => zone)
  const shown = new Set(['A', 'B', 'C', ...own, ...byCalendar.keys()])
  return {
    year,
    years: [...new Set([current, year, ...years])].toSorted((one, other) => other - one),
    calendars: [...shown].map((calendar) => ({ calendar, breaks: byCalendar.get(calendar) ?? [] })),
    holidays: [...holidaysOf(year), ...holidaysOf(year + 1)].filter(
      (day) => schoolYearOf(day) === year,
    ),
    localHolidays: localHolidaysIn(year),
    own,
    unknown,
    managed: await calendarsManagedBy(ctx, actor),
  }
}

function localHolidaysIn(year: number): LocalHolidays {
  const { departments, verified } = LOCAL_HOLIDAYS
  const [any] = departments
  const days = [year, year + 1]
    .flatMap((one) => localHolidaysOf(any, one))
    .filter(({ day }) => schoolYearOf(day) === year)
  return { departments: departments.map((code) => String(Number(code))), days, verified }
}

async function ownCalendars(ctx: Context, actor: Actor) {
  const ids = new Set(actor.assignments.flatMap(({ organisationId }) => organisationId ?? []))
  const found = await Promise.all([...ids].map((id) => findOrganisation(ctx.db, id)))
  const schools = found.filter((one) => one?.kind === 'lycee' || one?.kind === 'college')
  const own = found.flatMap((one) => calendarOf(one?.academyCode ?? null) ?? [])
  const unknown = schools.flatMap((one) =>
    one && calendarOf(one.academyCode) === undefined ? one.name : [],
  )
  return { own: [...new Set(own)], unknown }
}
