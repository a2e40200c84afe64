import type { VNode } from 'preact'
import { Notice, Table } from '../../../web/components/blocks.js'
import { ButtonLink } from '../../../web/components/form.js'
import { Filter } from '../../../web/components/links.js'
import { State } from '../../../web/components/status.js'
import { sayIn, type Say } from '../../../web/say.js'
import { schoolYearLabel } from '../../school-year.js'
import { Frame, type Asked } from '../../views/frame.js'
import { calendarWords } from '../calendar-of.js'
import type { CalendarView } from '../see-calendar.js'
import type { SchoolBreak } from '../store.js'

/** The school holidays of a year by zone, with where the dates come from and whether anybody verified them. */
export function CalendarPage({ asked, view }: { asked: Asked; view: CalendarView }): VNode {
  const say = sayIn(asked.visitor.language)
  const { year, years, calendars, own, unknown, managed } = view
  return (
    <Frame asked={asked} title={say({ fr: 'Calendrier scolaire', en: 'School calendar' })} way={[]}>
      <p>
        {say({
          fr: 'Les mois de vacances ne demandent pas de séance Carrière : ces dates le décident.',
          en: 'Months of holidays ask for no career session: these dates decide it.',
        })}
      </p>
      <OwnCalendar say={say} own={own} unknown={unknown} />
      <Filter
        label={say({ fr: 'Année scolaire', en: 'School year' })}
        here={`/calendar?year=${year}`}
        links={years.map((one) => ({
          href: `/calendar?year=${one}`,
          title: schoolYearLabel(one),
        }))}
      />
      {managed.length > 0 ? (
        <p>
          <ButtonLink href="/calendar/new" kind="secondary">
            {say({ fr: 'Ajouter des vacances', en: 'Add holidays' })}
          </ButtonLink>
        </p>
      ) : null}
      {calendars.map(({ calendar, breaks }) => (
        <Breaks
          key={calendar}
          say={say}
          title={`${say(calendarWords(calendar))}, ${schoolYearLabel(year)}`}
          breaks={breaks}
          mayCorrect={managed.includes(calendar)}
        />
      ))}
      <h2>{say({ fr: 'Jours fériés', en: 'Public holidays' })}</h2>
      <p>
        {say.list(view.holidays.map((day) => say.day(day)))}
        {say({ fr: '. Ils sont calculés.', en: '. They are computed.' })}
      </p>
      <LocalDays say={say} local={view.localHolidays} />
    </Frame>
  )
}

/** Alsace and Moselle: counted for the schools of these departments, by their UAI. */
function LocalDays({ say, local }: { say: Say; local: CalendarView['localHolidays'] }): VNode {
  const departments = say.list(local.departments)
  const days = say.list(local.days.map(({ day, name }) => `${say(name)} (${say.day(day)})`))
  return (
    <p>
      {say({
        fr: `Les établissements des départements ${departments} ont deux jours fériés de plus : ${days}.`,
        en: `The schools of the departments ${departments} have two public holidays more: ${days}.`,
      })}{' '}
      {local.verified ? null : (
        <State tone="unknown">{say({ fr: 'à vérifier', en: 'unverified' })}</State>
      )}
    </p>
  )
}

type OwnProps = { say: Say } & Pick<CalendarView, 'own' | 'unknown'>

function OwnCalendar({ say, own, unknown }: OwnProps): VNode {
  return (
    <>
      {own.length > 0 ? (
        <p>
          {say({ fr: 'Votre calendrier : ', en: 'Your calendar: ' })}
          <strong>{say.list(own.map((one) => say(calendarWords(one))))}</strong>
        </p>
      ) : null}
      {unknown.length > 0 ? (
        <Notice kind="warning">
          {say({
            fr: `Zone inconnue : l’académie n’est pas indiquée pour ${say.list(unknown)}. Aucune vacance n’y est décomptée, sauf juillet et août. Demandez à l’administrateur de la plateforme de l’indiquer.`,
            en: `Zone unknown: no academy is told for ${say.list(unknown)}. No holidays are taken into account there but July and August. Ask the platform administrator to tell it.`,
          })}
        </Notice>
      ) : null}
    </>
  )
}

type BreaksProps = {
  say: Say
  title: string
  breaks: readonly SchoolBreak[]
  mayCorrect: boolean
}

function Breaks({ say, title, breaks, mayCorrect }: BreaksProps): VNode {
  return (
    <Table
      caption={title}
      head={[
        say({ fr: 'Vacances', en: 'Holidays' }),
        say({ fr: 'Du', en: 'From' }),
        say({ fr: 'Au', en: 'Until' }),
        say({ fr: 'État', en: 'State' }),
        say({ fr: 'Source', en: 'Source' }),
        ...(mayCorrect ? [say({ fr: 'Corriger', en: 'Correct' })] : []),
      ]}
      rows={breaks.map((one) => {
        const name = say({ fr: one.name_fr, en: one.name_en })
        return [
          name,
          say.day(one.from_day),
          say.day(one.until_day),
          <Verified say={say} on={one.verified_on} />,
          one.source,
          ...(mayCorrect
            ? [
                <a href={`/calendar/${one.public_id}`}>
                  {say({
                    fr: `Corriger ou vérifier : ${name}`,
                    en: `Correct or verify: ${name}`,
                  })}
                </a>,
              ]
            : []),
        ]
      })}
      empty={`${title} : ${say({
        fr: 'aucune date n’est connue, et aucune vacance n’est décomptée.',
        en: 'no dates are known, and no holidays are taken into account.',
      })}`}
    />
  )
}

function Verified({ say, on }: { say: Say; on: string | null }): VNode {
  if (on === null)
    return <State tone="unknown">{say({ fr: 'à vérifier', en: 'unverified' })}</State>
  return (
    <State tone="valid">
      {say({ fr: `vérifié le ${say.day(on)}`, en: `verified on ${say.day(on)}` })}
    </State>
  )
}
