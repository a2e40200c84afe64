import type { VNode } from 'preact'
import { Facts, Table } from '../../../web/components/blocks.js'
import { Acknowledge, Choices, Fieldset } from '../../../web/components/choices.js'
import { Button, Field, Form, type FormState } from '../../../web/components/form.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { STEP_WORDS } from '../opening-rules.js'
import type { OpeningView } from '../see-openings.js'

type OpeningProps = { asked: Asked; view: OpeningView; today: string }

/** The way to one class, step by step (PT-15). */
export function OpeningPage(props: OpeningProps): VNode {
  const { asked, view } = props
  const { say } = formStateOf(asked)
  const { row, opened, steps } = view
  const way = [
    { href: '/classes', title: say({ fr: 'Classes P-TECH', en: 'P-TECH classes' }) },
    { href: '/openings', title: say({ fr: 'Classes en préparation', en: 'In preparation' }) },
  ]
  return (
    <Frame asked={asked} title={row.track} way={way}>
      <Facts
        facts={[
          [say({ fr: 'Entreprise', en: 'Company' }), view.companyName],
          [say({ fr: 'Lycée', en: 'Lycée' }), view.schoolName],
          [
            say({ fr: 'Vote du conseil d’administration', en: 'Vote of the school board' }),
            row.ca_vote_on === null ? '–' : say.day(row.ca_vote_on),
          ],
          [
            say({ fr: 'Classe', en: 'Class' }),
            opened ? <a href={`/classes/${opened.public_id}`}>{opened.name}</a> : '–',
          ],
        ]}
      />
      <Table
        caption={say({ fr: 'Étapes', en: 'Steps' })}
        head={[
          say({ fr: 'Étape', en: 'Step' }),
          say({ fr: 'Jour', en: 'Day' }),
          say({ fr: 'Avec', en: 'With' }),
          say({ fr: 'Note', en: 'Note' }),
        ]}
        rows={steps.map(({ step, day, note, inspectors, dgesco }) => [
          say(STEP_WORDS[step]),
          say.day(day),
          [inspectors, dgesco].filter(Boolean).join(', ') || '–',
          note ?? '–',
        ])}
        empty=""
      />
      {view.mayManage && !opened ? <StepForm {...props} /> : null}
    </Frame>
  )
}

function StepForm({ asked, view, today }: OpeningProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Dater une étape', en: 'Give a step its day' })}</h2>
      <Form state={state}>
        <Choices
          state={state}
          name="step"
          kind="one"
          legend={say({ fr: 'Étape', en: 'Step' })}
          options={view.left.map((value) => ({ value, label: say(STEP_WORDS[value]) }))}
          chosen={view.left.slice(0, 1)}
        />
        <Field
          state={state}
          name="day"
          type="date"
          label={say({ fr: 'Jour', en: 'Day' })}
          value={today}
        />
        <Field state={state} name="note" optional label={say({ fr: 'Note', en: 'Note' })} />
        <Field
          state={state}
          name="caVoteDate"
          type="date"
          optional
          label={say({ fr: 'Vote du conseil d’administration', en: 'Vote of the school board' })}
        />
        <ExplorationFields state={state} />
        <ClassFields state={state} />
        <Acknowledge state={state} />
        <Button>{say({ fr: 'Dater cette étape', en: 'Give this step its day' })}</Button>
      </Form>
    </>
  )
}

function ExplorationFields({ state }: { state: FormState }): VNode {
  const { say } = state
  return (
    <Fieldset legend={say({ fr: 'Pour l’exploration', en: 'For the exploration' })}>
      <Field
        state={state}
        name="inspectors"
        optional="either"
        label={say({ fr: 'Corps d’inspection', en: 'Inspectors' })}
      />
      <Field
        state={state}
        name="dgesco"
        optional="either"
        label={say({ fr: 'Dgesco', en: 'Dgesco' })}
      />
    </Fieldset>
  )
}

function ClassFields({ state }: { state: FormState }): VNode {
  const { say } = state
  return (
    <Fieldset legend={say({ fr: 'Pour ouvrir la classe', en: 'To open the class' })}>
      <Field
        state={state}
        name="className"
        optional="either"
        label={say({ fr: 'Nom de la classe', en: 'Name of the class' })}
      />
      <Field
        state={state}
        name="mef"
        optional="either"
        label={say({ fr: 'Code MEF de la 2de pro', en: 'MEF code of the 2de pro' })}
      />
      <Field
        state={state}
        name="referentName"
        optional="either"
        label={say({ fr: 'Référent académique', en: 'Academic referent' })}
      />
    </Fieldset>
  )
}
