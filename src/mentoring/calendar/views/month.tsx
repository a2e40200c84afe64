import type { VNode } from 'preact'
import { ButtonLink } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { FactState } from '../../facts/views/facts.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { contentOn, isEmpty, type CalendarContent } from '../days.js'
import { placementTitle, sessionTitle } from '../feed-calendar.js'
import { monthsLater, weeksOf } from '../month.js'
import type { CalendarView } from '../see-calendar.js'
import { longDay, recordHref, sessionStanding, wayTo, weekday } from './words.js'

type MonthProps = { asked: Asked; view: CalendarView & { month: string } }

/** A month of a cohort: weeks by days on a wide page and on paper, a list of days on a phone. */
export function MonthPage({ asked, view }: MonthProps): VNode {
  const { say } = formStateOf(asked)
  const { cohort, month, today } = view
  const title = say({ fr: 'Calendrier', en: 'Calendar' })
  const [here = []] = weeksOf(month)
  return (
    <Frame asked={asked} title={title} way={wayTo(say, cohort, 'cohort')}>
      <p class="soft">{cohort.title}</p>
      <div class="actions">
        <ButtonLink href={recordHref(cohort, { day: today })}>
          {say({ fr: 'Enregistrer une séance', en: 'Record a session' })}
        </ButtonLink>
        <ButtonLink kind="secondary" href={`/cohorts/${cohort.publicId}/planned/new`}>
          {say({ fr: 'Prévoir une séance', en: 'Plan a session' })}
        </ButtonLink>
        <ButtonLink kind="secondary" href={`/cohorts/${cohort.publicId}/feeds`}>
          {say({ fr: 'Voir dans mon agenda', en: 'See it in my own calendar' })}
        </ButtonLink>
      </div>
      <Months say={say} view={view} />
      <table class="month" role="table">
        <caption>{say.month(month)}</caption>
        <thead>
          <tr>
            <th scope="col">{say({ fr: 'Semaine', en: 'Week' })}</th>
            {here.map((day) => (
              <th key={day} scope="col">
                {weekday(say, day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <Week key={week[0]} say={say} view={view} week={week} />
          ))}
        </tbody>
      </table>
    </Frame>
  )
}

function Months({ say, view }: { say: Say; view: MonthProps['view'] }): VNode {
  const hrefOf = (month: string) => `/cohorts/${view.cohort.publicId}/calendar?month=${month}`
  const [before, after] = [monthsLater(view.month, -1), monthsLater(view.month, 1)]
  return (
    <nav class="pagination" aria-label={say({ fr: 'Autres mois', en: 'Other months' })}>
      <a href={hrefOf(before)} rel="prev">
        {say({ fr: 'Mois précédent : ', en: 'Previous month: ' })}
        {say.month(before)}
      </a>
      <a href={hrefOf(after)} rel="next">
        {say({ fr: 'Mois suivant : ', en: 'Next month: ' })}
        {say.month(after)}
      </a>
    </nav>
  )
}

type WeekProps = { say: Say; view: MonthProps['view']; week: readonly string[] }

function Week({ say, view, week }: WeekProps): VNode {
  const [monday = ''] = week
  const isFree = week.every((day) => !day.startsWith(view.month) || isFreeDay(view, day))
  return (
    // The roles repeat what the tags say: some browsers forget it of a table that is laid out as blocks.
    <tr role="row" {...(isFree ? { class: 'free' } : {})}>
      <th scope="row" role="rowheader">
        <span class="visually-hidden">{say({ fr: 'Semaine du ', en: 'Week of ' })}</span>
        {say({
          fr: `${monday.slice(8)}/${monday.slice(5, 7)}`,
          en: longDay(say, monday).replace(/^\S+ /, ''),
        })}
      </th>
      {week.map((day) =>
        day.startsWith(view.month) ? (
          <Day key={day} say={say} view={view} day={day} />
        ) : (
          <td key={day} role="cell" class="elsewhere" />
        ),
      )}
    </tr>
  )
}

/** A day that a phone leaves out. */
function isFreeDay(view: MonthProps['view'], day: string): boolean {
  return day !== view.today && isEmpty(contentOn(day, view.content))
}

function Day({ say, view, day }: { say: Say; view: MonthProps['view']; day: string }): VNode {
  const content = contentOn(day, view.content)
  const isToday = day === view.today
  const classes = [isToday ? 'today' : '', isFreeDay(view, day) ? 'free' : '']
  const ahead = day > view.today
  const { cohort } = view
  return (
    <td role="cell" class={classes.filter(Boolean).join(' ')}>
      <p class="day">
        <a href={`/cohorts/${cohort.publicId}/calendar/${day}`}>
          <span class="number" aria-hidden="true">
            {Number(day.slice(8))}
          </span>
          <span class="name">{longDay(say, day)}</span>
        </a>
        {isToday ? <strong> {say({ fr: 'aujourd’hui', en: 'today' })}</strong> : null}
      </p>
      <Entries say={say} view={view} content={content} />
      <p class="add">
        <a
          href={
            ahead
              ? `/cohorts/${cohort.publicId}/planned/new?day=${day}`
              : recordHref(cohort, { day })
          }
        >
          {ahead ? say({ fr: 'Prévoir', en: 'Plan' }) : say({ fr: 'Enregistrer', en: 'Record' })}
          <span class="visually-hidden">
            {' '}
            {say({ fr: 'une séance le ', en: 'a session on ' })}
            {longDay(say, day)}
          </span>
        </a>
      </p>
    </td>
  )
}

type EntriesProps = { say: Say; view: CalendarView; content: CalendarContent }

function Entries({ say, view, content }: EntriesProps): VNode | null {
  if (isEmpty(content)) return null
  const hrefOf = (day: string, id: string) =>
    `/cohorts/${view.cohort.publicId}/calendar/${day}#${id}`
  return (
    <ul>
      {content.breaks.map(({ fromDay, name }) => (
        <li key={fromDay}>{say(name)}</li>
      ))}
      {content.sessions.map((one) => (
        <li key={one.publicId}>
          <a href={hrefOf(one.day, `session-${one.publicId}`)}>{sessionTitle(say, one)}</a>{' '}
          <FactState say={say} standing={sessionStanding(one)} />
        </li>
      ))}
      {content.planned.map((one) => (
        <li key={one.publicId}>
          <a href={hrefOf(one.day, `planned-${one.publicId}`)}>{sessionTitle(say, one)}</a>{' '}
          {one.startTime === null ? null : `${one.startTime}, `}
          {one.day < view.today
            ? say({ fr: 'prévue, pas encore enregistrée', en: 'planned, not recorded yet' })
            : say({ fr: 'prévue', en: 'planned' })}
        </li>
      ))}
      <OnPlacement say={say} placements={content.placements} />
    </ul>
  )
}

/** In one line: the page of the day says who is where. */
function OnPlacement(props: { say: Say; placements: CalendarContent['placements'] }): VNode | null {
  const { say, placements } = props
  const [only, ...others] = placements
  if (!only) return null
  if (others.length === 0) return <li>{placementTitle(say, only)}</li>
  const count = say.number(placements.reduce((sum, { students }) => sum + students, 0))
  return (
    <li>{say({ fr: `${count} élèves en entreprise`, en: `${count} students on placement` })}</li>
  )
}
