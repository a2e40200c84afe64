import type { VNode } from 'preact'
import { Notice } from '../../../web/components/blocks.js'
import { Choices } from '../../../web/components/choices.js'
import { Button, Field, Form, Select, type FormState } from '../../../web/components/form.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { PlanChoices } from '../plan-choices.js'
import { wayTo } from './words.js'

/** Plans a session of a cohort. */
export function PlanPage({ asked, choices }: { asked: Asked; choices: PlanChoices }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { cohort, scheme, organisations, day } = choices
  const title = say({ fr: 'Prévoir une séance', en: 'Plan a session' })
  return (
    <Frame asked={asked} title={title} way={wayTo(say, cohort, 'calendar')}>
      {organisations.length === 0 ? (
        <Notice kind="warning">
          <p>
            {say({
              fr: 'Aucune entreprise n’est avec la cohorte ce jour-là. Ajoutez-en une sur la page de la classe.',
              en: 'No company is with the cohort on that day. Add one on the page of the class.',
            })}
          </p>
        </Notice>
      ) : null}
      <p class="soft">
        {say({
          fr: 'Une séance prévue ne compte pas : enregistrez-la une fois qu’elle a eu lieu.',
          en: 'A planned session does not count: record it once it has taken place.',
        })}
      </p>
      <Form state={state}>
        <Choices
          state={state}
          name="kind"
          kind="one"
          legend={say({ fr: 'Type de séance', en: 'Kind of session' })}
          options={scheme.kinds.map(({ code, words }) => ({ value: code, label: say(words) }))}
        />
        <Field
          state={state}
          name="day"
          type="date"
          label={say({ fr: 'Jour', en: 'Day' })}
          value={day}
        />
        <Field
          state={state}
          name="startTime"
          label={say({ fr: 'Heure de début', en: 'Starts at' })}
          hint={say({ fr: 'Comme 14:30.', en: 'Such as 14:30.' })}
          optional
        />
        <Field
          state={state}
          name="minutes"
          type="number"
          label={say({ fr: 'Durée, en minutes', en: 'Duration, in minutes' })}
          value={60}
        />
        <WithWhom state={state} choices={choices} />
        <Field
          state={state}
          name="topic"
          label={say({ fr: 'Sujet', en: 'Topic' })}
          hint={say({
            fr: 'Ce qui est prévu, sans nommer d’élève.',
            en: 'What is planned, naming no student.',
          })}
        />
        <Button>{say({ fr: 'Prévoir la séance', en: 'Plan the session' })}</Button>
      </Form>
    </Frame>
  )
}

/** An organisation, or somebody of it: one choice instead of two that would have to agree. */
function WithWhom({ state, choices }: { state: FormState; choices: PlanChoices }): VNode {
  const { say } = state
  const { organisations, mentors } = choices
  return (
    <Select
      state={state}
      name="withWhom"
      label={say({ fr: 'Avec', en: 'With' })}
      options={[
        { value: '', label: say({ fr: 'Choisissez', en: 'Choose' }) },
        ...organisations.flatMap(({ publicId, name }) => [
          {
            value: publicId,
            label: say({ fr: `${name}, mentor à préciser`, en: `${name}, mentor to be named` }),
          },
          ...mentors
            .filter(({ organisationId }) => organisationId === publicId)
            .map((mentor) => ({
              value: `${publicId}.${mentor.publicId}`,
              label: `${name}, ${mentor.name}`,
            })),
        ]),
      ]}
    />
  )
}
