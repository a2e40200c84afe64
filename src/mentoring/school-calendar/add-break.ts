import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import { wrongField } from '../refusals.js'
import { schoolYearLabel } from '../school-year.js'
import { toBreak, type BreakDates } from './break-rules.js'
import { calendarWords } from './calendar-of.js'
import { managedCalendars } from './managed-calendars.js'
import { insertBreak } from './store.js'

export type BreakInput = BreakDates &
  Readonly<{
    calendar: string
    /** By the year that it starts in. */
    schoolYear: number
    nameFr: string
    nameEn: string
  }>

/**
 * Adds holidays to a calendar, for every school that follows it.
 *
 * @returns the public id of the break
 * @throws {DomainError} not-found, invalid-request, or conflict for a name that the year has already
 */
export async function addBreak(ctx: Context, actor: Actor, input: BreakInput): Promise<string> {
  const { calendar: zone, schoolYear: school_year } = input
  if (!(await managedCalendars(ctx, actor)).includes(zone)) throw notYourCalendar()
  const names = {
    name_fr: toName(input.nameFr, '/nameFr'),
    name_en: toName(input.nameEn, '/nameEn'),
  }
  const dates = toBreak(input, school_year, today(ctx))
  const public_id = ctx.newId()
  await ctx.db.transaction().execute(async (trx) => {
    const row = { public_id, zone, school_year, ...names, ...dates }
    if (!(await insertBreak(trx, row))) throw namedAlready(input)
    await appendAudit(trx, {
      at: ctx.now(),
      actor: actor.publicId,
      action: 'calendar.break-added',
      subject: public_id,
      details: { calendar: zone, from: dates.from_day, until: dates.until_day },
    })
  })
  return public_id
}

const MAX_NAME = 80

function toName(text: string, pointer: string): string {
  const name = text.trim()
  if (name !== '' && name.length <= MAX_NAME) return name
  throw wrongField(pointer, {
    fr: `Donnez un nom à ces vacances, en ${MAX_NAME} caractères au plus.`,
    en: `Name these holidays, in ${MAX_NAME} characters at the most.`,
  })
}

function notYourCalendar(): DomainError {
  return wrongField('/calendar', {
    fr: 'Ce calendrier n’est pas le vôtre. Choisissez celui de votre académie.',
    en: 'This calendar is not yours. Choose that of your academy.',
  })
}

function namedAlready({ calendar, schoolYear, nameFr }: BreakInput): DomainError {
  const [of, year] = [calendarWords(calendar), schoolYearLabel(schoolYear)]
  const words = {
    fr: `« ${nameFr.trim()} » est déjà dans le calendrier ${year} (${of.fr}). Corrigez la ligne qui y est.`,
    en: `“${nameFr.trim()}” is in the calendar of ${year} already (${of.en}). Correct the line that is there.`,
  }
  return new DomainError('conflict', words, { fields: [{ pointer: '/nameFr', words }] })
}
