import type { VNode } from 'preact'
import { FileDrop } from '../../web/components/choices.js'
import { Button, Form, type FormState } from '../../web/components/form.js'

type Props = {
  state: FormState
  /** The badge in base64url; undefined when it is too large to be taken along. */
  carried: string | undefined
}

/** The report as a file. The page carries the badge itself: the service has kept nothing of it. */
export function SaveReport({ state, carried }: Props): VNode {
  const { say } = state
  return (
    <Form state={state} action="/verify/report" files>
      {carried === undefined ? (
        <FileDrop
          state={state}
          name="file"
          label={say({ fr: 'Le fichier du badge, encore une fois', en: 'The file, once more' })}
          hint={say({
            fr: 'Il est gros, et nous ne l’avons pas gardé : redonnez-le pour avoir le rapport.',
            en: 'It is large, and we have not kept it: give it again to have the report.',
          })}
          accept=".png,.svg,.json,.jwt"
        />
      ) : (
        <input type="hidden" name="carried" value={carried} />
      )}
      <p class="actions">
        <Button>{say({ fr: 'Enregistrer le rapport (PDF)', en: 'Save the report (PDF)' })}</Button>
      </p>
    </Form>
  )
}
