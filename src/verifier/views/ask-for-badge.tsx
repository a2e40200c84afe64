import type { VNode } from 'preact'
import { FileDrop } from '../../web/components/choices.js'
import { Button, Field, Form, type FormState } from '../../web/components/form.js'

/** The question: a badge or a link to paste, or a file to drop. */
export function AskForBadge({ state }: { state: FormState }): VNode {
  const { say } = state
  return (
    <>
      <p>
        {say({
          fr: 'Collez le badge ou son lien, ou donnez son image. Nous regardons sa signature, qui l’a délivré, ses dates, s’il a été révoqué, et qui l’endosse. Rien n’est gardé.',
          en: 'Paste the badge or its link, or give its picture. We look at its signature, who issued it, its dates, whether it was revoked, and who endorses it. Nothing is kept.',
        })}
      </p>
      <Form state={state} files>
        <Field
          state={state}
          name="badge"
          label={say({ fr: 'Le badge ou son lien', en: 'The badge or its link' })}
          hint={say({
            fr: 'Une adresse https://, ou le texte du badge (JSON ou jeton)',
            en: 'An https:// address, or the text of the badge (JSON or a token)',
          })}
          type="textarea"
          rows={3}
          optional="either"
        />
        <FileDrop
          state={state}
          name="file"
          label={say({ fr: 'Ou son fichier', en: 'Or its file' })}
          hint={say({
            fr: 'Déposez-le ici ou choisissez-le : image PNG ou SVG, ou fichier JSON, 2 Mio au plus',
            en: 'Drop it here or choose it: PNG or SVG image, or JSON file, 2 MiB at most',
          })}
          accept=".png,.svg,.json,.jwt"
          optional="either"
        />
        <p class="actions">
          <Button>{say({ fr: 'Vérifier ce badge', en: 'Verify this badge' })}</Button>
        </p>
      </Form>
    </>
  )
}
