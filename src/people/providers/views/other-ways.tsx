import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { Button, Form, type FormState } from '../../../web/components/form.js'
import type { Account } from '../../see-account.js'
import { ProviderButtons } from './buttons.js'

type Props = { state: FormState; account: Account }

/** What lets a person in besides passkeys: a password, who they are elsewhere. */
export function OtherWays({ state, account }: Props): VNode {
  const { say } = state
  const { hasPassword, identities, providers } = account
  const others = identities.length + account.passkeys.length
  return (
    <>
      <h2>{say({ fr: 'Mot de passe', en: 'Password' })}</h2>
      <p>{hasPassword ? say(HAS) : say(HAS_NONE)}</p>
      {hasPassword && others > 0 ? (
        <Form state={state} action="/account">
          <input type="hidden" name="act" value="remove-password" />
          <Button kind="danger">
            {say({ fr: 'Supprimer mon mot de passe', en: 'Remove my password' })}
          </Button>
        </Form>
      ) : null}
      {identities.length + providers.length > 0 ? <Elsewhere {...{ state, account }} /> : null}
      {account.mayConfirmOthers ? (
        <>
          <h2>{say({ fr: 'Pour une autre personne', en: 'For somebody else' })}</h2>
          <p>
            <a href="/recoveries">
              {say({
                fr: 'Aider une personne qui a perdu son accès',
                en: 'Help somebody who has lost their access',
              })}
            </a>
          </p>
        </>
      ) : null}
    </>
  )
}

const HAS = {
  fr: 'Vous avez un mot de passe.',
  en: 'You have a password.',
}
const HAS_NONE = {
  fr: 'Vous n’avez pas de mot de passe.',
  en: 'You have no password.',
}

function Elsewhere({ state, account: { identities, providers } }: Props): VNode {
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Comptes d’autres services', en: 'Accounts of other services' })}</h2>
      <p>
        {say({
          fr: 'Un compte lié ouvre celui-ci. Il ne remplace pas une clé d’accès pour ce qui engage une organisation.',
          en: 'A linked account opens this one. It does not replace a passkey for what commits an organisation.',
        })}
      </p>
      <Table
        caption={say({ fr: 'Vos comptes liés', en: 'Your linked accounts' })}
        head={[
          say({ fr: 'Service', en: 'Service' }),
          say({ fr: 'Lié', en: 'Linked' }),
          say({ fr: 'Dernier usage', en: 'Last used' }),
          say({ fr: 'Retirer', en: 'Remove' }),
        ]}
        rows={identities.map((one) => [
          one.provider,
          say.instant(one.createdAt),
          one.lastUsedAt === null
            ? say({ fr: 'jamais', en: 'never' })
            : say.instant(one.lastUsedAt),
          <Remove state={state} identity={one} />,
        ])}
        empty={say({ fr: 'Aucun compte n’est lié.', en: 'No account is linked.' })}
      />
      <ProviderButtons
        {...{ state, providers }}
        words={(name) => ({
          fr: `Lier mon compte ${name}`,
          en: `Link my ${name} account`,
        })}
      >
        <input type="hidden" name="act" value="link" />
      </ProviderButtons>
    </>
  )
}

function Remove(props: { state: FormState; identity: Account['identities'][number] }): VNode {
  const { state, identity } = props
  return (
    <Form state={state} action="/account">
      <input type="hidden" name="act" value="remove-identity" />
      <input type="hidden" name="identity" value={identity.id} />
      <Button kind="quiet">
        {state.say({ fr: 'Retirer', en: 'Remove' })}
        <span class="visually-hidden"> {identity.provider}</span>
      </Button>
    </Form>
  )
}
