import type { VNode } from 'preact'
import { FileDrop } from '../../web/components/choices.js'
import { Button, Field, Form, type FormState } from '../../web/components/form.js'
import type { Say } from '../../web/say.js'

/** The question: a badge, a link or a code in one field, a file to drop, or a QR code to show. */
export function AskForBadge({ state }: { state: FormState }): VNode {
  const { say } = state
  return (
    <>
      <p>
        {say({
          fr: 'Donnez ce que vous avez reçu : un lien, un code, un fichier ou le texte du badge. Nous regardons sa signature, qui l’a délivré, ses dates, s’il a été retiré, et qui l’endosse. Rien n’est gardé.',
          en: 'Give what you received: a link, a code, a file or the text of the badge. We look at its signature, who issued it, its dates, whether it was withdrawn, and who endorses it. Nothing is kept.',
        })}
      </p>
      <Form state={state} files>
        <Field
          state={state}
          name="badge"
          label={say({ fr: 'Le lien, le code ou le badge', en: 'The link, the code or the badge' })}
          hint={say({
            fr: 'Par exemple https://…, ou 7K3M-Q0ZD, ou tout le texte du badge',
            en: 'For example https://…, or 7K3M-Q0ZD, or the whole text of the badge',
          })}
          type="textarea"
          rows={3}
          optional="either"
        />
        <Camera say={say} />
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
        <Field
          state={state}
          name="name"
          label={say({
            fr: 'Avec un code : un nom à comparer',
            en: 'With a code: a name to compare',
          })}
          hint={say({
            fr: 'Prénom et nom, comme sur le CV. Vous saurez si c’est le même, si la personne l’a permis. Aucun nom n’est montré ni gardé.',
            en: 'Given and family name, as on the CV. You will know whether it is the same, if the person has allowed it. No name is shown or kept.',
          })}
          optional
        />
        <p class="actions">
          <Button>{say({ fr: 'Vérifier ce badge', en: 'Verify this badge' })}</Button>
        </p>
      </Form>
    </>
  )
}

/** Shown by assets/verify.js where the browser reads QR codes; its sentences are the data here. */
function Camera({ say }: { say: Say }): VNode {
  const sentences = Object.entries(SENTENCES).map(
    ([name, words]) => [`data-${name}`, say(words)] as const,
  )
  return (
    <div class="field camera" hidden data-camera {...Object.fromEntries(sentences)}>
      <p class="actions">
        <button type="button" class="button secondary">
          {say({ fr: 'Lire un code QR avec la caméra', en: 'Read a QR code with the camera' })}
        </button>
        <button type="button" class="button secondary" hidden>
          {say({ fr: 'Arrêter la caméra', en: 'Stop the camera' })}
        </button>
      </p>
      <video
        hidden
        playsinline
        muted
        aria-label={say({ fr: 'Ce que voit la caméra', en: 'What the camera sees' })}
      />
      <p role="status" />
    </div>
  )
}

const SENTENCES = {
  asking: {
    fr: 'Votre navigateur demande si la caméra peut être utilisée. L’image reste dans votre appareil.',
    en: 'Your browser asks whether the camera may be used. The picture stays in your device.',
  },
  looking: {
    fr: 'Tenez le code QR devant la caméra.',
    en: 'Hold the QR code before the camera.',
  },
  found: {
    fr: 'Code lu : vérification en cours.',
    en: 'Code read: now verifying.',
  },
  stopped: { fr: 'La caméra est arrêtée.', en: 'The camera is stopped.' },
  refused: {
    fr: 'La caméra n’a pas été autorisée. Autorisez-la dans votre navigateur, ou tapez le code écrit à côté du code QR.',
    en: 'The camera was not allowed. Allow it in your browser, or type the code written beside the QR code.',
  },
  failed: {
    fr: 'La caméra ne marche pas ici. Tapez le code écrit à côté du code QR.',
    en: 'The camera does not work here. Type the code written beside the QR code.',
  },
} as const
