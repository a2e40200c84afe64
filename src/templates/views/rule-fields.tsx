import type { VNode } from 'preact'
import { Fieldset } from '../../web/components/choices.js'
import { Button, Field, Select, type FormState } from '../../web/components/form.js'
import { mayAddRow, PLACEMENT, rowsOf } from '../design-form.js'
import { held, type FieldsProps } from './designer-fields.js'

/** The evidence that a badge asks for, as sentences with blanks. */
export function RuleFields({ state, values }: FieldsProps): VNode {
  const { say } = state
  const rows = Array.from({ length: rowsOf(values, 'rule') }, (_, row) => row)
  return (
    <Fieldset legend={say({ fr: 'Preuves demandées', en: 'Evidence that it takes' })}>
      <p class="hint">
        {say({
          fr: 'Toutes les phrases doivent être vraies pour proposer le badge. Une phrase sans nombre ne compte pas.',
          en: 'All sentences must be true before the badge is proposed. A sentence without a number does not count.',
        })}
      </p>
      <input type="hidden" name="rule-rows" value={String(rows.length)} />
      {rows.map((row) => (
        <Sentence key={row} state={state} values={values} row={row} />
      ))}
      {mayAddRow(values, 'rule') ? (
        <p>
          <Button kind="secondary" name="do" value="add-requirement">
            {say({ fr: 'Ajouter une phrase', en: 'Add a sentence' })}
          </Button>
        </p>
      ) : null}
    </Fieldset>
  )
}

/** « Au moins [8] [heures de mentorat de projet] avec [notre entreprise] » */
function Sentence({ state, values, row }: FieldsProps & { row: number }): VNode {
  const { say } = state
  const name = (key: string) => `rule-${row}-${key}`
  return (
    <Fieldset legend={say({ fr: `Preuve ${row + 1}`, en: `Evidence ${row + 1}` })}>
      <div class="fields sentence">
        <Field
          state={state}
          name={name('amount')}
          label={say({ fr: 'Au moins', en: 'At least' })}
          optional
          {...held(values, name('amount'))}
        />
        <Select
          state={state}
          name={name('what')}
          label={say({ fr: 'de quoi', en: 'of what' })}
          options={whatIsAsked(say)}
          {...held(values, name('what'))}
        />
        <Select
          state={state}
          name={name('who')}
          label={say({ fr: 'avec', en: 'with' })}
          options={[
            { value: 'own', label: say({ fr: 'notre entreprise', en: 'our company' }) },
            {
              value: 'partner',
              label: say({ fr: 'une entreprise partenaire', en: 'a partner company' }),
            },
          ]}
          {...held(values, name('who'))}
        />
      </div>
    </Fieldset>
  )
}

function whatIsAsked(say: FormState['say']) {
  return [
    {
      value: 'PROJET',
      label: say({ fr: 'heures de mentorat de projet', en: 'hours of project mentoring' }),
    },
    {
      value: 'IMMERSION',
      label: say({ fr: 'heures de mentorat en immersion', en: 'hours of mentoring in immersion' }),
    },
    {
      value: 'CARRIERE',
      label: say({ fr: 'heures de mentorat de carrière', en: 'hours of career mentoring' }),
    },
    {
      value: 'ANY',
      label: say({
        fr: 'heures de mentorat, quel qu’il soit',
        en: 'hours of mentoring of any kind',
      }),
    },
    {
      value: PLACEMENT,
      label: say({ fr: 'jours d’un même stage (PFMP)', en: 'days of one placement (PFMP)' }),
    },
  ]
}
