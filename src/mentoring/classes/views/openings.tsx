import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { Button, Field, Form, Select } from '../../../web/components/form.js'
import type { Organisation } from '../../../people/store.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { STEP_WORDS } from '../opening-rules.js'
import type { OpeningLine } from '../see-openings.js'
import { companyOptions, School } from './classes.js'

type OpeningsProps = {
  asked: Asked
  today: string
  openings: readonly OpeningLine[]
  schools: readonly Organisation[]
  companies: readonly Organisation[]
}

/** The classes on their way, and the form that begins one (PT-15). */
export function OpeningsPage(props: OpeningsProps): VNode {
  const { asked, openings } = props
  const { say } = formStateOf(asked)
  const way = [{ href: '/classes', title: say({ fr: 'Classes P-TECH', en: 'P-TECH classes' }) }]
  const title = say({ fr: 'Classes en préparation', en: 'Classes in preparation' })
  return (
    <Frame asked={asked} title={title} way={way}>
      <Table
        caption={say({ fr: 'La dernière commencée d’abord', en: 'The last begun first' })}
        head={[
          say({ fr: 'Filière', en: 'Track' }),
          say({ fr: 'Entreprise', en: 'Company' }),
          say({ fr: 'Lycée', en: 'Lycée' }),
          say({ fr: 'Étape', en: 'Step' }),
        ]}
        rows={openings.map(({ publicId, track, companyName, schoolName, last }) => [
          <a href={`/openings/${publicId}`}>{track}</a>,
          companyName,
          schoolName,
          last ? `${say(STEP_WORDS[last.step])}, ${say.day(last.day)}` : '–',
        ])}
        empty={say({ fr: 'Aucune classe en préparation.', en: 'No class in preparation.' })}
      />
      {props.schools.length > 0 ? <BeginForm {...props} /> : null}
    </Frame>
  )
}

function BeginForm({ asked, today, schools, companies }: OpeningsProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Une entreprise le demande', en: 'A company asks' })}</h2>
      <Form state={state}>
        <School state={state} schools={schools} />
        <Select
          state={state}
          name="companyId"
          label={say({ fr: 'Entreprise', en: 'Company' })}
          options={companyOptions(say, companies)}
        />
        <Field
          state={state}
          name="track"
          label={say({ fr: 'Filière souhaitée', en: 'Track that it wishes' })}
        />
        <Field
          state={state}
          name="day"
          type="date"
          label={say({ fr: 'Jour de la demande', en: 'Day on which it asked' })}
          value={today}
        />
        <Field
          state={state}
          name="caVoteDate"
          type="date"
          optional
          label={say({ fr: 'Vote du conseil d’administration', en: 'Vote of the school board' })}
        />
        <Field
          state={state}
          name="note"
          type="textarea"
          rows={3}
          optional
          label={say({ fr: 'Note', en: 'Note' })}
        />
        <Button>{say({ fr: 'Commencer la procédure', en: 'Begin the procedure' })}</Button>
      </Form>
    </>
  )
}
