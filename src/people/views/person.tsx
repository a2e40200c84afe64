import type { VNode } from 'preact'
import { Facts, Table } from '../../web/components/blocks.js'
import { Button, ErrorSummary, Field, Form, type FormState } from '../../web/components/form.js'
import type { Say } from '../../web/say.js'
import type { HeldRole, PersonLine } from '../see-people.js'
import { Access, roleText } from './people.js'
import { RoleFields, type Reach } from './role-fields.js'
import { formStateOf, Sheet, type Asked } from './sheet.js'

/** One account: its roles here, each to be ended; another role; a link for its password. */
export function PersonView(props: { asked: Asked; person: PersonLine; reach: Reach }): VNode {
  const { asked, person, reach } = props
  const state = formStateOf(asked)
  const { say } = state
  // What is wrong is said once, above; beside its field in the one form that has fields.
  const quiet = { ...state, problem: undefined }
  return (
    <Sheet
      asked={asked}
      title={{ fr: person.name, en: person.name }}
      way={[{ href: '/people', title: say({ fr: 'Personnes', en: 'People' }) }]}
    >
      <ErrorSummary state={state} />
      <Facts
        facts={[
          ...(person.email === null
            ? []
            : [[say({ fr: 'Adresse électronique', en: 'E-mail address' }), person.email] as const]),
          [say({ fr: 'Accès', en: 'Access' }), <Access say={say} person={person} />],
        ]}
      />
      <Table
        caption={say({ fr: 'Rôles', en: 'Roles' })}
        head={[say({ fr: 'Rôle', en: 'Role' }), say({ fr: 'Y mettre fin', en: 'End it' })]}
        rows={person.roles.map((held) => [
          roleText(say, held),
          <EndForm state={quiet} held={held} />,
        ])}
        empty={say({ fr: 'Aucun rôle en ce moment.', en: 'No role at present.' })}
      />
      <h2>{say({ fr: 'Donner un rôle', en: 'Give a role' })}</h2>
      <Form state={quiet}>
        <input type="hidden" name="act" value="give" />
        <RoleFields state={state} reach={reach} />
        <Button>{say({ fr: 'Donner ce rôle', en: 'Give this role' })}</Button>
      </Form>
      {mayBeCorrected(person) ? <AddressForm state={state} person={person} /> : null}
      {person.mayBeInvited ? <LinkForm say={say} state={quiet} person={person} /> : null}
    </Sheet>
  )
}

function EndForm({ state, held }: { state: FormState; held: HeldRole }): VNode | string {
  const { say } = state
  if (held.role === 'student') {
    return say({ fr: 'avec son inscription dans la classe', en: 'with the enrolment in the class' })
  }
  return (
    <Form state={state}>
      <input type="hidden" name="act" value="end" />
      <input type="hidden" name="role" value={held.role} />
      <input type="hidden" name="organisation" value={held.organisation?.publicId ?? ''} />
      <Button kind="quiet">
        {say({ fr: 'Mettre fin à ce rôle', en: 'End this role' })}
        <span class="visually-hidden"> : {roleText(say, held)}</span>
      </Button>
    </Form>
  )
}

/** The address of who has come in is theirs; a student’s comes with the list of their class. */
function mayBeCorrected({ mayBeInvited, isIn, roles }: PersonLine): boolean {
  return mayBeInvited && !isIn && roles.every(({ role }) => role !== 'student')
}

function AddressForm({ state, person }: { state: FormState; person: PersonLine }): VNode {
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Corriger l’adresse', en: 'Correct the address' })}</h2>
      <Form state={{ ...state, problem: undefined }}>
        <input type="hidden" name="act" value="address" />
        <Field
          state={state}
          name="email"
          type="email"
          label={say({ fr: 'Adresse électronique', en: 'E-mail address' })}
          hint={say({
            fr: 'Tant que la personne n’est pas entrée. Les liens envoyés à l’adresse d’avant ne serviront plus : envoyez-en un autre ensuite.',
            en: 'As long as the person has not come in. Links that went to the address before will serve no more: send another afterwards.',
          })}
          value={person.email ?? ''}
        />
        <Button kind="secondary">
          {say({ fr: 'Corriger cette adresse', en: 'Correct this address' })}
        </Button>
      </Form>
    </>
  )
}

type LinkFormProps = { say: Say; state: FormState; person: PersonLine }

function LinkForm({ say, state, person }: LinkFormProps): VNode {
  return (
    <>
      <h2>{say({ fr: 'Lien pour choisir un mot de passe', en: 'Link to choose a password' })}</h2>
      <p>
        {person.isIn
          ? say({
              fr: 'À faire si la personne a oublié son mot de passe, et seulement si vous êtes sûr que c’est elle qui le demande. L’ancien sert jusqu’à ce qu’elle en choisisse un autre.',
              en: 'For a person who forgot their password, and only if you are sure that it is they who ask. The old one serves until they choose another.',
            })
          : say({
              fr: 'Le lien précédent cesse de servir dès que vous en faites un autre.',
              en: 'The link before stops serving as soon as you make another.',
            })}
      </p>
      <Form state={state}>
        <input type="hidden" name="act" value="link" />
        <Button kind="secondary">{say({ fr: 'Faire un lien', en: 'Make a link' })}</Button>
      </Form>
    </>
  )
}
