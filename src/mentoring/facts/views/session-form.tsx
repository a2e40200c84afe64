import type { VNode } from 'preact'
import { Notice } from '../../../web/components/blocks.js'
import { Acknowledge, Choices } from '../../../web/components/choices.js'
import { Button, Field, Form, Select, type FormState } from '../../../web/components/form.js'
import type { SessionChoices } from '../see-session-form.js'
import { PLACES, PLACE_WORDS } from '../places.data.js'
import { Duration } from './duration.js'
import { AddMentor, People, type SessionStart } from './session-people.js'
import { wayTo } from '../../cohorts/views/group-title.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

type SessionFormProps = {
  asked: Asked
  choices: SessionChoices
  /** Begin with what another session was. */
  start: SessionStart | undefined
  /** It is there already: what is said now takes its place. */
  correcting?: Readonly<{ publicId: string; version: number }>
}

/** Records a group session, on a phone: all is chosen before, but what differs each time. */
export function SessionFormPage(props: SessionFormProps): VNode {
  const { asked, choices, start: last, correcting } = props
  const state = formStateOf(asked)
  const { say } = state
  const { cohort, mentors, day } = choices
  const title = correcting
    ? say({ fr: 'Corriger une séance', en: 'Correct a session' })
    : say({ fr: 'Enregistrer une séance', en: 'Record a session' })
  return (
    <Frame asked={asked} title={title} way={wayTo(say, cohort)}>
      {choices.last && !last ? (
        <p>
          <a href={`/cohorts/${cohort.publicId}/sessions/new?like=last`}>
            {say({ fr: 'Comme la dernière fois', en: 'Same as last time' })}
          </a>
        </p>
      ) : null}
      {mentors.length === 0 ? <NoMentor state={state} choices={choices} /> : null}
      <Form state={state}>
        <Choices
          state={state}
          name="kind"
          kind="one"
          legend={say({ fr: 'Type de séance', en: 'Kind of session' })}
          options={choices.scheme.kinds.map(({ code, words }) => ({
            value: code,
            label: say(words),
          }))}
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
        <People state={state} choices={choices} last={last} />
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
        <Select
          state={state}
          name="place"
          label={say({ fr: 'Lieu', en: 'Place' })}
          options={PLACES.map((value) => ({ value, label: say(PLACE_WORDS[value]) }))}
          value={last?.place ?? 'SCHOOL'}
        />
        <Liaison state={state} liaison={choices.liaison} />
        {correcting ? <Reason state={state} version={correcting.version} /> : null}
        <Acknowledge state={state} />
        <Button>
          {correcting
            ? say({ fr: 'Corriger la séance', en: 'Correct the session' })
            : say({ fr: 'Enregistrer la séance', en: 'Record the session' })}
        </Button>
      </Form>
    </Frame>
  )
}

function Reason({ state, version }: { state: FormState; version: number }): VNode {
  const { say } = state
  return (
    <>
      <input type="hidden" name="version" value={version} />
      <Field
        state={state}
        name="reason"
        label={say({ fr: 'Pourquoi cette correction', en: 'Why this correction' })}
        hint={say({
          fr: 'Gardé avec la version d’avant, sans nommer d’élève. Une autre personne confirmera de nouveau.',
          en: 'Kept with the version before, naming no student. Somebody else will confirm again.',
        })}
      />
    </>
  )
}

type LiaisonProps = { state: FormState; liaison: SessionChoices['liaison'] }

/** PT-06 and PT-07, a line each, ticked before; nothing for a cohort that has no class. */
function Liaison({ state, liaison }: LiaisonProps): VNode | null {
  const { say } = state
  if (liaison === 'none') return null
  if (liaison === 'missing') {
    return (
      <p class="hint">
        {say({
          fr: 'La classe n’a pas d’agent de liaison à cette date : une séance Projet ou une Immersion s’enregistre sans son accord, et vous le confirmez.',
          en: 'The class has no liaison officer on that day: a Project session or an Immersion is recorded without their agreement, and you confirm that.',
        })}
      </p>
    )
  }
  const line = (label: string) => [{ value: 'yes', label }]
  return (
    <>
      <Choices
        state={state}
        name="topicAgreed"
        kind="several"
        legend={say({ fr: 'Séance Projet', en: 'Project session' })}
        options={line(
          say({
            fr: 'Sujet convenu avec l’agent de liaison',
            en: 'Topic agreed with the liaison officer',
          }),
        )}
        chosen={['yes']}
      />
      <Choices
        state={state}
        name="coordinated"
        kind="several"
        legend={say({ fr: 'Immersion', en: 'Immersion' })}
        options={line(
          say({
            fr: 'Coordonnée par l’agent de liaison',
            en: 'Coordinated by the liaison officer',
          }),
        )}
        chosen={['yes']}
      />
    </>
  )
}

function NoMentor({
  state: { say },
  choices,
}: {
  state: FormState
  choices: SessionChoices
}): VNode {
  return (
    <Notice kind="warning">
      <p>
        {say({
          fr: 'Personne n’est encore connu comme mentor de cette cohorte à cette date.',
          en: 'Nobody is known yet as a mentor of this cohort on that day.',
        })}
        {choices.mayAddMentors ? (
          <>
            {' '}
            <AddMentor say={say} />
          </>
        ) : null}
      </p>
    </Notice>
  )
}
