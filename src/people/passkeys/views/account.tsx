import type { VNode } from 'preact'
import { Notice, Table } from '../../../web/components/blocks.js'
import { Button, Field, Form, type FormState } from '../../../web/components/form.js'
import { sayIn } from '../../../web/say.js'
import type { Account } from '../../see-account.js'
import { formStateOf, Sheet, type Asked } from '../../views/sheet.js'
import { OtherWays } from '../../providers/views/other-ways.js'
import { PASSKEY_SCRIPT, PasskeyForm } from './passkey-form.js'

const TITLE = { fr: 'Mon compte', en: 'My account' }

type Props = { asked: Asked; account: Account; timeZone: string }

/** How a person gets in, and where they are in now. */
export function AccountView({ asked, account, timeZone }: Props): VNode {
  const state = { ...formStateOf(asked), say: sayIn(asked.visitor.language, timeZone) }
  const { say } = state
  const quiet = { ...state, problem: undefined }
  return (
    <Sheet asked={asked} title={TITLE} head={PASSKEY_SCRIPT}>
      <h2>{say({ fr: 'Clés d’accès', en: 'Passkeys' })}</h2>
      <p>
        {say({
          fr: 'Une clé d’accès remplace le mot de passe : votre téléphone, votre ordinateur ou une clé de sécurité vous reconnaît, et rien de secret n’est envoyé ici. Enregistrez-en deux, pour le jour où l’une manque.',
          en: 'A passkey replaces the password: your telephone, your computer or a security key knows you, and nothing secret is sent here. Register two, for the day when one is missing.',
        })}
      </p>
      {account.mustHavePasskey && account.passkeys.length === 0 ? (
        <Notice kind="warning">
          <p>
            {say({
              fr: 'Votre rôle engage une organisation : il vous faut une clé d’accès avant d’approuver, d’endosser ou de donner des droits.',
              en: 'Your role commits an organisation: you need a passkey before you approve, endorse or give rights.',
            })}
          </p>
        </Notice>
      ) : null}
      <Passkeys state={quiet} account={account} />
      <h3>{say({ fr: 'Ajouter une clé d’accès', en: 'Add a passkey' })}</h3>
      <PasskeyForm
        state={state}
        ask="/passkeys/register"
        action="/account"
        button={say({ fr: 'Enregistrer une clé d’accès', en: 'Register a passkey' })}
      >
        <input type="hidden" name="act" value="add" />
        <Field
          state={state}
          name="name"
          label={say({ fr: 'Nom de la clé', en: 'Name of the passkey' })}
          hint={say({
            fr: 'Pour la reconnaître : « Téléphone », « Ordinateur du lycée »…',
            en: 'To know it again: “Telephone”, “Computer at school”…',
          })}
        />
      </PasskeyForm>
      <OtherWays state={quiet} account={account} />
      <h2>{say({ fr: 'Mes sessions', en: 'My sessions' })}</h2>
      <Sessions state={quiet} account={account} />
      <p>
        <a href="/kept-until">
          {say({
            fr: 'Jusqu’à quand ce compte est gardé',
            en: 'Until when this account is kept',
          })}
        </a>
      </p>
    </Sheet>
  )
}

type PartProps = { state: FormState; account: Account }

function Passkeys({ state, account }: PartProps): VNode {
  const { say } = state
  return (
    <Table
      caption={say({ fr: 'Vos clés d’accès', en: 'Your passkeys' })}
      head={[
        say({ fr: 'Nom', en: 'Name' }),
        say({ fr: 'Ajoutée', en: 'Added' }),
        say({ fr: 'Dernier usage', en: 'Last used' }),
        say({ fr: 'Changer', en: 'Change' }),
      ]}
      rows={account.passkeys.map((one) => [
        one.name,
        say.instant(one.createdAt),
        one.lastUsedAt === null ? say({ fr: 'jamais', en: 'never' }) : say.instant(one.lastUsedAt),
        <Change state={state} passkey={one} />,
      ])}
      empty={say({ fr: 'Vous n’avez pas encore de clé d’accès.', en: 'You have no passkey yet.' })}
    />
  )
}

function Change(props: { state: FormState; passkey: Account['passkeys'][number] }): VNode {
  const { state, passkey } = props
  const { say } = state
  const id = `name-${passkey.id}`
  return (
    <details>
      <summary>
        {say({ fr: 'Renommer, retirer', en: 'Rename, remove' })}
        <span class="visually-hidden"> {passkey.name}</span>
      </summary>
      <Form state={state} action="/account">
        <input type="hidden" name="act" value="rename" />
        <input type="hidden" name="passkey" value={passkey.id} />
        <div class="field">
          <label for={id}>{say({ fr: 'Autre nom', en: 'Other name' })}</label>
          <input id={id} name="name" type="text" value={passkey.name} required />
        </div>
        <p class="actions">
          <Button kind="secondary">{say({ fr: 'Renommer', en: 'Rename' })}</Button>
        </p>
      </Form>
      <Form state={state} action="/account">
        <input type="hidden" name="act" value="remove" />
        <input type="hidden" name="passkey" value={passkey.id} />
        <Button kind="danger">{say({ fr: 'Retirer cette clé', en: 'Remove this passkey' })}</Button>
      </Form>
    </details>
  )
}

function Sessions({ state, account: { sessions } }: PartProps): VNode {
  const { say } = state
  return (
    <>
      <Table
        caption={say({ fr: 'Où vous êtes connecté', en: 'Where you are signed in' })}
        head={[
          say({ fr: 'Navigateur', en: 'Browser' }),
          say({ fr: 'Réseau', en: 'Network' }),
          say({ fr: 'Depuis', en: 'Since' }),
          say({ fr: 'Vue', en: 'Last seen' }),
          say({ fr: 'Fermer', en: 'Close' }),
        ]}
        rows={sessions.map((one) => [
          one.browser ?? say({ fr: 'autre', en: 'other' }),
          one.network ?? '–',
          say.instant(one.since),
          say.instant(one.lastSeenAt),
          one.isThis ? say({ fr: 'celle-ci', en: 'this one' }) : <End state={state} of={one} />,
        ])}
        empty={say({ fr: 'Aucune session ouverte.', en: 'No session is open.' })}
      />
      {sessions.length > 1 ? (
        <Form state={state} action="/account">
          <input type="hidden" name="act" value="end-others" />
          <Button kind="secondary">
            {say({ fr: 'Me déconnecter partout ailleurs', en: 'Sign me out everywhere else' })}
          </Button>
        </Form>
      ) : null}
    </>
  )
}

function End({ state, of }: { state: FormState; of: Account['sessions'][number] }): VNode {
  return (
    <Form state={state} action="/account">
      <input type="hidden" name="act" value="end" />
      <input type="hidden" name="session" value={of.id} />
      <Button kind="quiet">
        {state.say({ fr: 'Fermer', en: 'Close' })}
        <span class="visually-hidden"> {`${of.browser ?? ''} ${of.network ?? ''}`}</span>
      </Button>
    </Form>
  )
}
