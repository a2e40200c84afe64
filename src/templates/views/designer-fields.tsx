import type { VNode } from 'preact'
import { Fieldset } from '../../web/components/choices.js'
import { Button, Field, Select, type FormState } from '../../web/components/form.js'
import { mayAddRow, OTHER_THEME, rowsOf, type FormValues } from '../design-form.js'
import { THEMES } from '../../credential/themes.data.js'
import { COMPLEMENTS_SENTENCE } from '../definition.js'
import { EXAMPLE_CRITERIA } from '../examples.js'
import { FRAMEWORK_NAMES, FRAMEWORKS } from '../frameworks.js'
import { themeWords } from '../wording.js'

export type FieldsProps = { state: FormState; values: FormValues }

/** What a field holds already, unless there is nothing. */
export function held(values: FormValues, name: string): { value?: string } {
  const value = values[name]
  return value === undefined ? {} : { value }
}

export function TextFields({ state, values }: FieldsProps): VNode {
  const { say } = state
  return (
    <Fieldset legend={say({ fr: 'Ce que dit le badge', en: 'What the badge says' })}>
      <Field
        state={state}
        name="name"
        label={say({ fr: 'Nom', en: 'Name' })}
        hint={say({
          fr: 'La compétence, qui commence par un verbe : « Contrôler une pièce ». 80 caractères au plus.',
          en: 'The competency, in French, beginning with a verb. 80 characters at most.',
        })}
        {...held(values, 'name')}
      />
      <Field
        state={state}
        name="description"
        type="textarea"
        rows={3}
        label={say({ fr: 'Description', en: 'Description' })}
        hint={say({
          fr: 'En une ou deux phrases, pour qui ne connaît pas le métier. 400 caractères au plus.',
          en: 'In one or two sentences, for whoever does not know the trade. 400 characters at most.',
        })}
        {...held(values, 'description')}
      />
      <Field
        state={state}
        name="criteria"
        type="textarea"
        rows={12}
        label={say({ fr: 'Critères', en: 'Criteria' })}
        hint={say({
          fr: 'Ce que l’élève fait, et que l’on peut voir. En Markdown : « - » ouvre une ligne de liste, **deux étoiles** mettent en gras.',
          en: 'What the student does, and can be seen doing. In Markdown: “- ” begins a line of a list, **two stars** make bold.',
        })}
        {...held(values, 'criteria')}
      />
      <ExampleCriteria state={state} />
      <Theme state={state} values={values} />
    </Fieldset>
  )
}

function ExampleCriteria({ state: { say } }: { state: FormState }): VNode {
  return (
    <details class="field">
      <summary>
        {say({ fr: 'Voir un exemple de critères', en: 'See an example of criteria' })}
      </summary>
      <pre lang="fr">{EXAMPLE_CRITERIA}</pre>
      <Button kind="secondary" name="do" value="insert-example">
        {say({ fr: 'Insérer cet exemple', en: 'Insert this example' })}
      </Button>
    </details>
  )
}

function Theme({ state, values }: FieldsProps): VNode {
  const { say } = state
  const options = THEMES.map((theme) => ({ value: theme, label: say(themeWords(theme)) }))
  const other = { value: OTHER_THEME, label: say({ fr: 'Un autre thème', en: 'Another theme' }) }
  return (
    <>
      <Select
        state={state}
        name="theme"
        label={say({ fr: 'Thème', en: 'Theme' })}
        options={[...options, other]}
        {...held(values, 'theme')}
      />
      <Field
        state={state}
        name="themeOther"
        label={say({ fr: 'Cet autre thème', en: 'That other theme' })}
        hint={say({
          fr: 'Si vous avez choisi « Un autre thème ».',
          en: 'If you have chosen “Another theme”.',
        })}
        optional
        {...held(values, 'themeOther')}
      />
    </>
  )
}

