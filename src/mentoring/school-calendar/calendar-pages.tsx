import { z } from 'zod'
import { today } from '../../people/days.js'
import { page } from '../../web/page.js'
import { Id, Text } from '../facts/form-values.js'
import { schoolYearOf } from '../school-year.js'
import { addBreak } from './add-break.js'
import { breakToCorrect, correctBreak } from './correct-break.js'
import { managedCalendars } from './managed-calendars.js'
import { removeBreak } from './remove-break.js'
import { seeCalendar } from './see-calendar.js'
import { BreakFormPage, NewBreakPage } from './views/break-form.js'
import { CalendarPage } from './views/calendar.js'

/** By the year that it starts in. */
const Year = z.coerce.number().int().min(2000).max(2100)
const dates = {
  fromDay: Text,
  untilDay: Text,
  source: Text,
  verified: z
    .literal('yes')
    .optional()
    .transform((ticked) => ticked === 'yes'),
}

const calendarPage = page({
  path: '/calendar',
  access: 'signed-in',
  query: z.object({ year: Year.optional().catch(undefined) }),
  async show(ctx, asked, actor) {
    return <CalendarPage asked={asked} view={await seeCalendar(ctx, actor, asked.query.year)} />
  },
})

const newBreakPage = page({
  path: '/calendar/new',
  access: 'signed-in',
  form: z.object({ calendar: Id, schoolYear: Year, nameFr: Text, nameEn: Text, ...dates }),
  async show(ctx, asked, actor) {
    const calendars = await managedCalendars(ctx, actor)
    return <NewBreakPage asked={asked} calendars={calendars} year={schoolYearOf(today(ctx))} />
  },
  async submit(ctx, { form }, actor) {
    await addBreak(ctx, actor, form)
    return {
      to: `/calendar?year=${form.schoolYear}`,
      notice: { fr: 'Ces vacances sont au calendrier.', en: 'These holidays are in the calendar.' },
    }
  },
})

const breakPage = page({
  path: '/calendar/:id',
  access: 'signed-in',
  params: z.object({ id: Id }),
  form: z.object({
    do: z.enum(['correct', 'remove']).catch('correct'),
    ...dates,
    shownFrom: Text,
    shownUntil: Text,
  }),
  async show(ctx, asked, actor) {
    return <BreakFormPage asked={asked} of={await breakToCorrect(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    if (form.do === 'remove') {
      const year = await removeBreak(ctx, actor, { id, ...form })
      return { to: `/calendar?year=${year}`, notice: REMOVED }
    }
    await correctBreak(ctx, actor, { id, ...form })
    return {
      to: '/calendar',
      notice: {
        fr: form.verified ? 'Ces dates sont vérifiées.' : 'Ces dates restent à vérifier.',
        en: form.verified ? 'These dates are verified.' : 'These dates are still to be verified.',
      },
    }
  },
})

const REMOVED = {
  fr: 'Ces vacances ne sont plus au calendrier. Pour les y remettre, ajoutez-les à nouveau.',
  en: 'These holidays are no longer in the calendar. To put them back, add them again.',
}

/** `new` before what could be an id. */
export const schoolCalendarPages = [calendarPage, newBreakPage, breakPage]
