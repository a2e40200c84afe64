import type { VNode } from 'preact'
import type { DemoAccount } from '../../context.js'
import { Notice } from '../../web/components/blocks.js'
import { Button, Field, Form } from '../../web/components/form.js'
import type { Words } from '../../words.js'
import { PASSKEY_SCRIPT, PasskeyForm } from '../passkeys/views/passkey-form.js'
import { ProviderButtons } from '../providers/views/buttons.js'
import { DemoAccounts } from './demo-accounts.js'
import { formStateOf, Sheet, type Asked } from './sheet.js'

const SIGN_IN = { fr: 'Se connecter', en: 'Sign in' }
const SIGN_OUT = { fr: 'Se déconnecter', en: 'Sign out' }

type SignInProps = {
  asked: Asked
  /** Where to go then. */
  next: string
  /** Whom a visitor of the demo may play; a real service has nobody. */
  demo: readonly DemoAccount[]
  /** What whoever keeps the service says there. */
  message?: Words | null
  /** Who else may say who somebody is. */
  providers: readonly Readonly<{ id: string; name: string }>[]
  /** The way in that was tried; what is wrong is said there. */
  by?: 'password' | 'passkey'
}

export function SignInView(props: SignInProps): VNode {
  const { asked, next, demo, message, providers, by = 'password' } = props
  const whole = formStateOf(asked)
  const { say } = whole
  const quiet = { ...whole, problem: undefined }
  const state = by === 'password' ? whole : quiet
  return (
    <Sheet asked={asked} title={SIGN_IN} head={PASSKEY_SCRIPT}>
      {message ? (
        <Notice>
          <p>{say(message)}</p>
        </Notice>
      ) : null}
      {demo.length > 0 ? <DemoAccounts state={state} accounts={demo} next={next} /> : null}
      <Form state={state} action="/sign-in">
        <input type="hidden" name="next" value={next} />
        <Field
          state={state}
          name="email"
          label={say({ fr: 'Adresse électronique', en: 'E-mail address' })}
          hint={say({
            fr: 'Élève sans adresse : votre identifiant, comme b3kf-7m2q.',
            en: 'Student without an address: your identifier, such as b3kf-7m2q.',
          })}
          type="email"
          autocomplete="username"
        />
        <Field
          state={state}
          name="password"
          label={say({ fr: 'Mot de passe', en: 'Password' })}
          hint={say({
            fr: 'Oublié ? Demandez-en un nouveau plus bas.',
            en: 'Forgotten? Ask for a new one below.',
          })}
          type="password"
          autocomplete="current-password"
        />
        <Button>{say(SIGN_IN)}</Button>
      </Form>
      <ul class="links">
        <li>
          <a href="/sign-in/code">
            {say({ fr: 'J’ai une carte avec un code', en: 'I have a card with a code' })}
          </a>
        </li>
        <li>
          <a href="/sign-in/private">
            {say({ fr: 'J’ai quitté mon lycée', en: 'I have left my school' })}
          </a>
        </li>
        <li>
          <a href="/recover">
            {say({
              fr: 'J’ai perdu mon mot de passe ou mes clés d’accès',
              en: 'I have lost my password or my passkeys',
            })}
          </a>
        </li>
      </ul>
      <h2>{say({ fr: 'Ou sans mot de passe', en: 'Or without a password' })}</h2>
      <PasskeyForm
        state={by === 'passkey' ? whole : quiet}
        ask="/passkeys/sign-in"
        action="/sign-in/passkey"
        button={say({ fr: 'Se connecter avec une clé d’accès', en: 'Sign in with a passkey' })}
        kind="secondary"
      >
        <input type="hidden" name="next" value={next} />
      </PasskeyForm>
      <ProviderButtons
        {...{ state: quiet, providers }}
        words={(name) => ({ fr: `Se connecter avec ${name}`, en: `Sign in with ${name}` })}
      >
        <input type="hidden" name="next" value={next} />
      </ProviderButtons>
    </Sheet>
  )
}

type SignOutProps = {
  asked: Asked
  /** Those that this person signs in by: they may know them still. */
  providers: readonly Readonly<{ id: string; name: string }>[]
}

export function SignOutView({ asked, providers }: SignOutProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Sheet asked={asked} title={SIGN_OUT}>
      <p>
        {say({
          fr: 'Sur un ordinateur partagé, déconnectez-vous toujours avant de partir.',
          en: 'On a shared computer, always sign out before you leave.',
        })}
      </p>
      <Form state={state} action="/sign-out">
        <Button>{say(SIGN_OUT)}</Button>
      </Form>
      {providers.map(({ id, name }) => (
        <Form key={id} state={state} action="/sign-out">
          <input type="hidden" name="provider" value={id} />
          <p class="actions">
            <Button kind="secondary">
              {say({
                fr: `Se déconnecter ici et de ${name}`,
                en: `Sign out here and of ${name}`,
              })}
            </Button>
          </p>
        </Form>
      ))}
    </Sheet>
  )
}
