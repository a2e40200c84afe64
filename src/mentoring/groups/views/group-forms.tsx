import type { VNode } from 'preact'
import type { Organisation } from '../../../people/store.js'
import { Button, Field, Form, Select } from '../../../web/components/form.js'
import { wayTo } from '../../cohorts/views/group-title.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { Group, GroupSchool } from '../store.js'

type AddProps = { asked: Asked; group: Group; day: string; schools: readonly Organisation[] }

/** Gives a school a part in a group. */
export function AddSchoolPage({ asked, group, day, schools }: AddProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const title = say({ fr: 'Ajouter un établissement', en: 'Add a school' })
  return (
    <Frame asked={asked} title={title} way={wayTo(say, group)}>
      <Form state={state}>
        <Select
          state={state}
          name="schoolId"
          label={say({ fr: 'Collège ou lycée', en: 'Collège or lycée' })}
          hint={say({
            fr: 'Son personnel y inscrit ses propres élèves. Il peut participer à plusieurs.',
            en: 'Its staff enrol their own students. It may take part in several.',
          })}
          options={[
            { value: '', label: say({ fr: 'Choisissez', en: 'Choose' }) },
            ...schools.map(({ publicId, name }) => ({ value: publicId, label: name })),
          ]}
        />
        <Field
          state={state}
          name="fromDay"
          type="date"
          label={say({ fr: 'À partir du', en: 'From' })}
          value={day}
        />
        <Button>{say({ fr: 'Ajouter cet établissement', en: 'Add this school' })}</Button>
      </Form>
    </Frame>
  )
}

type CharterProps = { asked: Asked; group: Group }

/** Notes when the charter of a group was signed. */
export function CharterPage({ asked, group }: CharterProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const title = say({ fr: 'Noter la charte', en: 'Note the charter' })
  return (
    <Frame asked={asked} title={title} way={wayTo(say, group)}>
      <Form state={state}>
        <Field
          state={state}
          name="charterOn"
          type="date"
          label={say({ fr: 'Jour de la signature', en: 'Day of the signature' })}
          value={group.charterOn ?? ''}
        />
        <Field
          state={state}
          name="charterReference"
          label={say({ fr: 'Référence (facultatif)', en: 'Reference (optional)' })}
          value={group.charterReference ?? ''}
        />
        <Button>{say({ fr: 'Noter cette charte', en: 'Note this charter' })}</Button>
      </Form>
    </Frame>
  )
}

type EndProps = { asked: Asked; group: Group; day: string; school?: GroupSchool }

/** Ends a group, or the part of one school in it. */
export function EndPage({ asked, group, day, school }: EndProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const what = school ?? { name: group.title }
  const title = say({ fr: `Terminer : ${what.name}`, en: `End: ${what.name}` })
  return (
    <Frame asked={asked} title={title} way={wayTo(say, group)}>
      <p>
        {say({
          fr: 'Les inscriptions des élèves se terminent le même jour. Ce qui a été saisi leur reste.',
          en: 'The students’ enrolments end on the same day. What was recorded stays theirs.',
        })}
      </p>
      <Form state={state}>
        <Field
          state={state}
          name="lastDay"
          type="date"
          label={say({ fr: 'Dernier jour', en: 'Last day' })}
          value={day}
        />
        <Button kind="danger">{say({ fr: 'Terminer', en: 'End' })}</Button>
      </Form>
    </Frame>
  )
}
