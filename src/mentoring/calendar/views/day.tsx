import type { VNode } from 'preact'
import { Facts } from '../../../web/components/blocks.js'
import { Button, ButtonLink, Form } from '../../../web/components/form.js'
import { EmptyState } from '../../../web/components/journey.js'
import { State } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import { factDays, FactState } from '../../facts/views/facts.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { contentOn, isEmpty } from '../days.js'
import type { CalendarSession } from '../facts-store.js'
import { placementTitle, sessionTitle } from '../feed-calendar.js'
import type { Planned } from '../planned-store.js'
import type { CalendarView } from '../see-calendar.js'
import { longDay, recordHref, sessionStanding, wayTo } from './words.js'

type DayProps = { asked: Asked; day: string; view: CalendarView }

/** A day of a cohort: what took place, what is planned, who is on placement. */
export function DayPage({ asked, day, view }: DayProps): VNode {
  const { say } = formStateOf(asked)
  const { cohort, today } = view
  const content = contentOn(day, view.content)
  const isToday = day === today ? say({ fr: ' (aujourd’hui)', en: ' (today)' }) : ''
  return (
    <Frame
      asked={asked}
      title={`${longDay(say, day)} ${day.slice(0, 4)}${isToday}`}
      way={wayTo(say, cohort, 'calendar')}
    >
      <div class="actions">
        {day <= today ? (
          <ButtonLink href={recordHref(cohort, { day })}>
            {say({ fr: 'Enregistrer une séance', en: 'Record a session' })}
          </ButtonLink>
        ) : null}
        {day >= today ? (
          <ButtonLink
            kind={day > today ? 'primary' : 'secondary'}
            href={`/cohorts/${cohort.publicId}/planned/new?day=${day}`}
          >
            {say({ fr: 'Prévoir une séance', en: 'Plan a session' })}
          </ButtonLink>
        ) : null}
      </div>
      {isEmpty(content) ? (
        <EmptyState>{say({ fr: 'Rien ce jour-là.', en: 'Nothing on this day.' })}</EmptyState>
      ) : null}
      {content.breaks.map((one) => (
        <p key={one.fromDay}>
          {say(one.name)}, {factDays(say, { day: one.fromDay, untilDay: one.untilDay })}
        </p>
      ))}
      {content.sessions.map((session) => (
        <SessionSheet key={session.publicId} say={say} session={session} />
      ))}
      {content.planned.map((plan) => (
        <PlannedSheet key={plan.publicId} asked={asked} view={view} plan={plan} />
      ))}
      {content.placements.map((one) => (
        <p key={`${one.organisationId} ${one.fromDay} ${one.untilDay}`}>
          {placementTitle(say, one)}, {factDays(say, { day: one.fromDay, untilDay: one.untilDay })}
        </p>
      ))}
    </Frame>
  )
}

function SessionSheet({ say, session }: { say: Say; session: CalendarSession }): VNode {
  const { students, contested } = session
  return (
    <section class="sheet" id={`session-${session.publicId}`}>
      <h2>{sessionTitle(say, session)}</h2>
      <Facts
        facts={[
          [say({ fr: 'Sujet', en: 'Topic' }), session.topic],
          [say({ fr: 'Avec', en: 'With' }), session.organisationName],
          [say({ fr: 'Élèves présents', en: 'Students who were there' }), say.number(students)],
          [
            say({ fr: 'État', en: 'State' }),
            <FactState say={say} standing={sessionStanding(session)} />,
          ],
          ...(contested > 0 && contested < students
            ? [[say({ fr: 'Contestée par', en: 'Contested by' }), say.number(contested)] as const]
            : []),
        ]}
      />
    </section>
  )
}

type PlannedProps = { asked: Asked; view: CalendarView; plan: Planned }

function PlannedSheet({ asked, view, plan }: PlannedProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { mentorName, organisationName, startTime } = plan
  return (
    <section class="sheet" id={`planned-${plan.publicId}`}>
      <h2>{sessionTitle(say, plan)}</h2>
      <Facts
        facts={[
          [say({ fr: 'Sujet', en: 'Topic' }), plan.topic],
          ...(startTime === null ? [] : [[say({ fr: 'Heure', en: 'Time' }), startTime] as const]),
          [
            say({ fr: 'Avec', en: 'With' }),
            mentorName === null ? organisationName : `${mentorName}, ${organisationName}`,
          ],
          [
            say({ fr: 'État', en: 'State' }),
            <State tone="plain">
              {say({ fr: 'Prévue, ne compte pas encore', en: 'Planned, does not count yet' })}
            </State>,
          ],
        ]}
      />
      {plan.day <= view.today ? (
        <ButtonLink kind="secondary" href={recordHref(view.cohort, { planned: plan.publicId })}>
          {say({ fr: 'Elle a eu lieu : l’enregistrer', en: 'It took place: record it' })}
        </ButtonLink>
      ) : null}
      <Form state={state}>
        <Button kind="danger" name="cancel" value={plan.publicId}>
          {say({ fr: 'Annuler cette séance', en: 'Cancel this session' })}
        </Button>
      </Form>
    </section>
  )
}
