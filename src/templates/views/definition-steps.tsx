import type { VNode } from 'preact'
import { Notice } from '../../web/components/blocks.js'
import { Card } from '../../web/components/certificate.js'
import { Button, Form, type FormState } from '../../web/components/form.js'
import type { stepsWith } from '../see-templates.js'
import type { Version } from '../store.js'

export type Allowed = ReturnType<typeof stepsWith>
type StepProps = { state: FormState; allowed: Allowed }

/** What publishing means, before it is done; for who may not: who may. */
export function Publishing({
  state,
  allowed,
  version,
}: StepProps & { version: Version }): VNode | null {
  const { say } = state
  if (!allowed.publish) {
    if (!allowed.edit) return null
    return (
      <Notice>
        <p>
          {say({
            fr: 'Ce brouillon n’est visible que dans votre entreprise. Un administrateur de l’entreprise peut le publier.',
            en: 'This draft can be seen in your company only. An administrator of the company can publish it.',
          })}
        </p>
      </Notice>
    )
  }
  return (
    <Card id="publish" title={say({ fr: 'Publier cette version', en: 'Publish this version' })}>
      <p>
        {say({
          fr: 'Relisez-la d’abord. Une version publiée ne peut plus changer : pour la corriger, il faut une nouvelle version. En la publiant, vous engagez l’entreprise, qui signe cette définition avec sa clé ; la page du badge devient publique, et vos lycées partenaires peuvent l’attribuer.',
          en: 'Read it again first. A published version can’t change any more: to correct it takes a new version. By publishing it you commit the company, which signs this definition with its key; the badge’s page becomes public, and your partner schools can award it.',
        })}
      </p>
      <Form state={state}>
        <input type="hidden" name="digest" value={version.digest} />
        <p class="actions">
          <Button name="do" value="publish">
            {say({
              fr: `Publier et signer la version ${version.number}`,
              en: `Publish and sign version ${version.number}`,
            })}
          </Button>
        </p>
      </Form>
    </Card>
  )
}

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
