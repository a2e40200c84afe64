import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { Choices } from '../../../web/components/choices.js'
import { Button, ButtonLink, Field, Form, Select } from '../../../web/components/form.js'
import type { FormState } from '../../../web/components/form.js'
import { schoolYearLabel } from '../../school-year.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { CONTRIBUTION_KINDS, CONTRIBUTION_WORDS } from '../contribution-rules.js'
import type { ClassContributions } from '../see-contributions.js'
import { stateFor } from './class-way.js'
import { euros, PersonDays, YearFilter } from './contributions.js'

type Props = { asked: Asked; view: ClassContributions; today: string; thisYear: number }

/** What the companies of one class gave it in a school year. */
export function ClassContributionsPage(props: Props): VNode {
  const { asked, view, thisYear } = props
  const { say } = formStateOf(asked)
  const { row, year } = view
  const path = `/classes/${row.public_id}`
  return (
    <Frame
      asked={asked}
      title={say({ fr: `Contributions, ${row.name}`, en: `Contributions, ${row.name}` })}
      way={[{ href: '/contributions', title: say({ fr: 'Contributions', en: 'Contributions' }) }]}
    >
      <YearFilter say={say} path={`${path}/contributions`} year={year} thisYear={thisYear} />
      <PersonDays say={say} lines={view.lines} linked={false} />
      <p class="actions">
        <ButtonLink kind="secondary" href={`${path}/commitments?year=${year}`}>
          {say({ fr: 'Noter une promesse', en: 'Note a promise' })}
        </ButtonLink>
        <ButtonLink kind="quiet" href={`${path}/plan`}>
          {say({ fr: 'Plan sur cinq ans', en: 'Five-year plan' })}
        </ButtonLink>
        <ButtonLink kind="quiet" href={`${path}/domains`}>
          {say({ fr: 'Domaines des entreprises', en: 'Domains of the companies' })}
        </ButtonLink>
      </p>
      <h2>{say({ fr: 'Enregistré à part', en: 'Recorded apart' })}</h2>
      <Recorded {...props} />
      <h2>{say({ fr: 'Enregistrer une contribution', en: 'Record a contribution' })}</h2>
      <NewContribution {...props} />
    </Frame>
  )
}

function Recorded({ asked, view }: Props): VNode {
  const state = stateFor(asked, 'withdraw')
  const { say } = state
  return (
    <Table
      caption={say({ fr: 'La dernière d’abord', en: 'The last one first' })}
      head={[
        say({ fr: 'Jour', en: 'Day' }),
        say({ fr: 'Entreprise', en: 'Company' }),
        say({ fr: 'Nature', en: 'Kind' }),
        say({ fr: 'Description', en: 'Description' }),
        say({ fr: 'Jours', en: 'Days' }),
        say({ fr: 'Montant', en: 'Amount' }),
        say({ fr: 'Retirer', en: 'Withdraw' }),
      ]}
      rows={view.recorded.map((one) => [
        say.day(one.day),
        one.companyName,
        say(CONTRIBUTION_WORDS[CONTRIBUTION_KINDS.find((kind) => kind === one.kind) ?? 'OTHER']),
        one.description,
        one.half_days === null ? '–' : say.number(one.half_days / 2),
        one.amount_cents === null ? '–' : euros(say, one.amount_cents),
        <Withdraw state={state} id={one.public_id} />,
      ])}
      empty={say({ fr: 'Rien pour cette année.', en: 'Nothing for this year.' })}
    />
  )
}

function Withdraw({ state, id }: { state: FormState; id: string }): VNode {
  return (
    <Form state={{ ...state, problem: undefined }}>
      <input type="hidden" name="act" value="withdraw" />
      <input type="hidden" name="contributionId" value={id} />
      <Button kind="quiet">
        {state.say({ fr: 'Retirer cette contribution', en: 'Withdraw this contribution' })}
      </Button>
    </Form>
  )
}

