import type { VNode } from 'preact'
import { Button, ButtonLink, Field, Form, type FormState } from '../../../web/components/form.js'
import { formStateOf, Sheet, type Asked } from '../../views/sheet.js'
import type { Held } from '../ask-for-step-up.js'
import type { StepUpWays } from '../step-up.js'
import { PASSKEY_SCRIPT, PasskeyForm } from './passkey-form.js'

const TITLE = { fr: 'Confirmez que c’est vous', en: 'Confirm that it is you' }

type Props = {
  asked: Asked
  ways: StepUpWays
  /** Where to go on. */
  next: string
  /** What was sent there, as text. */
  held: string | undefined
}

export function StepUpView({ asked, ways, next, held }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const toAccount = next === '/account'
  return (
    <Sheet asked={asked} title={TITLE} head={PASSKEY_SCRIPT}>
      <p>
        {say({
          fr: 'Ce que vous demandez engage votre organisation, change des accès ou emporte des données : il faut l’avoir confirmé depuis moins de cinq minutes. Rien n’est perdu de ce que vous avez saisi.',
          en: 'What you ask commits your organisation, changes who gets in or takes data away: it has to be confirmed within the last five minutes. Nothing of what you typed is lost.',
        })}
      </p>
      {ways.registerFirst && !toAccount ? (
        <RegisterFirst state={state} />
      ) : (
        <>
          {ways.passkey ? (
            <PasskeyForm
              state={ways.password ? { ...state, problem: undefined } : state}
              ask="/passkeys/step-up"
              action="/step-up"
              button={say({ fr: 'Confirmer avec une clé d’accès', en: 'Confirm with a passkey' })}
            >
              <Kept next={next} held={held} />
            </PasskeyForm>
          ) : null}
          {ways.password ? <ByPassword {...{ state, next, held }} /> : null}
          {ways.passkey || ways.password ? null : <ComeAgain state={state} />}
        </>
      )}
    </Sheet>
  )
}

/** Two steps, each with its reason: a passkey first, then the act again. */
function RegisterFirst({ state: { say } }: { state: FormState }): VNode {
  return (
    <>
      <p>
        {say({
          fr: 'Ici, seule une clé d’accès confirme, et vous n’en avez pas encore. Enregistrez-en une à la page « Mon compte », puis revenez à ce que vous faisiez.',
          en: 'Only a passkey confirms here, and you have none yet. Register one on the page “My account”, then come back to what you were doing.',
        })}
      </p>
      <p class="actions">
        <ButtonLink href="/account">
          {say({ fr: 'Enregistrer une clé d’accès', en: 'Register a passkey' })}
        </ButtonLink>
      </p>
    </>
  )
}

/** Who gets in by a provider alone has nothing to show here: a fresh sign-in serves to register the first passkey. */
function ComeAgain({ state: { say } }: { state: FormState }): VNode {
  return (
    <>
      <p>
        {say({
          fr: 'Vous vous connectez par un autre service, sans mot de passe ni clé d’accès ici. Déconnectez-vous, reconnectez-vous, puis recommencez dans les cinq minutes.',
          en: 'You sign in by another service, with no password and no passkey here. Sign out, sign in again, then try again within five minutes.',
        })}
      </p>
      <p class="actions">
        <ButtonLink href="/sign-out">{say({ fr: 'Se déconnecter', en: 'Sign out' })}</ButtonLink>
      </p>
    </>
  )
}

function ByPassword(props: { state: FormState } & Pick<Props, 'next' | 'held'>): VNode {
  const { state, next, held } = props
  return (
    <Form state={state} action="/step-up">
      <Kept next={next} held={held} />
      <Field
        state={state}
        name="password"
        label={state.say({ fr: 'Votre mot de passe', en: 'Your password' })}
        type="password"
        autocomplete="current-password"
      />
      <Button>{state.say({ fr: 'Confirmer', en: 'Confirm' })}</Button>
    </Form>
  )
}

function Kept({ next, held }: Pick<Props, 'next' | 'held'>): VNode {
  return (
    <>
      <input type="hidden" name="next" value={next} />
      {held === undefined ? null : <input type="hidden" name="held" value={held} />}
    </>
  )
}

/** What was sent before goes on: by itself, or by the button where there is no script. */
export function GoOnView({ asked, to, held }: { asked: Asked; to: string; held: Held }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const fields = Object.entries(held).flatMap(([name, values]) =>
    [values].flat().map((value) => ({ name, value })),
  )
  return (
    <Sheet asked={asked} title={{ fr: 'C’est confirmé', en: 'Confirmed' }} head={PASSKEY_SCRIPT}>
      <p>
        {say({
          fr: 'C’est bien vous. Ce que vous demandiez peut continuer.',
          en: 'It is you. What you asked can go on.',
        })}
      </p>
      <div data-go-on>
        <Form state={state} action={to}>
          {fields.map(({ name, value }) => (
            <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
          ))}
          <Button>{say({ fr: 'Continuer', en: 'Go on' })}</Button>
        </Form>
      </div>
      <p>
        <a href={to}>{say({ fr: 'Revenir à la page', en: 'Back to the page' })}</a>
      </p>
    </Sheet>
  )
}
