import type { VNode } from 'preact'
import { Choices } from '../../../web/components/choices.js'
import { Button, ErrorSummary, Field, Form } from '../../../web/components/form.js'
import { EmptyState } from '../../../web/components/journey.js'
import { LEVEL_WORDS } from '../../levels.js'
import type { EnrolmentChoices } from '../see-enrolment.js'
import { cohortTitle } from './cohorts.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

/** Enrols students of the school who are in no cohort. */
export function EnrolPage({ asked, choices }: { asked: Asked; choices: EnrolmentChoices }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { cohort, students } = choices
  const way = [
    { href: '/cohorts', title: say({ fr: 'Cohortes', en: 'Cohorts' }) },
    { href: `/cohorts/${cohort.publicId}`, title: cohortTitle(say, cohort) },
  ]
  const title = say({ fr: 'Inscrire des élèves', en: 'Enrol students' })
  return (
    <Frame asked={asked} title={title} way={way}>
      {students.length === 0 ? (
        <>
          <ErrorSummary state={state} />
          <EmptyState>
            {say({
              fr: 'Tous les élèves du lycée sont déjà dans une cohorte. Importez d’abord la liste de classe des nouveaux.',
              en: 'All students of the lycée are in a cohort already. First import the class list of the new ones.',
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
  const { students, day } = choices
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
      <Choices
        state={state}
        name="studentIds"
        kind="several"
        legend={say({ fr: 'Élèves sans cohorte', en: 'Students without a cohort' })}
        hint={say({
          fr: 'Ceux du niveau de la cohorte sont cochés. Décochez qui n’en est pas.',
          en: 'Those at the level of the cohort are ticked. Untick whoever is not of it.',
        })}
        options={students.map(({ publicId, name, level, division }) => {
          const at = level ? say(LEVEL_WORDS[level]) : say({ fr: 'inconnu', en: 'unknown' })
          return { value: publicId, label: `${name}, ${division}, ${at}` }
        })}
        chosen={students.flatMap(({ publicId, fits }) => (fits ? publicId : []))}
      />
      <Button>{say({ fr: 'Inscrire les élèves cochés', en: 'Enrol the ticked students' })}</Button>
    </Form>
  )
}
