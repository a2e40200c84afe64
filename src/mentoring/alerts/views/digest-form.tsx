import type { VNode } from 'preact'
import { Notice } from '../../../web/components/blocks.js'
import { Choices } from '../../../web/components/choices.js'
import { Button, Form } from '../../../web/components/form.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { DigestView } from '../set-digest.js'

/** Whether the digest of alerts is received. */
export function DigestPage({ asked, view }: { asked: Asked; view: DigestView }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { wanted, address, refusedAt, isMailOn } = view
  const title = say({ fr: 'Courriel du lundi', en: 'Monday’s e-mail' })
  const way = [{ href: '/alerts', title: say({ fr: 'Alertes', en: 'Alerts' }) }]
  return (
    <Frame asked={asked} title={title} way={way}>
      <p>
        {say({
          fr: 'Le lundi à sept heures, s’il y a des alertes : leur nombre et un lien, jamais un nom.',
          en: 'On Mondays at seven, if there are alerts: how many and a link, never a name.',
        })}
      </p>
      <p>
        {address === null
          ? say({
              fr: 'Votre compte n’a pas d’adresse : rien ne peut vous être envoyé.',
              en: 'Your account has no address: nothing can be sent to you.',
            })
          : say({ fr: `Il va à ${address}.`, en: `It goes to ${address}.` })}
      </p>
      {refusedAt === null ? null : (
        <Notice kind="warning">
          {say({
            fr: `Le ${say.day(refusedAt.slice(0, 10))}, cette adresse a été refusée : rien n’y est plus envoyé. Faites-la corriger, ou choisissez de nouveau ci-dessous pour la réessayer.`,
            en: `On ${say.day(refusedAt.slice(0, 10))} this address was refused: nothing is sent to it any more. Have it corrected, or choose again below to try it once more.`,
          })}
        </Notice>
      )}
      {isMailOn ? null : (
        <Notice>
          {say({
            fr: 'Ce service n’envoie pas de courriel en ce moment. Votre choix est gardé.',
            en: 'This service sends no e-mail at present. Your choice is kept.',
          })}
        </Notice>
      )}
      <Form state={state} action="/account/mail">
        <Choices
          state={state}
          name="digest"
          kind="one"
          legend={say({ fr: 'Courriel des alertes', en: 'E-mail of alerts' })}
          options={[
            { value: 'on', label: say({ fr: 'Le recevoir', en: 'Receive it' }) },
            { value: 'off', label: say({ fr: 'Ne pas le recevoir', en: 'Do not receive it' }) },
          ]}
          chosen={[wanted ? 'on' : 'off']}
        />
        <Button>{say({ fr: 'Enregistrer ce choix', en: 'Save this choice' })}</Button>
      </Form>
    </Frame>
  )
}
