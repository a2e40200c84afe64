import type { VNode } from 'preact'
import { Acknowledge } from '../../../web/components/choices.js'
import { Button, Form } from '../../../web/components/form.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { PlacementView } from '../see-placement.js'
import type { KnownTutor } from '../tutors-store.js'
import { TutorFields } from './plan-form.js'

type TutorFormProps = { asked: Asked; view: PlacementView; tutors: readonly KnownTutor[] }

/** Another tutor midway. */
export function TutorFormPage({ asked, view, tutors }: TutorFormProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const way = [
    { href: '/placements', title: say({ fr: 'Stages', en: 'Placements' }) },
    { href: `/placements/${view.placement.publicId}`, title: view.studentName },
  ]
  const title = say({ fr: 'Changer de tuteur', en: 'Change the tutor' })
  return (
    <Frame asked={asked} title={title} way={way}>
      <p>
        {say({
          fr: `Le tuteur est ${view.placement.tutorName}. Ce qui est déjà rempli du bilan reste ; son lien se ferme, et le nouveau tuteur signe la convention.`,
          en: `The tutor is ${view.placement.tutorName}. What is filled in of the assessment stays; their link closes, and the new tutor signs the agreement.`,
        })}
      </p>
      <Form state={state}>
        <TutorFields state={state} tutors={tutors} />
        <Acknowledge state={state} />
        <Button>{say({ fr: 'Changer de tuteur', en: 'Change the tutor' })}</Button>
      </Form>
    </Frame>
  )
}
