import type { VNode } from 'preact'
import { Notice } from '../../../web/components/blocks.js'
import { Button, Field, Form } from '../../../web/components/form.js'
import { formStateOf, Sheet, type Asked } from '../../views/sheet.js'
import type { ContactLink } from '../confirm-contact.js'

/** By the link that was sent to a private address. */
export function ContactLinkPage({ asked, link }: { asked: Asked; link: ContactLink }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Sheet
      asked={asked}
      title={{ fr: 'Confirmer mon adresse privée', en: 'Confirm my private address' }}
      way={[{ href: '/my-badges', title: say({ fr: 'Mes badges', en: 'My badges' }) }]}
    >
      {link.isConfirmed ? (
        <Notice kind="success">
          <p>
            {say({
              fr: 'Cette adresse est confirmée. Elle vous laissera entrer quand votre lycée aura fermé votre accès.',
              en: 'This address is confirmed. It will let you in once your school has closed your access.',
            })}
          </p>
        </Notice>
      ) : (
        <Form state={state}>
          <p>
            {say({ fr: 'L’adresse ', en: 'Is the address ' })}
            <strong>{link.address}</strong>
            {say({
              fr: ' est-elle la vôtre ? Elle vous laissera entrer quand votre lycée aura fermé votre accès.',
              en: ' yours? It will let you in once your school has closed your access.',
            })}
          </p>
          <Button>{say({ fr: 'Confirmer cette adresse', en: 'Confirm this address' })}</Button>
        </Form>
      )}
    </Sheet>
  )
}

/** For who has left school. */
export function WayInPage({ asked }: { asked: Asked }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Sheet asked={asked} title={{ fr: 'J’ai quitté mon lycée', en: 'I have left my school' }}>
      <p>
        {say({
          fr: 'Donnez l’adresse privée que vous aviez confirmée : un lien y est envoyé, pour choisir un mot de passe. Vous vous connectez ensuite avec cette adresse.',
          en: 'Give the private address that you had confirmed: a link is sent there, to choose a password. You then sign in with that address.',
        })}
      </p>
      <Form state={state}>
        <Field
          state={state}
          name="email"
          type="email"
          autocomplete="email"
          label={say({ fr: 'Adresse électronique privée', en: 'Private e-mail address' })}
        />
        <Button>{say({ fr: 'Envoyer le lien', en: 'Send the link' })}</Button>
      </Form>
      <h2>{say({ fr: 'Je n’en ai pas donné', en: 'I gave none' })}</h2>
      <p>
        {say({
          fr: 'Votre mot de passe et votre clé d’accès servent encore. Si vous les avez perdus : avec une adresse du lycée, ',
          en: 'Your password and your passkey still serve. If you have lost them: with a school address, ',
        })}
        <a href="/recover">
          {say({ fr: 'demandez à retrouver l’accès', en: 'ask to get access back' })}
        </a>
        {say({
          fr: ' : deux personnes de votre ancien lycée confirment que c’est vous. Sans adresse, demandez-leur une nouvelle carte, puis ',
          en: ': two people of your former school confirm that it is you. Without an address, ask them for a new card, then ',
        })}
        <a href="/sign-in/code">
          {say({ fr: 'entrez avec son code', en: 'come in with its code' })}
        </a>
        .
      </p>
    </Sheet>
  )
}
