import type { VNode } from 'preact'
import { Notice, Table } from '../../../web/components/blocks.js'
import { Button, Select } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { groupTitle } from '../../cohorts/views/group-title.js'
import { schoolYearLabel } from '../../school-year.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { SAID_PUBLICS, SAID_WORDS } from '../publics.js'
import type { CohortTotals, SchoolTotals } from '../see-totals.js'

type SchoolTotalsProps = { asked: Asked; view: SchoolTotals }

/** PT-20: what a school has said, cohort by cohort, and what it has not. */
export function SchoolTotalsPage({ asked, view }: SchoolTotalsProps): VNode {
  const { say } = formStateOf(asked)
  const { school, year, cohorts } = view
  const title = say({
    fr: `Publics prioritaires : ${school.name}`,
    en: `Priority publics: ${school.name}`,
  })
  const way = [{ href: '/indicators', title: say({ fr: 'Indicateurs', en: 'Indicators' }) }]
  return (
    <Frame asked={asked} title={title} way={way}>
      <p>
        {say({
          fr: 'Votre établissement donne ici, par cohorte, combien d’élèves sont de chaque public : des totaux, jamais des noms. Les indicateurs ne les montrent qu’une fois additionnés, quand toutes vos cohortes de l’année ont leur total.',
          en: 'Your school gives here, by cohort, how many students are of each public: totals, never names. The indicators show them only added up, once all your cohorts of the year have their total.',
        })}
      </p>
      <Filters asked={asked} view={view} />
      <Table
        caption={say({
          fr: `Cohortes P-TECH de ${schoolYearLabel(year)}`,
          en: `P-TECH cohorts of ${schoolYearLabel(year)}`,
        })}
        head={[
          say({ fr: 'Cohorte', en: 'Cohort' }),
          say({ fr: 'Élèves', en: 'Students' }),
          ...SAID_PUBLICS.map((of) => say(SAID_WORDS[of])),
          say({ fr: 'Donné par', en: 'Given by' }),
          say({ fr: 'À faire', en: 'To do' }),
        ]}
        rows={cohorts.map((one) => rowOf(say, view, one))}
        empty={say({
          fr: 'Aucune cohorte P-TECH n’a d’élèves de votre établissement cette année-là.',
          en: 'No P-TECH cohort has students of your school in that year.',
        })}
      />
      <Notice>
        <p>
          {say({
            fr: 'La part d’élèves de lycée professionnel n’est pas à donner : elle se calcule d’après leur niveau.',
            en: 'The share of students of lycées professionnels is not to be given: it is worked out from their levels.',
          })}
        </p>
      </Notice>
    </Frame>
  )
}

function rowOf(say: Say, view: SchoolTotals, one: CohortTotals) {
  const { cohort, headcount, isAsked, totals, last } = one
  const href = `/cohorts/${cohort.publicId}/publics/${view.school.publicId}/${view.year}`
  const by = last?.by ?? say({ fr: 'compte supprimé', en: 'account deleted' })
  const name = groupTitle(say, cohort)
  return [
    name,
    say.number(headcount),
    ...SAID_PUBLICS.map((of) => {
      const count = totals[of]
      return count === undefined ? '–' : say.number(count)
    }),
    last ? `${by}, ${say.instant(last.at)}` : '–',
    isAsked ? (
      <a
        href={href}
        aria-label={say({ fr: `Donner les totaux : ${name}`, en: `Give totals: ${name}` })}
      >
        {say({ fr: 'Donner les totaux', en: 'Give totals' })}
      </a>
    ) : (
      say({ fr: 'Moins de 5 élèves : rien à donner', en: 'Fewer than 5 students: nothing to give' })
    ),
  ]
}

function Filters({ asked, view }: SchoolTotalsProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { school, schools, year, years } = view
  return (
    <form method="get" action="/publics" class="fields">
      {schools.length > 1 ? (
        <Select
          state={state}
          name="school"
          label={say({ fr: 'Établissement', en: 'School' })}
          options={schools.map(({ publicId, name }) => ({ value: publicId, label: name }))}
          value={school.publicId}
        />
      ) : null}
      <Select
        state={state}
        name="year"
        label={say({ fr: 'Année scolaire', en: 'School year' })}
        options={years.map((one) => ({ value: String(one), label: schoolYearLabel(one) }))}
        value={String(year)}
      />
      <p>
        <Button kind="secondary">{say({ fr: 'Afficher', en: 'Show' })}</Button>
      </p>
    </form>
  )
}
