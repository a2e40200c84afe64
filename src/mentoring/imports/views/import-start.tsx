import type { VNode } from 'preact'
import type { Organisation } from '../../../people/store.js'
import { Table } from '../../../web/components/blocks.js'
import { FileDrop } from '../../../web/components/choices.js'
import { Button, Form, Select, type FormState } from '../../../web/components/form.js'
import { Layout } from '../../../web/layout.js'
import type { FormProblem } from '../../../web/page.js'
import { sayIn } from '../../../web/say.js'
import type { Visitor } from '../../../web/visitor.js'
import type { PastImport } from '../see.js'
import { schoolYearLabel } from '../../school-year.js'
import { IMPORT_TITLE } from './import-parts.js'

type Props = {
  visitor: Visitor
  problem: FormProblem | undefined
  schools: readonly Organisation[]
  past: readonly PastImport[]
  /** By the year that it starts in. */
  presentYear: number
}

/** Where a class list is given. */
export function ImportStartPage({ visitor, problem, schools, past, presentYear }: Props): VNode {
  const say = sayIn(visitor.language)
  const title = say(IMPORT_TITLE)
  const state = { say, csrfToken: visitor.csrfToken, problem }
  const wrong = problem ? say({ fr: 'Erreur : ', en: 'Error: ' }) : ''
  return (
    <Layout visitor={visitor} title={`${wrong}${title}`}>
      <h1>{title}</h1>
      <p>
        {say({
          fr: 'Donnez la liste des élèves que SIECLE exporte, ou un CSV. Vous verrez d’abord ce qui changerait ; rien n’est enregistré avant votre accord.',
          en: 'Give the list of students that SIECLE exports, or a CSV. You first see what would change; nothing is saved before you agree.',
        })}
      </p>
      <Form state={state} files>
        <SchoolChoice state={state} schools={schools} />
        <Select
          state={state}
          name="schoolYear"
          label={say({ fr: 'Année scolaire', en: 'School year' })}
          options={[presentYear + 1, presentYear, presentYear - 1].map((year) => ({
            value: String(year),
            label: schoolYearLabel(year),
          }))}
          value={String(presentYear)}
        />
        <FileDrop
          state={state}
          name="file"
          label={say({ fr: 'Liste des élèves', en: 'List of students' })}
          hint={say({
            fr: 'ElevesSansAdresses.xml, le zip dans lequel SIECLE l’exporte, ou un CSV dont la première ligne nomme les colonnes ; 8 Mio au plus',
            en: 'ElevesSansAdresses.xml, the zip in which SIECLE exports it, or a CSV whose first line names the columns; 8 MiB at most',
          })}
          accept=".xml,.zip,.csv,.txt"
        />
        <p class="soft">
          {say({
            fr: 'Nous gardons de chaque élève : nom, prénom, sexe, date de naissance (chiffrée), INE (sous forme d’empreinte), formation et division. Rien d’autre du fichier n’est gardé.',
            en: 'Of each student we keep: name, first name, sex, birth date (encrypted), INE (as a fingerprint), course and division. Nothing else of the file is kept.',
          })}
        </p>
        <p class="actions">
          <Button>{say({ fr: 'Voir l’aperçu', en: 'See the preview' })}</Button>
        </p>
      </Form>
      <PastImports say={say} past={past} />
    </Layout>
  )
}

/** With one school there is nothing to choose. */
function SchoolChoice(props: { state: FormState; schools: readonly Organisation[] }): VNode {
  const { state, schools } = props
  const { say } = state
  const [first, second] = schools
  if (first && !second) {
    return (
      <>
        <p>
          {say({ fr: 'Lycée : ', en: 'Lycée: ' })}
          <strong>{first.name}</strong> ({first.uai})
        </p>
        <input type="hidden" name="schoolId" value={first.publicId} />
      </>
    )
  }
  return (
    <Select
      state={state}
      name="schoolId"
      label={say({ fr: 'Lycée', en: 'Lycée' })}
      options={schools.map(({ publicId, name, uai }) => ({
        value: publicId,
        label: `${name} (${uai ?? ''})`,
      }))}
    />
  )
}

function PastImports({ say, past }: Pick<FormState, 'say'> & Pick<Props, 'past'>): VNode | null {
  if (past.length === 0) return null
  return (
    <>
      <h2>{say({ fr: 'Derniers imports', en: 'Last imports' })}</h2>
      <Table
        caption={say({ fr: 'Imports de vos lycées', en: 'Imports of your lycées' })}
        head={[
          say({ fr: 'Reçu', en: 'Receipt' }),
          say({ fr: 'Lycée', en: 'Lycée' }),
          say({ fr: 'Année', en: 'Year' }),
          say({ fr: 'Nouveaux', en: 'New' }),
          say({ fr: 'Mis à jour', en: 'Updated' }),
        ]}
        rows={past.map(({ id, school, importedAt, summary }) => [
          <a href={`/imports/${id}`}>{say.instant(importedAt)}</a>,
          school.name,
          schoolYearLabel(summary.schoolYear),
          say.number(summary.totals.new),
          say.number(summary.totals.updated),
        ])}
        empty=""
      />
    </>
  )
}
