import type { VNode } from 'preact'
import type { Organisation } from '../../../people/store.js'
import { Table } from '../../../web/components/blocks.js'
import { Button, Field, Form, Select } from '../../../web/components/form.js'
import { Active } from '../../classes/views/class-partners.js'
import { stateFor } from '../../classes/views/class-way.js'
import type { Cohort } from '../../classes/store.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { CohortSchool } from '../add-school.js'
import { cohortTitle } from './cohorts.js'

type SchoolsProps = {
  asked: Asked
  today: string
  cohort: Cohort
  schools: readonly CohortSchool[]
  others: readonly Organisation[]
}

/** The schools that a cohort goes through: its BTS may be in another lycée. */
export function CohortSchoolsPage(props: SchoolsProps): VNode {
  const { asked, cohort, schools } = props
  const { say } = formStateOf(asked)
  const way = [
    { href: '/cohorts', title: say({ fr: 'Cohortes', en: 'Cohorts' }) },
    { href: `/cohorts/${cohort.publicId}`, title: cohortTitle(say, cohort) },
  ]
  const title = say({ fr: 'Lycées de la cohorte', en: 'Schools of the cohort' })
  return (
    <Frame asked={asked} title={title} way={way}>
      <Table
        caption={say({ fr: 'Le premier d’abord', en: 'The first one first' })}
        head={[
          say({ fr: 'Lycée', en: 'Lycée' }),
          say({ fr: 'Du', en: 'From' }),
          say({ fr: 'Au', en: 'Until' }),
          say({ fr: 'Aujourd’hui', en: 'Today' }),
        ]}
        rows={schools.map(({ name, fromDay, untilDay, active }) => [
          name,
          say.day(fromDay),
          untilDay === null ? '–' : say.day(untilDay),
          <Active say={say} active={active} />,
        ])}
        empty=""
      />
      <AddForm {...props} />
      <EndForm {...props} />
    </Frame>
  )
}

function AddForm({ asked, today, others }: SchoolsProps): VNode {
  const state = stateFor(asked, 'add')
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'La cohorte continue ailleurs', en: 'The cohort goes on elsewhere' })}</h2>
      <p>
        {say({
          fr: 'Le personnel de ce lycée voit la cohorte et ses élèves à partir de ce jour.',
          en: 'The staff of that school see the cohort and its students from that day.',
        })}
      </p>
      <Form state={state}>
        <input type="hidden" name="act" value="add" />
        <Select
          state={state}
          name="schoolId"
          label={say({ fr: 'Lycée', en: 'Lycée' })}
          options={others.map(({ publicId, name }) => ({ value: publicId, label: name }))}
        />
        <Field
          state={state}
          name="fromDay"
          type="date"
          label={say({ fr: 'À partir du', en: 'From' })}
          value={today}
        />
        <Button>{say({ fr: 'Ajouter ce lycée', en: 'Add this school' })}</Button>
      </Form>
    </>
  )
}

function EndForm({ asked, today, schools }: SchoolsProps): VNode | null {
  const state = stateFor(asked, 'end')
  const { say } = state
  const open = schools.filter(({ untilDay, isOwner }) => untilDay === null && !isOwner)
  if (open.length === 0) return null
  return (
    <>
      <h2>{say({ fr: 'Retirer un lycée', en: 'End the time of a school' })}</h2>
      <Form state={state}>
        <input type="hidden" name="act" value="end" />
        <Select
          state={state}
          name="endedId"
          label={say({ fr: 'Lycée', en: 'Lycée' })}
          options={open.map(({ publicId, name }) => ({ value: publicId, label: name }))}
        />
        <Field
          state={state}
          name="lastDay"
          type="date"
          label={say({ fr: 'Dernier jour', en: 'Last day' })}
          value={today}
        />
        <Button kind="secondary">{say({ fr: 'Retirer ce lycée', en: 'End its time' })}</Button>
      </Form>
    </>
  )
}
