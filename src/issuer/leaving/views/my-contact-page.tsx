import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import { Facts, Notice } from '../../../web/components/blocks.js'
import { Button, Field, Form, type FormState } from '../../../web/components/form.js'
import type { Leaving } from '../see-leaving.js'

type Props = {
  asked: Asked
  leaving: Leaving
  /** Of the page where it is confirmed: in a demo nobody has a mailbox. */
  url?: string
}

/** The address that stays with a student after school: given, waiting, changed, taken back. */
export function MyContactPage({ asked, leaving, url }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { stage, contact } = leaving
  const way = [{ href: '/my-badges', title: say({ fr: 'Mes badges', en: 'My badges' }) }]
  return (
    <Sheet asked={asked} title={{ fr: 'Mon adresse privée', en: 'My private address' }} way={way}>
      <p>
        {say({
          fr: 'Une adresse électronique à vous, pour revenir à vos badges quand le lycée aura fermé votre accès. Elle ne sert à rien d’autre ; le lycée voit seulement si vous en avez une, jamais laquelle. Elle est effacée avec votre compte.',
          en: 'An e-mail address of your own, to come back to your badges once the school has closed your access. It serves for nothing else; the school sees only whether you have one, never which. It is erased with your account.',
        })}
      </p>
      {url === undefined ? null : (
        <Notice kind="info">
          <p>
            {say({
              fr: 'Dans la démonstration, aucun courriel ne part. Voici son lien : ',
              en: 'In the demo no mail is sent. Here is its link: ',
            })}
            <a href={url}>{say({ fr: 'confirmer l’adresse', en: 'confirm the address' })}</a>
          </p>
        </Notice>
      )}
      <Standing state={state} contact={contact} />
      {stage === 'before' ? (
        <p>
          {say({
            fr: 'Elle est demandée à partir de la terminale : avant, le service n’en a pas besoin.',
            en: 'It is asked for from Terminale (the last year) on: before, the service does not need it.',
          })}
        </p>
      ) : (
        <Give state={state} contact={contact} />
      )}
      {contact.address === undefined && contact.asked === undefined ? null : (
        <Form state={{ ...state, problem: undefined }}>
          <Button kind="secondary" name="do" value="remove">
            {say({ fr: 'Retirer mon adresse privée', en: 'Remove my private address' })}
          </Button>
        </Form>
      )}
    </Sheet>
  )
}

type PartProps = { state: FormState; contact: Leaving['contact'] }

function Standing({ state: { say }, contact: { address, asked } }: PartProps): VNode | null {
  if (address === undefined && asked === undefined) return null
  return (
    <Facts
      facts={[
        ...(address === undefined
          ? []
          : ([[say({ fr: 'Confirmée', en: 'Confirmed' }), address]] as const)),
        ...(asked === undefined
          ? []
          : ([
              [say({ fr: 'À confirmer par son lien', en: 'To be confirmed by its link' }), asked],
            ] as const)),
      ]}
    />
  )
}

function Give({ state, contact }: PartProps): VNode {
  const { say } = state
  return (
    <Form state={state}>
      <input type="hidden" name="do" value="give" />
      <Field
        state={state}
        name="email"
        type="email"
        autocomplete="email"
        label={
          contact.address === undefined
            ? say({ fr: 'Adresse électronique privée', en: 'Private e-mail address' })
            : say({ fr: 'Une autre adresse', en: 'Another address' })
        }
        hint={
          contact.address === undefined
            ? say({
                fr: 'Un lien y est envoyé, valable trois jours.',
                en: 'A link is sent there, good for three days.',
              })
            : say({
                fr: 'Un lien y est envoyé, valable trois jours. L’adresse d’avant compte jusqu’à ce que la nouvelle soit confirmée.',
                en: 'A link is sent there, good for three days. The address of before counts until the new one is confirmed.',
              })
        }
      />
      <Button>{say({ fr: 'Envoyer le lien', en: 'Send the link' })}</Button>
    </Form>
  )
}
