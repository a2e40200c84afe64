import type { VNode } from 'preact'
import { Acknowledge, Choices } from '../../../web/components/choices.js'
import { Button, ErrorSummary, Field, Form } from '../../../web/components/form.js'
import { EmptyState } from '../../../web/components/journey.js'
import { LEVEL_WORDS } from '../../levels.js'
import type { EnrolmentChoices } from '../see-enrolment.js'
import { wayTo } from './group-title.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

/** Enrols students of the school in a cohort of whatever scheme. */
export function EnrolPage({ asked, choices }: { asked: Asked; choices: EnrolmentChoices }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { cohort, students } = choices
  const way = wayTo(say, cohort)
  const title = say({ fr: 'Inscrire des élèves', en: 'Enrol students' })
  return (
    <Frame asked={asked} title={title} way={way}>
      {students.length === 0 ? (
        <>
          <ErrorSummary state={state} />
          <EmptyState>
            {say({
              fr: 'Tous les élèves de votre établissement sont déjà inscrits. Importez d’abord la liste de classe des nouveaux.',
              en: 'All students of your school are enrolled already. First import the class list of the new ones.',
            })}
          </EmptyState>
        </>
      ) : (
        <EnrolForm asked={asked} choices={choices} />
      )}
    </Frame>
  )
}

function EnrolForm({ asked, choices }: { asked: Asked; choices: EnrolmentChoices }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { students, day, scheme } = choices
  const byLevel = choices.cohort.entryYear !== null
  return (
    <Form state={state}>
      <Field
        state={state}
        name="fromDay"
        type="date"
        label={say({ fr: 'À partir du', en: 'From' })}
        hint={say({
          fr: 'Les séances d’avant ce jour ne pourront pas leur être attribuées.',
          en: 'Sessions before this day cannot be theirs.',
        })}
        value={day}
      />
      {scheme.asksVolunteering ? (
        <Field
          state={state}
          name="volunteeredOn"
          type="date"
          label={say({
            fr: 'Jour où ils se sont dits volontaires',
            en: 'Day on which they said that they volunteer',
          })}
          hint={say({
            fr: 'Tout élève volontaire peut entrer : aucune sélection, ni notes ni classement.',
            en: 'Any student who volunteers may enter: no selection, no marks, no ranking.',
          })}
        />
      ) : null}
      <Choices
        state={state}
        name="studentIds"
        kind="several"
        legend={say({ fr: 'Élèves à inscrire', en: 'Students to enrol' })}
        hint={say(byLevel ? TICKED_BY_LEVEL : TICKED_BY_HAND)}
        options={students.map(({ publicId, name, level, division }) => {
          const at = level ? say(LEVEL_WORDS[level]) : say({ fr: 'inconnu', en: 'unknown' })
          return { value: publicId, label: `${name}, ${division}, ${at}` }
        })}
        chosen={students.flatMap(({ publicId, fits }) => (fits ? publicId : []))}
      />
      <Acknowledge state={state} />
      <Button>{say({ fr: 'Inscrire les élèves cochés', en: 'Enrol the ticked students' })}</Button>
    </Form>
  )
}

const TICKED_BY_LEVEL = {
  fr: 'Ceux du niveau de la cohorte sont cochés. Décochez qui n’en est pas.',
  en: 'Those at the level of the cohort are ticked. Untick whoever is not of it.',
}
const TICKED_BY_HAND = { fr: 'Cochez les volontaires.', en: 'Tick those who volunteer.' }
