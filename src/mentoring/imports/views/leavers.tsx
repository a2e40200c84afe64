import type { VNode } from 'preact'
import { Choices } from '../../../web/components/choices.js'
import { Button, ButtonLink, Field, Form, type FormState } from '../../../web/components/form.js'
import { EXIT_REASONS, EXIT_WORDS } from '../../cohorts/end-enrolment.js'
import type { Say } from '../../../web/say.js'
import { schemeOf } from '../../schemes/index.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { GOES_ON, type Leaving } from '../end-leavers.js'
import { IMPORT_TITLE } from './import-parts.js'

type Props = { asked: Asked; leaving: Leaving; today: string }

/** Ends the schooling of those whom a list has no more: one student or several. */
export function LeaversPage({ asked, leaving, today }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { past, stays } = leaving
  const receipt = `/imports/${past.id}`
  const way = [
    { href: '/import', title: say(IMPORT_TITLE) },
    { href: receipt, title: say({ fr: 'Reçu de l’import', en: 'Receipt of the import' }) },
  ]
  return (
    <Frame
      asked={asked}
      title={say({ fr: 'Terminer des scolarités', en: 'End schoolings' })}
      way={way}
    >
      {stays.length === 0 ? (
        <Nobody say={say} receipt={receipt} />
      ) : (
        <Form state={state}>
          <Who state={state} stays={stays} />
          <Field
            state={state}
            name="lastDay"
            type="date"
            label={say({ fr: 'Dernier jour au lycée', en: 'Last day at the school' })}
            value={today}
          />
          <Cohort state={state} />
          <OtherSchemes state={state} groups={leaving.groups} />
          <p class="actions">
            <Button>
              {say({ fr: 'Terminer leur scolarité ici', en: 'End their schooling here' })}
            </Button>
          </p>
        </Form>
      )}
    </Frame>
  )
}

function Nobody({ say, receipt }: { say: Say; receipt: string }): VNode {
  return (
    <>
      <p>
        {say({
          fr: 'Aucun des élèves que cet import a signalés n’est encore inscrit ici.',
          en: 'None of the students whom this import told of is still enrolled here.',
        })}
      </p>
      <p class="actions">
        <ButtonLink href={receipt} kind="secondary">
          {say({ fr: 'Revenir au reçu', en: 'Back to the receipt' })}
        </ButtonLink>
      </p>
    </>
  )
}

/** In September all who were in Terminale are listed: nobody ticks three hundred boxes. */
function Who({ state, stays }: { state: FormState; stays: Leaving['stays'] }): VNode {
  const { say } = state
  return (
    <>
      <Choices
        state={state}
        name="who"
        kind="one"
        legend={say({ fr: 'Qui a quitté le lycée ?', en: 'Who has left the school?' })}
        chosen={['some']}
        options={[
          { value: 'some', label: say({ fr: 'Ceux que je coche', en: 'Those I tick' }) },
          { value: 'all', label: allInWords(say, stays.length) },
        ]}
      />
      <Choices
        state={state}
        name="studentIds"
        kind="several"
        legend={say({ fr: 'Élèves', en: 'Students' })}
        hint={say({
          fr: 'Ces élèves ne sont plus dans la liste. Leurs séances et leurs périodes en entreprise leur restent.',
          en: 'These students are no longer in the list. Their sessions and placements stay theirs.',
        })}
        options={stays.map(({ publicId, name, division }) => ({
          value: publicId,
          label: `${name} (${division})`,
        }))}
      />
    </>
  )
}

function Cohort({ state }: { state: FormState }): VNode {
  const { say } = state
  const leaves = say({ fr: 'Ils la quittent : ', en: 'They leave it: ' })
  const stay = {
    value: GOES_ON,
    label: say({
      fr: 'Ils y restent, dans un autre lycée, ou ne sont dans aucune',
      en: 'They stay in it at another school, or are in none',
    }),
  }
  return (
    <Choices
      state={state}
      name="reason"
      kind="one"
      legend={say({ fr: 'Et leur cohorte ?', en: 'And their cohort?' })}
      options={[
        ...EXIT_REASONS.map((value) => ({ value, label: `${leaves}${say(EXIT_WORDS[value])}` })),
        stay,
      ]}
    />
  )
}

/** Scheme by scheme: what ends with the schooling, if it is ticked, and what does not. */
function OtherSchemes({
  state,
  groups,
}: {
  state: FormState
  groups: Leaving['groups']
}): VNode | null {
  if (groups.length === 0) return null
  const { say } = state
  const byScheme = [...Map.groupBy(groups, ({ scheme }) => scheme)].map(
    ([code, own]) => [schemeOf(code), own] as const,
  )
  const several = byScheme.filter(([{ ofOne }]) => !ofOne)
  const pairs = byScheme.filter(([{ ofOne }]) => ofOne).flatMap(([, own]) => own)
  return (
    <>
      {several.length === 0 ? null : (
        <Choices
          state={state}
          name="endedSchemes"
          kind="several"
          legend={say({ fr: 'Et leurs autres dispositifs ?', en: 'And their other schemes?' })}
          hint={say({
            fr: 'Ce que vous ne cochez pas continue, par exemple d’un collège à un lycée. Le motif est celui de la cohorte.',
            en: 'What you do not tick goes on, from a collège to a lycée for instance. The reason is that of the cohort.',
          })}
          options={several.map(([{ code, words }, own]) => ({
            value: code,
            label: endsInWords(say, say(words), own.length),
          }))}
        />
      )}
      {pairs.length === 0 ? null : (
        <>
          <p>
            {say({
              fr: 'Ces binômes continuent : s’il le faut, terminez-les sur leur page.',
              en: 'These pairs go on: if need be, end them on their pages.',
            })}
          </p>
          <ul>
            {pairs.map(({ scheme, cohortPublicId, name }) => (
              <li>
                <a href={`${schemeOf(scheme).group.page}/${cohortPublicId}`}>{name}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function endsInWords(say: Say, scheme: string, count: number): string {
  return count === 1
    ? say({
        fr: `${scheme} : terminer leur inscription (1 de ces élèves)`,
        en: `${scheme}: end their enrolment (1 of these students)`,
      })
    : say({
        fr: `${scheme} : terminer leur inscription (${count} de ces élèves)`,
        en: `${scheme}: end their enrolment (${count} of these students)`,
      })
}

function allInWords(say: Say, count: number): string {
  return count === 1
    ? say({ fr: 'L’élève ci-dessous', en: 'The student below' })
    : say({ fr: `Les ${count} élèves ci-dessous`, en: `All ${count} students below` })
}
