import type { VNode } from 'preact'
import { Form, Select, type FormState } from '../../../web/components/form.js'
import { EmptyState } from '../../../web/components/journey.js'
import { LinkList } from '../../../web/components/links.js'
import { schoolYearLabel } from '../../school-year.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { ExportChoices } from '../see-exports.js'
import { cohortName } from '../words.js'
import { Downloads } from './downloads.js'

/** What a school may take away of its own book. */
export function ExportsPage({ asked, choices }: { asked: Asked; choices: ExportChoices }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { cohorts, years, schemes } = choices
  return (
    <Frame asked={asked} title={say({ fr: 'Exports', en: 'Exports' })} way={[]}>
      <p>
        {say({
          fr: 'Ce sont les données de votre lycée, sans date de naissance ni INE. Chaque export est noté au journal.',
          en: 'This is the data of your lycée, without birth dates or INE. Each export is noted in the audit.',
        })}
      </p>
      <h2>{say({ fr: 'Les élèves d’une cohorte', en: 'The students of a cohort' })}</h2>
      {cohorts.length === 0 ? (
        <EmptyState>
          {say({
            fr: 'Aucune cohorte pour le moment : elles s’ouvrent sur la page d’une classe.',
            en: 'No cohort yet: they are opened on the page of a class.',
          })}
        </EmptyState>
      ) : (
        <Form state={state} action="/exports">
          <Select
            state={state}
            name="cohortId"
            label={say({ fr: 'Cohorte', en: 'Cohort' })}
            options={cohorts.map((one) => ({ value: one.publicId, label: cohortName(say, one) }))}
          />
          <Downloads say={say} what="students" />
        </Form>
      )}
      <h2>{say({ fr: 'Les faits d’une année scolaire', en: 'The facts of a school year' })}</h2>
      <Form state={state} action="/exports">
        <YearSelect state={state} years={years} />
        <Downloads say={say} what="sessions" />
        <Downloads say={say} what="placements" />
      </Form>
      {schemes.length === 0 ? null : (
        <>
          <h2>{say({ fr: 'Archive d’un dispositif', en: 'Archive of a scheme' })}</h2>
          <LinkList
            links={schemes.map(({ code, words }) => ({
              href: `/exports/scheme/${code}`,
              title: say(words),
              about: say({ fr: 'tout, en un seul fichier', en: 'everything, in one file' }),
            }))}
          />
        </>
      )}
    </Frame>
  )
}

type YearProps = { state: FormState; years: readonly number[]; all?: boolean }

export function YearSelect({ state, years, all }: YearProps): VNode {
  const { say } = state
  const every = { value: 'all', label: say({ fr: 'Toutes', en: 'All of them' }) }
  return (
    <Select
      state={state}
      name="year"
      label={say({ fr: 'Année scolaire', en: 'School year' })}
      options={[
        ...years.map((year) => ({ value: String(year), label: schoolYearLabel(year) })),
        ...(all ? [every] : []),
      ]}
    />
  )
}