export function ComplementFields({ state, values }: FieldsProps): VNode {
  const { say } = state
  return (
    <Fieldset legend={say({ fr: 'Le diplôme qu’il complète', en: 'The diploma it complements' })}>
      <p lang="fr">{COMPLEMENTS_SENTENCE}</p>
      <Field
        state={state}
        name="complements-label"
        label={say({ fr: 'Diplôme', en: 'Diploma' })}
        hint={say({
          fr: 'Par exemple : Bac pro Plastiques et composites.',
          en: 'For example: Bac pro Plastiques et composites.',
        })}
        {...held(values, 'complements-label')}
      />
      <div class="fields">
        <Field
          state={state}
          name="complements-rncp"
          label={say({ fr: 'Numéro RNCP', en: 'RNCP number' })}
          hint={say({
            fr: 'Ou le CFD. Exemple : RNCP38566.',
            en: 'Or the CFD. Example: RNCP38566.',
          })}
          optional
          {...held(values, 'complements-rncp')}
        />
        <Field
          state={state}
          name="complements-cfd"
          label={say({ fr: 'Code de formation (CFD)', en: 'Code of the course (CFD)' })}
          hint={say({ fr: 'Huit chiffres.', en: 'Eight figures.' })}
          optional
          {...held(values, 'complements-cfd')}
        />
      </div>
    </Fieldset>
  )
}

export function AlignmentFields({ state, values }: FieldsProps): VNode {
  const { say } = state
  const rows = Array.from({ length: rowsOf(values, 'alignments') }, (_, row) => row)
  return (
    <Fieldset legend={say({ fr: 'Correspondances', en: 'Alignments' })}>
      <p class="hint">
        {say({
          fr: 'Ce que d’autres référentiels disent de cette compétence. Une ligne vide ne compte pas ; effacez une ligne pour la retirer. Tout reste « non vérifié » tant qu’une inspection ne l’a pas confirmé.',
          en: 'What other frameworks say of this competency. An empty line does not count; clear a line to take it away. All stays “not verified” until an inspector has confirmed it.',
        })}
      </p>
      <input type="hidden" name="alignments-rows" value={String(rows.length)} />
      {rows.map((row) => (
        <AlignmentRow key={row} state={state} values={values} row={row} />
      ))}
      {mayAddRow(values, 'alignments') ? (
        <p>
          <Button kind="secondary" name="do" value="add-alignment">
            {say({ fr: 'Ajouter une ligne', en: 'Add a line' })}
          </Button>
        </p>
      ) : null}
    </Fieldset>
  )
}

function AlignmentRow({ state, values, row }: FieldsProps & { row: number }): VNode {
  const { say } = state
  const name = (key: string) => `alignments-${row}-${key}`
  return (
    <Fieldset legend={say({ fr: `Correspondance ${row + 1}`, en: `Alignment ${row + 1}` })}>
      <div class="fields">
        <Select
          state={state}
          name={name('framework')}
          label={say({ fr: 'Référentiel', en: 'Framework' })}
          options={FRAMEWORK_NAMES.map((one) => ({
            value: one,
            label: `${one} (${FRAMEWORKS[one].example})`,
          }))}
          {...held(values, name('framework'))}
        />
        <Field
          state={state}
          name={name('code')}
          label={say({ fr: 'Code', en: 'Code' })}
          optional
          {...held(values, name('code'))}
        />
      </div>
      <Field
        state={state}
        name={name('name')}
        label={say({ fr: 'Intitulé', en: 'Title' })}
        optional
        {...held(values, name('name'))}
      />
    </Fieldset>
  )
}

export function ValidityField({ state, values }: FieldsProps): VNode {
  const { say } = state
  return (
    <Fieldset legend={say({ fr: 'Durée', en: 'Duration' })}>
      <Field
        state={state}
        name="validityMonths"
        label={say({ fr: 'Mois de validité', en: 'Months of validity' })}
        hint={say({
          fr: 'Laissez vide si cette compétence ne se périme pas.',
          en: 'Leave it empty if this competency does not go out of date.',
        })}
        optional
        {...held(values, 'validityMonths')}
      />
    </Fieldset>
  )
}
