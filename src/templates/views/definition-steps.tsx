import type { VNode } from 'preact'
import { Button, Form, type FormState } from '../../web/components/form.js'
import type { stepsWith } from '../see-templates.js'

export type Allowed = ReturnType<typeof stepsWith>
type StepProps = { state: FormState; allowed: Allowed }

export function Renewing({ state, allowed }: StepProps): VNode | null {
  const { say } = state
  if (!allowed.renew) return null
  return (
    <Form state={state}>
      <p>
        {say({
          fr: 'Pour changer ce badge, ouvrez une nouvelle version : un brouillon avec le même contenu. Les badges déjà attribués gardent la leur.',
          en: 'To change this badge, open a new version: a draft with the same content. Badges that were awarded keep theirs.',
        })}
      </p>
      <p class="actions">
        <Button kind="secondary" name="do" value="renew">
          {say({ fr: 'Ouvrir une nouvelle version', en: 'Open a new version' })}
        </Button>
      </p>
    </Form>
  )
}

export function Archiving({ state, allowed }: StepProps): VNode | null {
  const { say } = state
  if (!allowed.archive) return null
  return (
    <details>
      <summary>{say({ fr: 'Retirer ce badge', en: 'Withdraw this badge' })}</summary>
      <Form state={state}>
        <p>
          {say({
            fr: 'Un badge archivé n’est plus attribué et n’a plus de nouvelle version. Ceux qui l’ont été restent valables, et sa page publique reste en ligne. On ne peut pas revenir en arrière.',
            en: 'An archived badge is not awarded any more and has no new version. Those that were awarded stay valid, and its public page stays. This can’t be undone.',
          })}
        </p>
        <p class="actions">
          <Button kind="danger" name="do" value="archive">
            {say({ fr: 'Archiver ce badge', en: 'Archive this badge' })}
          </Button>
        </p>
      </Form>
    </details>
  )
}
