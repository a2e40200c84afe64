import type { VNode } from 'preact'
import { Acknowledge, Choices } from '../../../web/components/choices.js'
import { Button, Field, Form, Select } from '../../../web/components/form.js'
import { EmptyState } from '../../../web/components/journey.js'
import { LinkList } from '../../../web/components/links.js'
import { SUBJECTS } from '../../schemes/one-mentor.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { PairChoices } from '../see-pair.js'
import { RegistrationFields } from './pair-forms.js'

type OpenProps = { asked: Asked; choices: PairChoices }

/** Opens a pair: first the structure, then its mentor and the young person. */
export function OpenPairPage({ asked, choices }: OpenProps): VNode {
  const { say } = formStateOf(asked)
  const way = [{ href: '/schemes', title: say({ fr: 'Dispositifs', en: 'Schemes' }) }]
  const title = say({ fr: 'Ouvrir un binôme', en: 'Open a pair' })
  return (
    <Frame asked={asked} title={title} way={way}>
      {choices.structure ? (
        <PairForm asked={asked} choices={choices} structure={choices.structure} />
      ) : (
        <Structures asked={asked} choices={choices} />
      )}
    </Frame>
  )
}

function Structures({ asked, choices: { structures } }: OpenProps): VNode {
  const { say } = formStateOf(asked)
  if (structures.length === 0) {
    return (
      <EmptyState>
        {say({
          fr: 'Aucune structure de mentorat n’est connue ici. Demandez à l’administrateur de la plateforme d’en admettre une.',
          en: 'No mentoring structure is known here. Ask the platform’s administrator to admit one.',
        })}
      </EmptyState>
    )
  }
  return (
    <>
      <p>
        {say({
          fr: 'De quelle structure est le mentor ?',
          en: 'Which structure is the mentor of?',
        })}
      </p>
      <LinkList
        links={structures.map(({ publicId, name }) => ({
          href: `/pairs/new?structure=${publicId}`,
          title: name,
        }))}
      />
    </>
  )
}

function PairForm({
  asked,
  choices,
  structure,
}: OpenProps & { structure: NonNullable<PairChoices['structure']> }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { students, mentors, day } = choices
  const choose = { value: '', label: say({ fr: 'Choisissez', en: 'Choose' }) }
  return (
    <Form state={state}>
      <input type="hidden" name="structureId" value={structure.publicId} />
      <p>{structure.name}</p>
      <Select
        state={state}
        name="mentorId"
        label={say({ fr: 'Mentor', en: 'Mentor' })}
        hint={say({
          fr: 'La structure inscrit ses mentors elle-même.',
          en: 'The structure enters its mentors itself.',
        })}
        options={[
          choose,
          ...mentors.map(({ publicId, name }) => ({ value: publicId, label: name })),
        ]}
      />
      <Select
        state={state}
        name="studentId"
        label={say({ fr: 'Jeune', en: 'Young person' })}
        options={[
          choose,
          ...students.map(({ publicId, name, division }) => ({
            value: publicId,
            label: `${name}, ${division}`,
          })),
        ]}
      />
      <Choices
        state={state}
        name="subject"
        kind="one"
        legend={say({ fr: 'Sujet', en: 'Subject' })}
        options={SUBJECTS.map(({ code, words }) => ({ value: code, label: say(words) }))}
      />
      <Field
        state={state}
        name="startedOn"
        type="date"
        label={say({ fr: 'Premier jour', en: 'First day' })}
        value={day}
      />
      <RegistrationFields state={state} reference={null} day={null} optional />
      <Acknowledge state={state} />
      <Button>{say({ fr: 'Ouvrir le binôme', en: 'Open the pair' })}</Button>
    </Form>
  )
}
