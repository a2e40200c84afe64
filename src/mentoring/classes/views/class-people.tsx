import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { Choices } from '../../../web/components/choices.js'
import { Button, Field, Form, Select } from '../../../web/components/form.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { CLASS_FUNCTIONS, FUNCTION_WORDS } from '../people-rules.js'
import type { PeopleView } from '../see-ground.js'
import { Active } from './class-partners.js'
import { stateFor, wayTo } from './class-way.js'

type PeopleProps = { asked: Asked; view: PeopleView; today: string }

/** Who has a function for a class (PT-16, PT-17). */
export function ClassPeoplePage({ asked, view, today }: PeopleProps): VNode {
  const { say } = formStateOf(asked)
  const title = say({ fr: 'Personnes de la classe', en: 'People of the class' })
  return (
    <Frame asked={asked} title={title} way={wayTo(say, view.row)}>
      <Table
        caption={say({ fr: 'De la dernière nommée à la première', en: 'The last named first' })}
        head={[
          say({ fr: 'Nom', en: 'Name' }),
          say({ fr: 'Fonction', en: 'Function' }),
          say({ fr: 'Du', en: 'From' }),
          say({ fr: 'Au', en: 'Until' }),
          say({ fr: 'Aujourd’hui', en: 'Today' }),
        ]}
        rows={view.people.map((one) => [
          one.name,
          say(FUNCTION_WORDS[one.function]),
          say.day(one.fromDay),
          one.untilDay === null ? '–' : say.day(one.untilDay),
          <Active say={say} active={one.active} />,
        ])}
        empty={say({ fr: 'Personne pour le moment.', en: 'Nobody yet.' })}
      />
      {view.mayManage ? <NameForm {...{ asked, view, today }} /> : null}
      {view.mayManage ? <EndForm {...{ asked, view, today }} /> : null}
    </Frame>
  )
}

function NameForm({ asked, view, today }: PeopleProps): VNode {
  const state = stateFor(asked, 'name')
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Nommer quelqu’un', en: 'Name somebody' })}</h2>
      <Form state={state}>
        <input type="hidden" name="act" value="name" />
        <Choices
          state={state}
          name="function"
          kind="one"
          legend={say({ fr: 'Fonction', en: 'Function' })}
          options={CLASS_FUNCTIONS.map((value) => ({ value, label: say(FUNCTION_WORDS[value]) }))}
          chosen={['ACADEMIC_REFERENT']}
        />
        <Select
          state={state}
          name="personId"
          label={say({ fr: 'Compte du lycée ou de l’académie', en: 'Account here' })}
          options={[
            { value: '', label: say({ fr: 'Sans compte : écrire le nom', en: 'None: a name' }) },
            ...view.choices.map(({ publicId, givenName, familyName }) => ({
              value: publicId,
              label: `${givenName} ${familyName}`,
            })),
          ]}
        />
        <Field
          state={state}
          name="name"
          optional="either"
          label={say({ fr: 'Nom, sans compte', en: 'Name, without an account' })}
        />
        <Field
          state={state}
          name="fromDay"
          type="date"
          label={say({ fr: 'À partir du', en: 'From' })}
          value={today}
        />
        <Button>{say({ fr: 'Nommer cette personne', en: 'Name this person' })}</Button>
      </Form>
    </>
  )
}

function EndForm({ asked, view, today }: PeopleProps): VNode | null {
  const state = stateFor(asked, 'end')
  const { say } = state
  const open = view.people.filter(({ untilDay }) => untilDay === null)
  if (open.length === 0) return null
  return (
    <>
      <h2>{say({ fr: 'Terminer une fonction', en: 'End a function' })}</h2>
      <Form state={state}>
        <input type="hidden" name="act" value="end" />
        <Select
          state={state}
          name="held"
          label={say({ fr: 'Personne', en: 'Person' })}
          options={open.map((one) => ({
            value: one.publicId,
            label: `${one.name} (${say(FUNCTION_WORDS[one.function])})`,
          }))}
        />
        <Field
          state={state}
          name="lastDay"
          type="date"
          label={say({ fr: 'Dernier jour', en: 'Last day' })}
          value={today}
        />
        <Button kind="secondary">{say({ fr: 'Terminer la fonction', en: 'End it' })}</Button>
      </Form>
    </>
  )
}
