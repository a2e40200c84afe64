import type { VNode } from 'preact'
import type { DemoAccount } from '../../context.js'
import { Button, Form, type FormState } from '../../web/components/form.js'
import { DEMO_TASKS } from '../demo-tasks.data.js'
import { ROLE_FACTS } from '../roles.data.js'

type Props = { state: FormState; accounts: readonly DemoAccount[]; next: string }

/** The people of a demo, each with a button that signs in as they would by typing. */
export function DemoAccounts({ state, accounts, next }: Props): VNode {
  const { say } = state
  return (
    <>
      <p>
        {say({
          fr: 'Choisissez qui vous jouez. Chaque personne est fictive, et le mot de passe de toutes est',
          en: 'Choose whom you play. Each person is fictional, and the password of them all is',
        })}{' '}
        <code>{accounts[0]?.password}</code>
        {'.'}
      </p>
      <ul class="badges">
        {accounts.map((account) => (
          <li key={account.email}>
            <div>
              <p>
                <strong>{account.name}</strong>
                {`, ${say(ROLE_FACTS[account.role].words)}`}
              </p>
              <p class="small">
                <code>{account.email}</code>
              </p>
              <p class="soft small">{say(DEMO_TASKS[account.role])}</p>
            </div>
            <Enter {...{ state, account, next }} />
          </li>
        ))}
      </ul>
      <h2>
        {say({ fr: 'Ou avec une adresse et un mot de passe', en: 'Or by address and password' })}
      </h2>
    </>
  )
}

function Enter(props: { state: FormState; account: DemoAccount; next: string }): VNode {
  const { state, account, next } = props
  return (
    // What was wrong is said once, by the form where one types.
    <Form state={{ ...state, problem: undefined }} action="/sign-in">
      <input type="hidden" name="next" value={next} />
      <input type="hidden" name="email" value={account.email} />
      <input type="hidden" name="password" value={account.password} />
      <Button kind="secondary">
        {state.say({ fr: 'Entrer', en: 'Enter' })}
        <span class="visually-hidden">
          {' '}
          {state.say({ fr: `comme ${account.name}`, en: `as ${account.name}` })}
        </span>
      </Button>
    </Form>
  )
}
