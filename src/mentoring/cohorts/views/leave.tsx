import type { VNode } from 'preact'
import { Choices } from '../../../web/components/choices.js'
import { Button, Field, Form } from '../../../web/components/form.js'
import { EXIT_REASONS, EXIT_WORDS } from '../end-enrolment.js'
import type { AnyCohort } from '../store.js'
import { groupTitle, wayTo } from './group-title.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

type LeaveProps = { asked: Asked; cohort: AnyCohort; name: string; today: string }

/** Ends a student's enrolment in a cohort. */
export function LeavePage({ asked, cohort, name, today }: LeaveProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const title = say({ fr: 'Terminer l’inscription', en: 'End the enrolment' })
  return (
    <Frame asked={asked} title={title} way={wayTo(say, cohort)}>
      <p>
        {say({
          fr: `${name} quitte « ${groupTitle(say, cohort)} ». Ses séances et ses périodes en entreprise lui restent.`,
          en: `${name} leaves “${groupTitle(say, cohort)}”. Their sessions and placements stay theirs.`,
        })}
      </p>
      <Form state={state}>
        <Field
          state={state}
          name="lastDay"
          type="date"
          label={say({ fr: 'Dernier jour', en: 'Last day' })}
          value={today}
        />
        <Choices
          state={state}
          name="reason"
          kind="one"
          legend={say({ fr: 'Raison du départ', en: 'Reason for leaving' })}
          options={EXIT_REASONS.map((value) => ({ value, label: say(EXIT_WORDS[value]) }))}
        />
        <Button>{say({ fr: 'Terminer l’inscription', en: 'End the enrolment' })}</Button>
      </Form>
    </Frame>
  )
}
