import type { VNode } from 'preact'
import { Facts, Table } from '../../../web/components/blocks.js'
import { Button, ButtonLink, Form, Select } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { lastDayOfCohort } from '../agreement-rules.js'
import { nominalLevel } from '../../levels.js'
import { schoolYearLabel } from '../../school-year.js'
import type { ClassView } from '../see-classes.js'
import type { Ground } from '../see-ground.js'
import { ClassGround, Findings } from './class-ground.js'
import { Companies, Liaisons } from './class-partners.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { levelText } from '../../cohorts/views/cohorts.js'

/** Cohorts that entered so many years ago may still be at school. */
const YEARS_BACK = 4

type ClassProps = { asked: Asked; view: ClassView; ground: Ground; year: number }

/** One class: what is to be done, who is with it, what it rests on, and its cohorts. */
export function ClassPage({ asked, view, ground, year }: ClassProps): VNode {
  const { say } = formStateOf(asked)
  const { row, mayManage } = view
  const way = [{ href: '/classes', title: say({ fr: 'Classes P-TECH', en: 'P-TECH classes' }) }]
  const underWay = say({ fr: `${ground.underWay} sur 5`, en: `${ground.underWay} of 5` })
  return (
    <Frame asked={asked} title={row.name} way={way}>
      <Facts
        facts={[
          [say({ fr: 'Lycée', en: 'Lycée' }), view.schoolName],
          [say({ fr: 'Filière', en: 'Track' }), row.track],
          [say({ fr: 'Code MEF', en: 'MEF code' }), row.mef],
          [say({ fr: 'Cohortes en cours', en: 'Cohorts under way' }), underWay],
        ]}
      />
      <Findings say={say} findings={ground.findings} />
      <h2>{say({ fr: 'Cohortes', en: 'Cohorts' })}</h2>
      <Cohorts say={say} view={view} year={year} />
      {mayManage ? <NewCohort asked={asked} year={year} /> : null}
      <h2>{say({ fr: 'Entreprises', en: 'Companies' })}</h2>
      <Companies say={say} view={view} />
      <ClassAction when={mayManage} href={`/classes/${row.public_id}/companies/new`}>
        {say({ fr: 'Ajouter une entreprise', en: 'Add a company' })}
      </ClassAction>
      <h2>{say({ fr: 'Agent de liaison', en: 'Liaison officer' })}</h2>
      <Liaisons say={say} view={view} />
      <ClassAction when={mayManage} href={`/classes/${row.public_id}/liaison`}>
        {say({ fr: 'Nommer l’agent de liaison', en: 'Name the liaison officer' })}
      </ClassAction>
      <ClassGround say={say} view={view} ground={ground} />
    </Frame>
  )
}

function ClassAction(props: { when: boolean; href: string; children: string }): VNode | null {
  if (!props.when) return null
  return (
    <p class="actions">
      <ButtonLink kind="secondary" href={props.href}>
        {props.children}
      </ButtonLink>
    </p>
  )
}

function Cohorts({ say, view, year }: { say: Say; view: ClassView; year: number }): VNode {
  return (
    <Table
      caption={say({ fr: 'Une par année d’entrée', en: 'One for each year of entry' })}
      head={[
        say({ fr: 'Entrée en 2de pro', en: 'Entered 2de pro in' }),
        say({ fr: 'Niveau cette année', en: 'Level this year' }),
        say({ fr: 'Suivie jusqu’au', en: 'Followed until' }),
      ]}
      rows={view.cohorts.map(({ publicId, entryYear }) => [
        view.maySeeStudents ? (
          <a href={`/cohorts/${publicId}`}>{schoolYearLabel(entryYear)}</a>
        ) : (
          schoolYearLabel(entryYear)
        ),
        levelText(say, nominalLevel(entryYear, year)),
        say.day(lastDayOfCohort(entryYear)),
      ])}
      empty={say({ fr: 'Aucune cohorte pour le moment.', en: 'No cohort yet.' })}
    />
  )
}

function NewCohort({ asked, year }: { asked: Asked; year: number }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const years = Array.from({ length: YEARS_BACK + 2 }, (_, back) => year + 1 - back)
  return (
    <Form state={state}>
      <Select
        state={state}
        name="entryYear"
        label={say({ fr: 'Nouvelle cohorte, entrée en', en: 'New cohort, entered in' })}
        options={years.map((one) => ({ value: String(one), label: schoolYearLabel(one) }))}
        value={String(year)}
      />
      <Button>{say({ fr: 'Ouvrir la cohorte', en: 'Open the cohort' })}</Button>
    </Form>
  )
}
