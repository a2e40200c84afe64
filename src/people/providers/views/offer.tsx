import type { VNode } from 'preact'
import { Notice } from '../../../web/components/blocks.js'
import { Button, Form } from '../../../web/components/form.js'
import { formStateOf, Sheet, type Asked } from '../../views/sheet.js'
import type { SeenOffer } from '../offers.js'

/** Who is who, before the two are one: on a shared computer either may be somebody else. */
export function OfferView({ asked, offer }: { asked: Asked; offer: SeenOffer }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { person, provider, label, isInvitation, othersSession } = offer
  const here = `${person.givenName} ${person.familyName}`
  const there =
    label ?? say({ fr: 'un nom que ce service ne dit pas', en: 'a name it does not say' })
  return (
    <Sheet asked={asked} title={{ fr: 'Est-ce bien vous ?', en: 'Is it you?' }}>
      <dl>
        <dt>{isInvitation ? say(INVITED) : say(SIGNED_IN)}</dt>
        <dd>{here}</dd>
        <dt>{say({ fr: `Connecté à ${provider} sous`, en: `Signed in to ${provider} as` })}</dt>
        <dd>{there}</dd>
      </dl>
      <p>
        {say({
          fr: `Si les deux sont vous, ce compte de ${provider} ouvrira désormais votre compte ici. Sinon, n’acceptez pas : déconnectez-vous de ${provider} et recommencez.`,
          en: `If both are you, this account of ${provider} will open your account here from now on. If not, do not accept: sign out of ${provider} and start again.`,
        })}
      </p>
      {othersSession ? (
        <Notice kind="warning">
          <p>
            {say({
              fr: `Quelqu’un d’autre est connecté ici sur cet ordinateur : ${asked.visitor.name ?? ''}. Sa session sera fermée.`,
              en: `Somebody else is signed in here on this computer: ${asked.visitor.name ?? ''}. Their session will be closed.`,
            })}
          </p>
        </Notice>
      ) : null}
      <Form state={state} action="/sign-in/accept">
        <p class="actions">
          <Button>
            {say({ fr: 'C’est bien moi, lier ce compte', en: 'It is me, link this account' })}
          </Button>
          <a href={isInvitation ? '/' : '/account'}>
            {say({ fr: 'Ne pas lier', en: 'Do not link' })}
          </a>
        </p>
      </Form>
    </Sheet>
  )
}

const INVITED = { fr: 'Invitation pour', en: 'Invitation for' }
const SIGNED_IN = { fr: 'Connecté ici', en: 'Signed in here' }