function NewContribution({ asked, view, today }: Props): VNode {
  const state = stateFor(asked, 'record')
  const { say } = state
  return (
    <Form state={state}>
      <input type="hidden" name="act" value="record" />
      <CompanyChoice state={state} view={view} />
      <Choices
        state={state}
        name="kind"
        kind="one"
        legend={say({ fr: 'Nature', en: 'Kind' })}
        options={CONTRIBUTION_KINDS.map((value) => ({
          value,
          label: say(CONTRIBUTION_WORDS[value]),
        }))}
        chosen={['PERSON_DAYS']}
      />
      <Field
        state={state}
        name="day"
        type="date"
        label={say({ fr: 'Jour', en: 'Day' })}
        value={today}
      />
      <Field
        state={state}
        name="description"
        label={say({ fr: 'Description', en: 'What it is' })}
      />
      <Field
        state={state}
        name="personDays"
        optional="either"
        label={say({ fr: 'Jours, pour du temps de salariés', en: 'Days, for time' })}
        hint={say({ fr: 'Par demi-journées : 1,5.', en: 'In half days: 1.5.' })}
      />
      <Field
        state={state}
        name="euros"
        optional="either"
        label={say({ fr: 'Montant en euros, pour du matériel', en: 'Euros, for equipment' })}
      />
      <Button>{say({ fr: 'Enregistrer la contribution', en: 'Record the contribution' })}</Button>
    </Form>
  )
}

function CompanyChoice({ state, view }: { state: FormState; view: ClassContributions }): VNode {
  return (
    <Select
      state={state}
      name="companyId"
      label={state.say({ fr: 'Entreprise', en: 'Company' })}
      options={view.companies.map(({ publicId, name }) => ({ value: publicId, label: name }))}
    />
  )
}

/** What a company promises a class for a school year. */
export function CommitmentPage({ asked, view, thisYear }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { row, year } = view
  const years = [thisYear + 1, thisYear, thisYear - 1]
  return (
    <Frame
      asked={asked}
      title={say({ fr: 'Noter une promesse', en: 'Note a promise' })}
      way={wayOf(state, view)}
    >
      <p>
        {say({
          fr: `Pour la classe ${row.name}. La dernière promesse notée pour une année compte.`,
          en: `For the class ${row.name}. The promise noted last for a year counts.`,
        })}
      </p>
      <Form state={state}>
        <CompanyChoice state={state} view={view} />
        <Select
          state={state}
          name="schoolYear"
          label={say({ fr: 'Année scolaire', en: 'School year' })}
          options={years.map((one) => ({ value: String(one), label: schoolYearLabel(one) }))}
          value={String(year)}
        />
        <Field
          state={state}
          name="personDays"
          type="number"
          label={say({ fr: 'Jours de salariés', en: 'Days of employees' })}
        />
        <Field
          state={state}
          name="euros"
          optional
          label={say({ fr: 'Matériel, en euros', en: 'Equipment, in euros' })}
        />
        <Button>{say({ fr: 'Noter la promesse', en: 'Note the promise' })}</Button>
      </Form>
    </Frame>
  )
}

/** What the companies of a class are competent in, beside its track (PT-25). */
export function DomainsPage({ asked, view }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const title = say({ fr: 'Domaines des entreprises', en: 'Domains of the companies' })
  return (
    <Frame asked={asked} title={title} way={wayOf(state, view)}>
      <Table
        caption={say({
          fr: `La filière de la classe est du groupe NSF ${view.nsf}`,
          en: `The track of the class is of the NSF group ${view.nsf}`,
        })}
        head={[say({ fr: 'Entreprise', en: 'Company' }), say({ fr: 'Domaines', en: 'Domains' })]}
        rows={view.companies.map(({ name, domains }) => [
          name,
          domains.join(', ') || say({ fr: 'pas encore notés', en: 'not noted yet' }),
        ])}
        empty={say({ fr: 'Aucune entreprise.', en: 'No company.' })}
      />
      <Form state={state}>
        <CompanyChoice state={state} view={view} />
        <Field
          state={state}
          name="domains"
          optional="either"
          label={say({ fr: 'Groupes NSF', en: 'NSF groups' })}
          hint={say({
            fr: 'Trois chiffres chacun, comme 225 pour la plasturgie. Ils remplacent ceux d’avant.',
            en: 'Three digits each, such as 225 for plastics. They replace those of before.',
          })}
        />
        <Button>{say({ fr: 'Garder ces domaines', en: 'Keep these domains' })}</Button>
      </Form>
    </Frame>
  )
}

function wayOf({ say }: FormState, { row }: ClassContributions) {
  return [
    { href: '/contributions', title: say({ fr: 'Contributions', en: 'Contributions' }) },
    { href: `/classes/${row.public_id}/contributions`, title: row.name },
  ]
}
