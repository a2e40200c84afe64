import type { VNode } from 'preact'
import type { Organisation } from '../../../people/store.js'
import { Table } from '../../../web/components/blocks.js'
import { Acknowledge } from '../../../web/components/choices.js'
import { Button, Field, Form, Select, type FormState } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import type { ClassLine } from '../see-classes.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

type ClassesProps = {
  asked: Asked
  today: string
  classes: readonly ClassLine[]
  schools: readonly Organisation[]
  companies: readonly Organisation[]
}

/** The P-TECH classes of the visitor's schools, and the form of a new one. */
export function ClassesPage(props: ClassesProps): VNode {
  const { say } = formStateOf(props.asked)
  const title = say({ fr: 'Classes P-TECH', en: 'P-TECH classes' })
  return (
    <Frame asked={props.asked} title={title} way={[]}>
      <Table
        caption={say({ fr: 'Les classes de votre lycée', en: 'The classes of your lycée' })}
        head={[
          say({ fr: 'Classe', en: 'Class' }),
          say({ fr: 'Filière', en: 'Track' }),
          say({ fr: 'Entreprise principale', en: 'Principal company' }),
          say({ fr: 'Lycée', en: 'Lycée' }),
        ]}
        rows={props.classes.map(({ publicId, name, track, principal, schoolName }) => [
          <a href={`/classes/${publicId}`}>{name}</a>,
          track,
          principal ?? '–',
          schoolName,
        ])}
        empty={say({ fr: 'Aucune classe pour le moment.', en: 'No class yet.' })}
      />
      <p>
        <a href="/openings">
          {say({ fr: 'Classes en préparation', en: 'Classes in preparation' })}
        </a>
      </p>
      {props.schools.length > 0 ? (
        <>
          <h2>{say({ fr: 'Ouvrir une classe', en: 'Open a class' })}</h2>
          <NewClass {...props} />
        </>
      ) : null}
    </Frame>
  )
}

function NewClass({ asked, today, schools, companies }: ClassesProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Form state={state}>
      <School state={state} schools={schools} />
      <Field state={state} name="name" label={say({ fr: 'Nom de la classe', en: 'Name' })} />
      <Field
        state={state}
        name="mef"
        label={say({ fr: 'Code MEF de la 2de pro', en: 'MEF code of the 2de pro' })}
        hint={say({
          fr: 'Dix chiffres qui finissent par 31, comme 2472250331.',
          en: 'Ten digits that end in 31, such as 2472250331.',
        })}
      />
      <Field
        state={state}
        name="track"
        label={say({ fr: 'Filière', en: 'Track' })}
        hint={say({
          fr: 'Par exemple : Plastiques et composites.',
          en: 'For example: Plastiques et composites.',
        })}
      />
      <Select
        state={state}
        name="principalCompanyId"
        label={say({ fr: 'Entreprise principale', en: 'Principal company' })}
        options={companyOptions(say, companies)}
      />
      <Field
        state={state}
        name="fromDay"
        type="date"
        label={say({ fr: 'À partir du', en: 'From' })}
        value={today}
      />
      <Acknowledge state={state} />
      <Button>{say({ fr: 'Ouvrir la classe', en: 'Open the class' })}</Button>
    </Form>
  )
}

/** Asked only of those who work in more than one. */
export function School(props: { state: FormState; schools: readonly Organisation[] }): VNode {
  const { state, schools } = props
  const [only, ...others] = schools
  if (only && others.length === 0) {
    return <input type="hidden" name="schoolId" value={only.publicId} />
  }
  return (
    <Select
      state={state}
      name="schoolId"
      label={state.say({ fr: 'Lycée', en: 'Lycée' })}
      options={schools.map(({ publicId, name }) => ({ value: publicId, label: name }))}
    />
  )
}

/** The companies to choose from: none is chosen for the visitor. */
export function companyOptions(say: Say, companies: readonly Organisation[]) {
  return [
    { value: '', label: say({ fr: 'Choisissez', en: 'Choose' }) },
    ...companies.map(({ publicId, name }) => ({ value: publicId, label: name })),
  ]
}
