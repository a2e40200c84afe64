import type { VNode } from 'preact'
import { Facts } from '../../../web/components/blocks.js'
import { Button, Field, Form } from '../../../web/components/form.js'
import type { Recorded } from '../recorded-store.js'
import { factAmount, factDays, factKind } from './facts.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

/** A student says that a fact about them is wrong. */
export function ContestPage({ asked, fact }: { asked: Asked; fact: Recorded }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const title = say({ fr: 'Contester', en: 'Contest' })
  const mine = say({ fr: 'Mes séances et mes stages', en: 'My sessions and placements' })
  return (
    <Frame asked={asked} title={title} way={[{ href: '/my-record', title: mine }]}>
      <Facts
        facts={[
          [say({ fr: 'Fait', en: 'Fact' }), factKind(say, fact)],
          [say({ fr: 'Dates', en: 'Dates' }), factDays(say, fact)],
          [say({ fr: 'Durée', en: 'Duration' }), factAmount(say, fact)],
          [say({ fr: 'Entreprise', en: 'Company' }), fact.companyName],
        ]}
      />
      <Form state={state}>
        <Field
          state={state}
          name="reason"
          type="textarea"
          rows={4}
          label={say({ fr: 'Ce qui est faux', en: 'What is wrong' })}
          hint={say({
            fr: 'Votre lycée le lira. Ce fait ne comptera plus pour vos badges, et cela ne s’annule pas ici.',
            en: 'Your lycée will read it. This fact will no longer count for your badges, and this cannot be undone here.',
          })}
        />
        <Button>{say({ fr: 'Contester ce fait', en: 'Contest this fact' })}</Button>
      </Form>
    </Frame>
  )
}
