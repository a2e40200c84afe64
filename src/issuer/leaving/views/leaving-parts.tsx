import type { VNode } from 'preact'
import { Notice } from '../../../web/components/blocks.js'
import { Button, ButtonLink, Form, type FormState } from '../../../web/components/form.js'
import type { Leaving } from '../see-leaving.js'
import { withoutDay } from '../../rights/views/kept.js'

type Props = { state: FormState; leaving: Leaving }

/** Before the badges of somebody who leaves: what stays, and the one thing that is asked; nothing for all others. */
export function LeavingNotice({ state, leaving }: Props): VNode | null {
  const { stage, contact, isClosed } = leaving
  if (stage === 'left') return <HasLeft {...{ state, leaving }} />
  if (stage === 'before' || contact.putOff || isClosed) return null
  return contact.address === undefined ? <AskForContact {...{ state, leaving }} /> : null
}

function AskForContact({ state, leaving: { contact } }: Props): VNode {
  const { say } = state
  return (
    <section class="sheet" aria-labelledby="leaving">
      <h2 id="leaving">{say({ fr: 'Après le lycée', en: 'After school' })}</h2>
      <p>
        {contact.asked === undefined
          ? say({
              fr: 'Vos badges restent à vous quand le lycée ferme votre accès. Pour pouvoir encore entrer, donnez une adresse électronique qui n’est pas celle du lycée. Ce n’est pas obligatoire.',
              en: 'Your badges stay yours when the school closes your access. To be able to come in still, give an e-mail address that is not the school’s. It is not compulsory.',
            })
          : say({
              fr: 'Votre adresse privée attend sa confirmation : ouvrez le lien du courriel.',
              en: 'Your private address waits for its confirmation: open the link in the mail.',
            })}
      </p>
      <div class="actions">
        <ButtonLink href="/my-contact">
          {contact.asked === undefined
            ? say({ fr: 'Donner une adresse privée', en: 'Give a private address' })
            : say({ fr: 'Voir mon adresse privée', en: 'See my private address' })}
        </ButtonLink>
        <Form state={{ ...state, problem: undefined }} action="/my-contact">
          <Button kind="secondary" name="do" value="later">
            {say({ fr: 'Pas maintenant', en: 'Not now' })}
          </Button>
        </Form>
      </div>
    </section>
  )
}

function HasLeft({ state: { say }, leaving: { contact, keptUntil, isClosed } }: Props): VNode {
  const until = typeof keptUntil === 'string' ? say.day(keptUntil) : undefined
  return (
    <Notice kind={contact.address === undefined ? 'warning' : 'info'}>
      <p>
        {isClosed
          ? say({
              fr: 'Votre lycée a fermé votre accès. Vos badges et vos liens restent à vous.',
              en: 'Your school has closed your access. Your badges and your links stay yours.',
            })
          : say({
              fr: 'Votre scolarité est terminée. Vos badges et vos liens restent à vous.',
              en: 'Your schooling has ended. Your badges and your links stay yours.',
            })}
        {until === undefined
          ? null
          : say({
              fr: ` Ce compte et ses liens sont gardés jusqu’au ${until} ; après, vos fichiers se vérifient encore. Emportez-les.`,
              en: ` This account and its links are kept until ${until}; after that, your files can still be verified. Take them away.`,
            })}
      </p>
      {typeof keptUntil === 'object' ? <p>{withoutDay(keptUntil, say)}</p> : null}
      {contact.address === undefined ? (
        <p>
          <a href="/my-contact">
            {say({
              fr: 'Donnez une adresse privée : sans elle, un mot de passe perdu se retrouve seulement au lycée.',
              en: 'Give a private address: without one, a lost password is got back at the school alone.',
            })}
          </a>
        </p>
      ) : null}
    </Notice>
  )
}

/** What is taken away: in files, and on paper. */
export function TakeAway({
  state,
  takenOn,
}: {
  state: FormState
  takenOn: string | undefined
}): VNode {
  const { say } = state
  return (
    <section aria-labelledby="take-away">
      <h2 id="take-away">{say({ fr: 'Emporter mes badges', en: 'Take my badges away' })}</h2>
      <p>
        {say({
          fr: 'Un dossier avec tout : chaque badge signé, en images et sur une feuille, une page à lire sans internet, et de quoi vérifier que rien n’a changé.',
          en: 'One folder with everything: each signed badge, in pictures and on a sheet, a page to read without internet, and what shows that nothing was changed.',
        })}
        {takenOn === undefined
          ? null
          : say({
              fr: ` Emporté la dernière fois le ${say.day(takenOn)}.`,
              en: ` Taken the last time on ${say.day(takenOn)}.`,
            })}
      </p>
      <div class="actions">
        <Form state={{ ...state, problem: undefined }} action="/my-portfolio">
          <Button kind="secondary">
            {say({ fr: 'Télécharger le dossier (ZIP)', en: 'Download the folder (ZIP)' })}
          </Button>
        </Form>
        <ButtonLink href="/my-codes" kind="secondary">
          {say({ fr: 'Imprimer une feuille avec des codes', en: 'Print a sheet with codes' })}
        </ButtonLink>
      </div>
    </section>
  )
}
