import type { VNode } from 'preact'
import { Notice } from '../../../web/components/blocks.js'
import { Acknowledge, Choices } from '../../../web/components/choices.js'
import { Button, Field, Form, Select, type FormState } from '../../../web/components/form.js'
import { LEVEL_WORDS } from '../../levels.js'
import { KIND_WORDS, SESSION_KINDS } from '../../schemes/ptech.js'
import type { SessionChoices } from '../see-session-form.js'
import { cohortTitle } from '../../cohorts/views/cohorts.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

/** Minutes that one tap chooses. */
const PRESETS = [30, 45, 60, 90, 120]

type SessionFormProps = {
  asked: Asked
  choices: SessionChoices
  /** Begin with what the last session was. */
  likeLast: boolean
}

/** Records a group session, on a phone: all is chosen before, but what differs each time. */
export function SessionFormPage({ asked, choices, likeLast }: SessionFormProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { cohort, students, mentors, day } = choices
  const last = likeLast ? choices.last : undefined
  const way = [
    { href: '/cohorts', title: say({ fr: 'Cohortes', en: 'Cohorts' }) },
    { href: `/cohorts/${cohort.publicId}`, title: cohortTitle(say, cohort) },
  ]
  const title = say({ fr: 'Enregistrer une séance', en: 'Record a session' })
  return (
    <Frame asked={asked} title={title} way={way}>
      {mentors.length === 0 ? <NoMentor state={state} /> : null}
      <Form state={state}>
        <Choices
          state={state}
          name="kind"
          kind="one"
          legend={say({ fr: 'Type de séance', en: 'Kind of session' })}
          options={SESSION_KINDS.map((value) => ({ value, label: say(KIND_WORDS[value]) }))}
          chosen={last ? [last.kind] : []}
        />
        <Field
          state={state}
          name="day"
          type="date"
          label={say({ fr: 'Jour de la séance', en: 'Day of the session' })}
          value={day}
        />
        <Duration state={state} minutes={last?.minutes ?? 60} />
        <Choices
          state={state}
          name="studentIds"
          kind="several"
          legend={say({ fr: 'Élèves présents', en: 'Students who were there' })}
          hint={say({ fr: 'Décochez les absents.', en: 'Untick whoever was absent.' })}
          options={students.map(({ publicId, name, level }) => ({
            value: publicId,
            label: level ? `${name}, ${say(LEVEL_WORDS[level])}` : name,
          }))}
          chosen={students.map(({ publicId }) => publicId)}
        />
        <Select
          state={state}
          name="mentorId"
          label={say({ fr: 'Mentor, et son entreprise', en: 'Mentor, and their company' })}
          options={[
            { value: '', label: say({ fr: 'Choisissez', en: 'Choose' }) },
            ...mentors.map(({ publicId, companyId, name, companyName }) => ({
              value: `${publicId}.${companyId}`,
              label: `${name}, ${companyName}`,
            })),
          ]}
          {...(last ? { value: `${last.mentorId}.${last.companyId}` } : {})}
        />
        <Field
          state={state}
          name="topic"
          label={say({ fr: 'Sujet', en: 'Topic' })}
          hint={say({
            fr: 'Ce qui a été fait, sans nommer d’élève.',
            en: 'What was done, naming no student.',
          })}
          {...(last ? { value: last.topic } : {})}
        />
        <Choices
          state={state}
          name="topicAgreed"
          kind="several"
          legend={say({ fr: 'Séance Projet', en: 'Project session' })}
          options={[
            {
              value: 'yes',
              label: say({
                fr: 'Sujet convenu avec l’agent de liaison',
                en: 'Topic agreed with the liaison officer',
              }),
            },
          ]}
          chosen={['yes']}
        />
        <Choices
          state={state}
          name="coordinated"
          kind="several"
          legend={say({ fr: 'Immersion', en: 'Immersion' })}
          options={[
            {
              value: 'yes',
              label: say({
                fr: 'Coordonnée par l’agent de liaison',
                en: 'Coordinated by the liaison officer',
              }),
            },
          ]}
          chosen={['yes']}
        />
        <Acknowledge state={state} />
        <Button>{say({ fr: 'Enregistrer la séance', en: 'Record the session' })}</Button>
      </Form>
    </Frame>
  )
}

function Duration({ state, minutes }: { state: FormState; minutes: number }): VNode {
  const { say } = state
  const isPreset = PRESETS.includes(minutes)
  return (
    <>
      <Choices
        state={state}
        name="minutes"
        kind="one"
        legend={say({ fr: 'Durée', en: 'Duration' })}
        options={[
          ...PRESETS.map((one) => ({ value: String(one), label: durationText(state, one) })),
          { value: 'other', label: say({ fr: 'Autre durée', en: 'Another duration' }) },
        ]}
        chosen={[isPreset ? String(minutes) : 'other']}
      />
      <Field
        state={state}
        name="otherMinutes"
        type="number"
        label={say({ fr: 'Autre durée, en minutes', en: 'Another duration, in minutes' })}
        optional
        {...(isPreset ? {} : { value: minutes })}
      />
    </>
  )
}

/** « 45 min », « 1 h 30 » */
function durationText({ say }: FormState, minutes: number): string {
  return minutes < 60 ? `${minutes} min` : say.hours(minutes)
}

function NoMentor({ state: { say } }: { state: FormState }): VNode {
  return (
    <Notice kind="warning">
      <p>
        {say({
          fr: 'Personne des entreprises de la classe n’a encore de compte. Invitez d’abord un mentor.',
          en: 'Nobody of the companies of the class has an account yet. Invite a mentor first.',
        })}
      </p>
    </Notice>
  )
}
