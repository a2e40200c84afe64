import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import { Notice, Table } from '../../../web/components/blocks.js'
import { Choices, FileDrop } from '../../../web/components/choices.js'
import { Button, Form, Select, type FormState } from '../../../web/components/form.js'
import { BATCHES, type BatchAct } from '../acts.data.js'
import type { CsvPreview } from '../preview-csv.js'
import { WAY } from './new-batch.js'
import { NotReady, Said } from './parts.js'
import { countsIn } from './wording.js'

const TITLE = { fr: 'Un lot à partir d’un fichier CSV', en: 'A batch from a CSV file' }

/** Where the file is given. */
export function CsvView({ asked, acts }: { asked: Asked; acts: readonly BatchAct[] }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Sheet asked={asked} title={TITLE} way={WAY(say)}>
      <p>
        {say({
          fr: 'La première ligne nomme les colonnes : « élève » (l’identifiant à la fin de l’adresse de sa page) ou « ine », « badge » (l’identifiant dans l’adresse de sa définition), et si besoin « version », « fonction », « commentaire ». Vous verrez d’abord ce qui serait fait ; rien ne l’est avant votre accord.',
          en: 'The first line names the columns: “student” (the id at the end of the address of their page) or “ine”, “badge” (the id in the address of its definition), and where needed “version”, “function”, “comment”. You first see what would be done; nothing is before you agree.',
        })}
      </p>
      <Form state={state} files>
        <Select
          state={state}
          name="act"
          label={say({ fr: 'Étape', en: 'Step' })}
          options={acts.map((act) => ({ value: act, label: say(BATCHES[act].title) }))}
        />
        <FileDrop
          state={state}
          name="file"
          label={say({ fr: 'Fichier CSV', en: 'CSV file' })}
          hint={say({
            fr: 'Séparé par « ; », « , » ou des tabulations ; 2 000 lignes au plus',
            en: 'Separated by “;”, “,” or tabs; 2,000 rows at most',
          })}
          accept=".csv,.txt"
        />
        <p class="actions">
          <Button>{say({ fr: 'Voir ce qui serait fait', en: 'See what would be done' })}</Button>
        </p>
      </Form>
    </Sheet>
  )
}

type Props = { asked: Asked; preview: CsvPreview; sealed: string; batchKey: string }

/** What the file would do: totals, what is wrong with which row, and the one button. */
export function CsvPreviewView({ asked, preview, sealed, batchKey }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { act, rows, faults, lines, counts } = preview
  const own = new Set(rows.flatMap((row) => [row.function && 'function', row.comment && 'comment']))
  return (
    <Sheet asked={asked} title={BATCHES[act].title} way={WAY(say)}>
      <p>
        {countsIn(say, counts)}
        {faults.length > 0
          ? say({ fr: ` · Faux : ${faults.length}`, en: ` · Wrong: ${faults.length}` })
          : ''}
      </p>
      <Faults state={state} preview={preview} />
      <NotReady say={say} lines={lines} />
      {rows.length > 0 ? (
        <Form state={state} files>
          <input type="hidden" name="key" value={batchKey} />
          <input type="hidden" name="sealed" value={sealed} />
          {faults.length > 0 ? <LeaveOut state={state} /> : null}
          <Said state={state} act={act} optional={own.has('function') || own.has('comment')} />
          <p class="actions">
            <Button kind={act === 'revoke' ? 'danger' : 'primary'}>{say(BATCHES[act].verb)}</Button>
          </p>
        </Form>
      ) : null}
    </Sheet>
  )
}

function Faults({ state, preview }: { state: FormState; preview: CsvPreview }): VNode | null {
  const { say } = state
  if (preview.faults.length === 0) return null
  return (
    <>
      <Notice kind="warning">
        <p>
          {say({
            fr: 'Certaines lignes du fichier sont fausses. Corrigez-les dans le fichier, ou laissez-les de côté.',
            en: 'Some rows of the file are wrong. Mend them in the file, or leave them out.',
          })}
        </p>
      </Notice>
      <Table
        caption={say({ fr: 'Lignes fausses', en: 'Wrong rows' })}
        head={[
          say({ fr: 'Ligne', en: 'Line' }),
          say({ fr: 'Colonne', en: 'Column' }),
          say({ fr: 'Forme de la valeur', en: 'Shape of the value' }),
          say({ fr: 'Que faire', en: 'What to do' }),
        ]}
        rows={preview.faults.map(({ line, column, shape, words }) => [
          say.number(line),
          column,
          <code>{shape}</code>,
          say(words),
        ])}
        empty=""
      />
    </>
  )
}

function LeaveOut({ state }: { state: FormState }): VNode {
  const { say } = state
  return (
    <Choices
      state={state}
      name="leaveOut"
      kind="several"
      legend={say({ fr: 'Lignes fausses', en: 'Wrong rows' })}
      options={[
        {
          value: 'yes',
          label: say({
            fr: 'Laisser ces lignes de côté et envoyer les autres',
            en: 'Leave these rows out and send the others',
          }),
        },
      ]}
    />
  )
}
