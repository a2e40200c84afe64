import type { VNode } from 'preact'
import type { Organisation } from '../../../people/store.js'
import { Acknowledge, Choices } from '../../../web/components/choices.js'
import { Button, Field, Form, Select } from '../../../web/components/form.js'
import { companyOptions } from './classes.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

type ClassCompanyProps = {
  asked: Asked
  today: string
  of: Readonly<{ publicId: string; name: string }>
  companies: readonly Organisation[]
  principal: Organisation | undefined
}

/** Adds a partner to a class, or a new principal company. */
export function ClassCompanyPage(props: ClassCompanyProps): VNode {
  const { asked, today, of, companies, principal } = props
  const state = formStateOf(asked)
  const { say } = state
  const way = [
    { href: '/classes', title: say({ fr: 'Classes P-TECH', en: 'P-TECH classes' }) },
    { href: `/classes/${of.publicId}`, title: of.name },
  ]
  const now = principal?.name ?? '–'
  return (
    <Frame
      asked={asked}
      title={say({ fr: 'Ajouter une entreprise', en: 'Add a company' })}
      way={way}
    >
      <Form state={state}>
        <Select
          state={state}
          name="companyId"
          label={say({ fr: 'Entreprise', en: 'Company' })}
          options={companyOptions(say, companies)}
        />
        <Choices
          state={state}
          name="role"
          legend={say({ fr: 'Sa part dans la classe', en: 'Its part in the class' })}
          kind="one"
          hint={say({
            fr: `Une classe a une entreprise principale et une seule : la nouvelle succède à l’actuelle (${now}), qui part la veille.`,
            en: `A class has one principal company and one only: the new one takes over from the present one (${now}), which leaves the day before.`,
          })}
          options={[
            { value: 'partner', label: say({ fr: 'Partenaire', en: 'Partner' }) },
            {
              value: 'principal',
              label: say({ fr: 'Nouvelle entreprise principale', en: 'New principal company' }),
            },
          ]}
          chosen={['partner']}
        />
        <Field
          state={state}
          name="fromDay"
          type="date"
          label={say({ fr: 'À partir du', en: 'From' })}
          value={today}
        />
        <Acknowledge state={state} />
        <Button>{say({ fr: 'Ajouter l’entreprise', en: 'Add the company' })}</Button>
      </Form>
    </Frame>
  )
}
