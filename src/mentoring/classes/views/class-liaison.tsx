import type { VNode } from 'preact'
import type { Member } from '../../../people/members-store.js'
import type { Organisation } from '../../../people/store.js'
import { Notice } from '../../../web/components/blocks.js'
import { Button, ErrorSummary, Field, Form, Select } from '../../../web/components/form.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

type ClassLiaisonProps = {
  asked: Asked
  today: string
  of: Readonly<{ publicId: string; name: string }>
  officers: readonly Member[]
  employers: readonly Organisation[]
  principal: Organisation | undefined
}

/** Names the liaison officer of a class. */
export function ClassLiaisonPage(props: ClassLiaisonProps): VNode {
  const { asked, of, officers } = props
  const state = formStateOf(asked)
  const { say } = state
  const way = [
    { href: '/classes', title: say({ fr: 'Classes P-TECH', en: 'P-TECH classes' }) },
    { href: `/classes/${of.publicId}`, title: of.name },
  ]
  const title = say({ fr: 'Nommer l’agent de liaison', en: 'Name the liaison officer' })
  return (
    <Frame asked={asked} title={title} way={way}>
      {officers.length === 0 ? <ErrorSummary state={state} /> : null}
      {officers.length === 0 ? (
        <Notice kind="warning">
          <p>
            {say({
              fr: 'Personne n’a le rôle d’agent de liaison dans ce lycée. Demandez à qui gère les comptes de le donner, puis revenez ici.',
              en: 'Nobody has the role of liaison officer in this lycée. Ask whoever manages accounts to give it, then come back.',
            })}
          </p>
        </Notice>
      ) : (
        <LiaisonForm {...props} />
      )}
    </Frame>
  )
}

function LiaisonForm({ asked, today, officers, employers, principal }: ClassLiaisonProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const organisations = employers.map(({ publicId, name }) => ({ value: publicId, label: name }))
  const preset = principal ? { value: principal.publicId } : {}
  return (
    <Form state={state}>
      <Select
        state={state}
        name="personId"
        label={say({ fr: 'Agent de liaison', en: 'Liaison officer' })}
        options={officers.map(({ publicId, givenName, familyName }) => ({
          value: publicId,
          label: `${givenName} ${familyName}`,
        }))}
      />
      <Select
        state={state}
        name="employerId"
        label={say({ fr: 'Employeur', en: 'Employer' })}
        options={organisations}
        {...preset}
      />
      <Select
        state={state}
        name="financedById"
        label={say({ fr: 'Financé par', en: 'Paid by' })}
        hint={say({
          fr: 'En principe l’entreprise principale ; ce n’est pas forcément l’employeur.',
          en: 'As a rule the principal company; it need not be the employer.',
        })}
        options={organisations}
        {...preset}
      />
      <Field
        state={state}
        name="fromDay"
        type="date"
        label={say({ fr: 'À partir du', en: 'From' })}
        hint={say({
          fr: 'L’agent de liaison actuel, s’il y en a un, part la veille.',
          en: 'The present liaison officer, if there is one, leaves the day before.',
        })}
        value={today}
      />
      <Button>{say({ fr: 'Nommer l’agent de liaison', en: 'Name the liaison officer' })}</Button>
    </Form>
  )
}
