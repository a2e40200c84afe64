import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { Filter } from '../../../web/components/links.js'
import { wayTo } from '../../cohorts/views/group-title.js'
import { schoolYearLabel } from '../../school-year.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { OUTCOME_KINDS, OUTCOMES, outcomeWords } from '../outcomes.data.js'
import { periodOf, type CohortOutcomes } from '../see-outcomes.js'

/** The students of a cohort in a school year, and what their school said of how it ended. */
export function CohortOutcomesPage({ asked, view }: { asked: Asked; view: CohortOutcomes }): VNode {
  const { say } = formStateOf(asked)
  const { cohort, students, year, years } = view
  const here = `/cohorts/${cohort.publicId}/outcomes`
  const title = say({ fr: 'Devenir des élèves', en: 'What students went on to' })
  return (
    <Frame asked={asked} title={title} way={wayTo(say, cohort)}>
      <p>
        {say({
          fr: 'Le diplôme et la suite de parcours, une fois connus : des choix dans une liste, ni note ni commentaire. Les indicateurs en montrent des nombres, jamais moins de 5 élèves.',
          en: 'The diploma and what came next, once known: choices from a list, no mark and no comment. The indicators show numbers of them, never fewer than 5 students.',
        })}
      </p>
      <Filter
        label={say({ fr: 'Année scolaire', en: 'School year' })}
        links={years.map((one) => ({ href: `${here}?year=${one}`, title: schoolYearLabel(one) }))}
        here={`${here}?year=${year}`}
      />
      <Table
        caption={say({
          fr: `Élèves de la cohorte en ${schoolYearLabel(year)}`,
          en: `Students of the cohort in ${schoolYearLabel(year)}`,
        })}
        head={[
          say({ fr: 'Élève', en: 'Student' }),
          ...OUTCOME_KINDS.map((kind) => say(OUTCOMES[kind].words)),
          say({ fr: 'À faire', en: 'To do' }),
        ]}
        rows={students.map(({ publicId, name, said }) => [
          name,
          ...OUTCOME_KINDS.map((kind) => {
            const found = said.find((one) => one.kind === kind)
            return found ? say(outcomeWords(kind, found.outcome)) : '–'
          }),
          <a
            href={`${here}/${publicId}${dayOf(view)}`}
            aria-label={say({ fr: `Renseigner : ${name}`, en: `Fill in: ${name}` })}
          >
            {say({ fr: 'Renseigner', en: 'Fill in' })}
          </a>,
        ])}
        empty={say({
          fr: 'Aucun élève de votre établissement n’était dans la cohorte cette année-là.',
          en: 'No student of your school was in the cohort in that year.',
        })}
      />
    </Frame>
  )
}

/** In a year that is over, its last day is proposed. */
function dayOf({ year, years }: CohortOutcomes): string {
  return year === years[0] ? '' : `?day=${periodOf(year).untilDay}`
}
