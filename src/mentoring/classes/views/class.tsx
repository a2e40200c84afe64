import type { VNode } from 'preact'
import { Facts, Notice, Table } from '../../../web/components/blocks.js'
import { Button, ButtonLink, Form, Select } from '../../../web/components/form.js'
import { State } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import type { Words } from '../../../words.js'
import { nominalLevel } from '../../levels.js'
import { schoolYearLabel } from '../../school-year.js'
import type { ClassView } from '../see-classes.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { levelText } from '../../cohorts/views/cohorts.js'

const ROLE_WORDS: Readonly<Record<'principal' | 'partner', Words>> = {
  principal: { fr: 'Entreprise principale', en: 'Principal company' },
  partner: { fr: 'Partenaire', en: 'Partner' },
}

/** Cohorts that entered so many years ago may still be at school. */
const YEARS_BACK = 4

type ClassProps = { asked: Asked; view: ClassView; year: number }

/** One class: who is with it, and its cohorts. */
export function ClassPage({ asked, view, year }: ClassProps): VNode {
  const { say } = formStateOf(asked)
  const { row } = view
  const way = [{ href: '/classes', title: say({ fr: 'Classes P-TECH', en: 'P-TECH classes' }) }]
  return (
    <Frame asked={asked} title={row.name} way={way}>
      <Facts
        facts={[
          [say({ fr: 'Filière', en: 'Track' }), row.track],
          [say({ fr: 'Code MEF', en: 'MEF code' }), row.mef],
        ]}
      />
      <h2>{say({ fr: 'Cohortes', en: 'Cohorts' })}</h2>
      <Cohorts say={say} view={view} year={year} />
      <NewCohort asked={asked} year={year} />
      <h2>{say({ fr: 'Entreprises', en: 'Companies' })}</h2>
      <Companies say={say} view={view} />
      <p class="actions">
        <ButtonLink kind="secondary" href={`/classes/${row.public_id}/companies/new`}>
          {say({ fr: 'Ajouter une entreprise', en: 'Add a company' })}
        </ButtonLink>
      </p>
      <h2>{say({ fr: 'Agent de liaison', en: 'Liaison officer' })}</h2>
      <Liaisons say={say} view={view} />
      <p class="actions">
        <ButtonLink kind="secondary" href={`/classes/${row.public_id}/liaison`}>
          {say({ fr: 'Nommer l’agent de liaison', en: 'Name the liaison officer' })}
        </ButtonLink>
      </p>
    </Frame>
  )
}

function Cohorts({ say, view, year }: { say: Say; view: ClassView; year: number }): VNode {
  return (
    <Table
      caption={say({ fr: 'Une par année d’entrée', en: 'One for each year of entry' })}
      head={[
        say({ fr: 'Entrée en 2de pro', en: 'Entered 2de pro in' }),
        say({ fr: 'Niveau cette année', en: 'Level this year' }),
      ]}
      rows={view.cohorts.map(({ publicId, entryYear }) => [
        <a href={`/cohorts/${publicId}`}>{schoolYearLabel(entryYear)}</a>,
        levelText(say, nominalLevel(entryYear, year)),
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

function Companies({ say, view }: { say: Say; view: ClassView }): VNode {
  return (
    <Table
      caption={say({ fr: 'Avec la classe, et autrefois', en: 'With the class, and formerly' })}
      head={[
        say({ fr: 'Entreprise', en: 'Company' }),
        say({ fr: 'Part', en: 'Part' }),
        say({ fr: 'Du', en: 'From' }),
        say({ fr: 'Au', en: 'Until' }),
        say({ fr: 'Aujourd’hui', en: 'Today' }),
      ]}
      rows={view.companies.map(({ name, role, fromDay, untilDay, active }) => [
        name,
        say(ROLE_WORDS[role]),
        say.day(fromDay),
        untilDay === null ? '–' : say.day(untilDay),
        <Active say={say} active={active} />,
      ])}
      empty={say({ fr: 'Aucune entreprise.', en: 'No company.' })}
    />
  )
}

function Liaisons({ say, view }: { say: Say; view: ClassView }): VNode {
  return (
    <>
      {view.liaisons.some(({ active }) => active) ? null : (
        <Notice kind="warning">
          <p>
            {say({
              fr: 'Cette classe n’a pas d’agent de liaison : il lui en faut un (PT-10).',
              en: 'This class has no liaison officer: it needs one (PT-10).',
            })}
          </p>
        </Notice>
      )}
      {view.isFinancedByPrincipal ? null : (
        <Notice kind="warning">
          <p>
            {say({
              fr: 'L’agent de liaison n’est pas financé par l’entreprise principale (PT-10).',
              en: 'The liaison officer is not paid by the principal company (PT-10).',
            })}
          </p>
        </Notice>
      )}
      <LiaisonTable say={say} view={view} />
    </>
  )
}

function LiaisonTable({ say, view }: { say: Say; view: ClassView }): VNode | null {
  if (view.liaisons.length === 0) return null
  return (
    <Table
      caption={say({ fr: 'Agents de liaison', en: 'Liaison officers' })}
      head={[
        say({ fr: 'Nom', en: 'Name' }),
        say({ fr: 'Employeur', en: 'Employer' }),
        say({ fr: 'Financé par', en: 'Paid by' }),
        say({ fr: 'Du', en: 'From' }),
        say({ fr: 'Au', en: 'Until' }),
        say({ fr: 'Aujourd’hui', en: 'Today' }),
      ]}
      rows={view.liaisons.map((one) => [
        `${one.givenName} ${one.familyName}`,
        one.employer ?? '–',
        one.financedBy ?? '–',
        say.day(one.fromDay),
        one.untilDay === null ? '–' : say.day(one.untilDay),
        <Active say={say} active={one.active} />,
      ])}
      empty=""
    />
  )
}

function Active({ say, active }: { say: Say; active: boolean }): VNode {
  return active ? (
    <State tone="valid">{say({ fr: 'Avec la classe', en: 'With the class' })}</State>
  ) : (
    <State tone="plain">{say({ fr: 'Pas ce jour', en: 'Not on this day' })}</State>
  )
}
