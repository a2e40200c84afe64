import type { VNode } from 'preact'
import { Choices } from '../../../web/components/choices.js'
import { Button, Field, Form, Select } from '../../../web/components/form.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { OpeningChoices } from '../see-schemes.js'

/** Opens a group of a scheme with its first schools. */
export function OpenGroupPage(props: { asked: Asked; choices: OpeningChoices }): VNode {
  const { asked, choices } = props
  const state = formStateOf(asked)
  const { say } = state
  const { scheme, owners, schools, day } = choices
  const { words, owner } = scheme.group
  const [only, ...others] = owners
  const way = [{ href: '/schemes', title: say({ fr: 'Dispositifs', en: 'Schemes' }) }]
  const title = say({
    fr: `Ouvrir : ${words.fr} (${scheme.words.fr})`,
    en: `Open: ${words.en} (${scheme.words.en})`,
  })
  return (
    <Frame asked={asked} title={title} way={way}>
      <Form state={state}>
        <Select
          state={state}
          name="ownerId"
          label={say(owner)}
          options={[
            { value: '', label: say({ fr: 'Choisissez', en: 'Choose' }) },
            ...owners.map(({ publicId, name }) => ({ value: publicId, label: name })),
          ]}
          value={only && others.length === 0 ? only.publicId : ''}
        />
        <Field state={state} name="name" label={say({ fr: 'Nom', en: 'Name' })} />
        <Choices
          state={state}
          name="schoolIds"
          kind="several"
          legend={say({
            fr: 'Établissements dont les élèves y entrent',
            en: 'Schools whose students enter it',
          })}
          options={schools.map(({ publicId, name }) => ({ value: publicId, label: name }))}
          chosen={schools.length === 1 ? schools.map(({ publicId }) => publicId) : []}
        />
        <Field
          state={state}
          name="fromDay"
          type="date"
          label={say({ fr: 'À partir du', en: 'From' })}
          value={day}
        />
        <Field
          state={state}
          name="charterOn"
          type="date"
          label={say({
            fr: 'Date de la charte ou de la convention',
            en: 'Day of the charter or agreement',
          })}
          optional
        />
        <Field
          state={state}
          name="charterReference"
          label={say({ fr: 'Référence de ce document', en: 'Reference of this document' })}
          optional
        />
        <Button>{say({ fr: 'Ouvrir', en: 'Open' })}</Button>
      </Form>
    </Frame>
  )
}
