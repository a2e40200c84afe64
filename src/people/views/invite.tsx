import type { VNode } from 'preact'
import { Button, ButtonLink, Field, Form } from '../../web/components/form.js'
import { RoleFields, type Reach } from './role-fields.js'
import { formStateOf, Sheet, type Asked } from './sheet.js'

/** A person with their first role. When an account has the address, the role is offered to it. */
export function InviteView({ asked, reach }: { asked: Asked; reach: Reach }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const taken = state.problem?.status === 409 && state.problem.fields.email !== undefined
  return (
    <Sheet
      asked={asked}
      title={{ fr: 'Inviter une personne', en: 'Invite a person' }}
      way={[{ href: '/people', title: say({ fr: 'Personnes', en: 'People' }) }]}
    >
      <Form state={state} action="/people/new">
        <Field state={state} name="givenName" label={say({ fr: 'Prénom', en: 'Given name' })} />
        <Field state={state} name="familyName" label={say({ fr: 'Nom', en: 'Family name' })} />
        <Field
          state={state}
          name="email"
          label={say({ fr: 'Adresse électronique', en: 'E-mail address' })}
          hint={say({
            fr: 'L’adresse professionnelle de la personne : elle s’en sert pour se connecter.',
            en: 'The person’s professional address: they sign in with it.',
          })}
          type="email"
        />
        <RoleFields state={state} reach={reach} />
        <p class="actions">
          {taken ? (
            <Button name="act" value="grant">
              {say({
                fr: 'Donner ce rôle au compte existant',
                en: 'Give this role to the existing account',
              })}
            </Button>
          ) : null}
          <Button kind={taken ? 'secondary' : 'primary'} name="act" value="invite">
            {say({ fr: 'Inviter cette personne', en: 'Invite this person' })}
          </Button>
          <ButtonLink href="/people" kind="quiet">
            {say({ fr: 'Revenir sans inviter', en: 'Go back without inviting' })}
          </ButtonLink>
        </p>
      </Form>
    </Sheet>
  )
}
