import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { Button, Field, Form, Select } from '../../../web/components/form.js'
import type { Words } from '../../../words.js'
import { formStateOf } from '../../views/frame.js'
import { FINDING_WORDS, VISIT_FINDINGS, VISIT_MANNERS, VISIT_WORDS } from '../record-visit.js'
import { stateOf } from '../states.js'
import { stateOfForm, type PartProps } from './placement.js'

/** How the school follows a placement: its checks with the tutor, the days, and calling it off. */
export function FollowPart({ asked, view }: PartProps): VNode {
  const { say } = formStateOf(asked)
  const { placement, mayManage, today } = view
  const state = stateOf(placement)
  const words = (all: Readonly<Record<string, Words>>, code: string) => {
    const known = all[code]
    return known ? say(known) : code
  }
  return (
    <section>
      <h2>{say({ fr: 'Suivi', en: 'Following' })}</h2>
      <Table
        caption={say({ fr: 'Points avec le tuteur', en: 'Checks with the tutor' })}
        head={[
          say({ fr: 'Jour', en: 'Day' }),
          say({ fr: 'Comment', en: 'How' }),
          say({ fr: 'Constat', en: 'Finding' }),
        ]}
        rows={view.visits.map(({ day, manner, finding }) => [
          say.day(day),
          words(VISIT_WORDS, manner),
          words(FINDING_WORDS, finding),
        ])}
        empty={say({
          fr: 'Aucun point avec le tuteur. Il en faut au moins deux (L124-1).',
          en: 'No check with the tutor. There must be two at least (L124-1).',
        })}
      />
      {mayManage && state !== 'cancelled' && today >= placement.fromDay ? (
        <Visit asked={asked} view={view} />
      ) : null}
      {mayManage && state === 'pending' && today >= placement.untilDay ? (
        <Days asked={asked} view={view} />
      ) : null}
      {mayManage && state === 'pending' ? <Cancel asked={asked} view={view} /> : null}
    </section>
  )
}

function Visit({ asked, view }: PartProps): VNode {
  const state = stateOfForm(asked, 'visit')
  const { say } = state
  const { today, placement } = view
  return (
    <Form state={state}>
      <h3>{say({ fr: 'Saisir un point avec le tuteur', en: 'Record a check with the tutor' })}</h3>
      <input type="hidden" name="do" value="visit" />
      <Field
        state={state}
        name="day"
        type="date"
        label={say({ fr: 'Jour', en: 'Day' })}
        value={today < placement.untilDay ? today : placement.untilDay}
      />
      <Select
        state={state}
        name="manner"
        label={say({ fr: 'Comment', en: 'How' })}
        options={VISIT_MANNERS.map((value) => ({ value, label: say(VISIT_WORDS[value]) }))}
      />
      <Select
        state={state}
        name="finding"
        label={say({ fr: 'Constat', en: 'Finding' })}
        options={VISIT_FINDINGS.map((value) => ({ value, label: say(FINDING_WORDS[value]) }))}
      />
      <Button kind="secondary">{say({ fr: 'Saisir ce point', en: 'Record this check' })}</Button>
    </Form>
  )
}

function Days({ asked }: PartProps): VNode {
  const state = stateOfForm(asked, 'days')
  const { say } = state
  return (
    <Form state={state}>
      <h3>{say({ fr: 'Saisir les jours faits', en: 'Record the days done' })}</h3>
      <input type="hidden" name="do" value="days" />
      <Field
        state={state}
        name="daysDone"
        type="number"
        label={say({ fr: 'Jours faits', en: 'Days done' })}
        hint={say({
          fr: 'Ceux de l’attestation de fin de stage. Inutile si le tuteur fait le bilan.',
          en: 'Those of the attestation. Not needed if the tutor makes the assessment.',
        })}
      />
      <Button kind="secondary">{say({ fr: 'Saisir les jours', en: 'Record the days' })}</Button>
    </Form>
  )
}

function Cancel({ asked }: PartProps): VNode {
  const state = stateOfForm(asked, 'cancel')
  const { say } = state
  return (
    <Form state={state}>
      <h3>{say({ fr: 'Annuler cette période', en: 'Cancel this placement' })}</h3>
      <p class="soft">
        {say({
          fr: 'Les dates de l’élève redeviennent libres. Cela ne se défait pas.',
          en: 'The student’s days are free again. This can’t be undone.',
        })}
      </p>
      <input type="hidden" name="do" value="cancel" />
      <Button kind="danger">{say({ fr: 'Annuler la période', en: 'Cancel the placement' })}</Button>
    </Form>
  )
}
