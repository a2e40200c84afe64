import type { VNode } from 'preact'
import { Choices, Fieldset } from '../../../web/components/choices.js'
import { Button, Field, Form, type FormState } from '../../../web/components/form.js'
import { wayTo } from '../../cohorts/views/group-title.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { EARLY_MONTHS, END_REASONS, END_WORDS, OUTCOME_WORDS, OUTCOMES } from '../pair-rules.js'
import type { PairView } from '../see-pair.js'

type PairFormProps = { asked: Asked; view: PairView; today: string }

/** JM-03: what the national site gave. */
export function RegistrationPage({ asked, view, today }: PairFormProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const title = say({ fr: 'Noter l’inscription nationale', en: 'Note the national registration' })
  const { registrationReference, registeredOn } = view.pair
  return (
    <Frame asked={asked} title={title} way={wayTo(say, view.group)}>
      <Form state={state}>
        <RegistrationFields
          state={state}
          reference={registrationReference}
          day={registeredOn ?? today}
          optional={false}
        />
        <Button>{say({ fr: 'Noter l’inscription', en: 'Note the registration' })}</Button>
      </Form>
    </Frame>
  )
}

type RegistrationProps = {
  state: FormState
  reference: string | null
  day: string | null
  optional: boolean
}

export function RegistrationFields({ state, reference, day, optional }: RegistrationProps): VNode {
  const { say } = state
  const maybe = optional ? { optional } : {}
  return (
    <Fieldset legend={say({ fr: 'Inscription nationale', en: 'National registration' })}>
      <p class="hint">
        {say({
          fr: 'Elle se fait sur le site national « 1 jeune 1 mentor », pas ici : Sceau n’inscrit personne. Notez ce que ce site vous a donné.',
          en: 'It is made on the national site “1 jeune 1 mentor”, not here: Sceau registers nobody. Note what that site gave you.',
        })}
      </p>
      <Field
        state={state}
        name="registrationReference"
        label={say({ fr: 'Référence', en: 'Reference' })}
        {...maybe}
        {...(reference === null ? {} : { value: reference })}
      />
      <Field
        state={state}
        name="registeredOn"
        type="date"
        label={say({ fr: 'Jour de l’inscription', en: 'Day of the registration' })}
        {...maybe}
        {...(day === null ? {} : { value: day })}
      />
    </Fieldset>
  )
}

/** Ends a pair, with its closing interview. */
export function EndPairPage({ asked, view, today }: PairFormProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const title = say({ fr: 'Terminer le binôme', en: 'End the pair' })
  return (
    <Frame asked={asked} title={title} way={wayTo(say, view.group)}>
      <p>
        {say({
          fr: `Un binôme dure le plus souvent ${EARLY_MONTHS} mois au moins ; plus court, il est signalé comme rupture précoce. Les séances saisies restent au jeune.`,
          en: `A pair most often lasts ${EARLY_MONTHS} months or more; a shorter one is reported as an early end. The sessions recorded stay the young person’s.`,
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
          legend={say({ fr: 'Raison', en: 'Reason' })}
          options={END_REASONS.map((value) => ({ value, label: say(END_WORDS[value]) }))}
        />
        <Field
          state={state}
          name="interviewOn"
          type="date"
          label={say({ fr: 'Jour de l’entretien de clôture', en: 'Day of the closing interview' })}
          optional
        />
        <Choices
          state={state}
          name="outcome"
          kind="one"
          legend={say({ fr: 'Ce que l’entretien a trouvé', en: 'What the interview found' })}
          options={OUTCOMES.map((value) => ({ value, label: say(OUTCOME_WORDS[value]) }))}
        />
        <Button kind="danger">{say({ fr: 'Terminer le binôme', en: 'End the pair' })}</Button>
      </Form>
    </Frame>
  )
}
