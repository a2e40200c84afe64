import type { VNode } from 'preact'
import { Button, Form, type FormState } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import type { Words } from '../../../words.js'
import type { ExportInput } from '../export-records.js'

const NAMES: Readonly<Record<ExportInput['what'], Words>> = {
  students: { fr: 'Élèves', en: 'Students' },
  sessions: { fr: 'Séances', en: 'Sessions' },
  placements: { fr: 'Périodes en entreprise', en: 'Placements' },
}

/** The two forms in which something is taken away: for spreadsheets, and for anything. */
export function Downloads({ say, what }: { say: Say; what: ExportInput['what'] }): VNode {
  const name = say(NAMES[what])
  return (
    <div class="actions">
      <Button kind="secondary" name={what} value="ods">
        {say({ fr: `${name} (tableur ODS)`, en: `${name} (ODS spreadsheet)` })}
      </Button>
      <Button kind="secondary" name={what} value="csv">
        {`${name} (CSV)`}
      </Button>
    </div>
  )
}

/** On the page of a cohort: its students, to be taken away. */
export function StudentsDownload(props: { state: FormState; cohortId: string }): VNode {
  const { state, cohortId } = props
  return (
    <Form state={state} action="/exports">
      <input type="hidden" name="cohortId" value={cohortId} />
      <Downloads say={state.say} what="students" />
      <p>
        <a href="/exports">
          {state.say({ fr: 'Tous les exports du lycée', en: 'All exports of the lycée' })}
        </a>
      </p>
    </Form>
  )
}
