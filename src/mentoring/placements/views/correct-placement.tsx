import type { VNode } from 'preact'
import { Button, Field, Form } from '../../../web/components/form.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { Placement } from '../placements-store.js'

/** Corrects the dates or the days of a placement that is done. */
export function CorrectPlacementPage(props: { asked: Asked; placement: Placement }): VNode {
  const { asked, placement } = props
  const state = formStateOf(asked)
  const { say } = state
  const way = [
    { href: '/placements', title: say({ fr: 'Stages', en: 'Placements' }) },
    {
      href: `/placements/${placement.publicId}`,
      title: `${placement.givenName} ${placement.familyName}`,
    },
  ]
  const title = say({ fr: 'Corriger une période', en: 'Correct a placement' })
  return (
    <Frame asked={asked} title={title} way={way}>
      <Form state={state}>
        <input type="hidden" name="version" value={placement.version} />
        <Field
          state={state}
          name="fromDay"
          type="date"
          label={say({ fr: 'Premier jour', en: 'First day' })}
          value={placement.fromDay}
        />
        <Field
          state={state}
          name="untilDay"
          type="date"
          label={say({ fr: 'Dernier jour', en: 'Last day' })}
          value={placement.untilDay}
        />
        <Field
          state={state}
          name="daysDone"
          type="number"
          label={say({ fr: 'Jours faits', en: 'Days done' })}
          value={placement.daysDone ?? ''}
        />
        <Field
          state={state}
          name="reason"
          label={say({ fr: 'Pourquoi cette correction', en: 'Why this correction' })}
          hint={say({
            fr: 'Gardé avec la version d’avant, sans nommer d’élève. Une autre personne confirmera de nouveau.',
            en: 'Kept with the version before, naming no student. Somebody else will confirm again.',
          })}
        />
        <Button>{say({ fr: 'Corriger la période', en: 'Correct the placement' })}</Button>
      </Form>
    </Frame>
  )
}
