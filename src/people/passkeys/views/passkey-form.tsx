import type { ComponentChildren, VNode } from 'preact'
import { assetUrl } from '../../../web/assets.js'
import { Button, Form, type FormState } from '../../../web/components/form.js'

export const PASSKEY_SCRIPT = <script src={assetUrl('passkeys.js')} defer />

type Props = {
  state: FormState
  /** Where the script asks what to ask the device. */
  ask: '/passkeys/sign-in' | '/passkeys/register' | '/passkeys/step-up'
  action: string
  button: string
  kind?: 'primary' | 'secondary'
  /** What the form says besides. */
  children?: ComponentChildren
}

/** A form that assets/passkeys.js completes and shows; without it, one sentence that says why not. */
export function PasskeyForm({ state, ask, action, button, kind, children }: Props): VNode {
  const { say } = state
  return (
    <>
      <p class="soft" data-without-passkey>
        {say({
          fr: 'Les clés d’accès demandent JavaScript et un navigateur récent : ici, elles ne servent pas.',
          en: 'Passkeys need JavaScript and a recent browser: they do not serve here.',
        })}
      </p>
      <div
        hidden
        data-passkey={ask}
        data-asking={say({ fr: 'Suivez votre appareil…', en: 'Follow your device…' })}
        data-failed={say({
          fr: 'L’appareil n’a pas donné de clé d’accès. Recommencez, ou prenez-en un autre.',
          en: 'The device gave no passkey. Try again, or use another one.',
        })}
      >
        <Form state={state} action={action}>
          <input type="hidden" name="webauthn" value="" />
          {children}
          <Button kind={kind ?? 'primary'}>{button}</Button>
        </Form>
        <p role="status" />
      </div>
    </>
  )
}
