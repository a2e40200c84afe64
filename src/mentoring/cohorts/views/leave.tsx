import type { VNode } from 'preact'
import { Choices } from '../../../web/components/choices.js'
import { Button, Field, Form } from '../../../web/components/form.js'
import { EXIT_REASONS, EXIT_WORDS } from '../end-enrolment.js'
import type { Cohort } from '../../classes/store.js'
import { cohortTitle } from './cohorts.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

type LeaveProps = { asked: Asked; cohort: Cohort; name: string; today: string }

/** Ends a student's enrolment in a cohort. */
export function LeavePage({ asked, cohort, name, today }: LeaveProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const way = [
    { href: '/cohorts', title: say({ fr: 'Cohortes', en: 'Cohorts' }) },
    { href: `/cohorts/${cohort.publicId}`, title: cohortTitle(say, cohort) },
  ]
  const title = say({ fr: 'Terminer l’inscription', en: 'End the enrolment' })
  return (
    <Frame asked={asked} title={title} way={way}>
      <p>
        {say({
          fr: `${name} quitte la cohorte. Ses séances et ses périodes en entreprise lui restent.`,
          en: `${name} leaves the cohort. Their sessions and placements stay theirs.`,
        })}
      </p>
      <Form state={state}>
        <Field
          state={state}
          name="lastDay"
          type="date"
          label={say({ fr: 'Dernier jour dans la cohorte', en: 'Last day in the cohort' })}
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
