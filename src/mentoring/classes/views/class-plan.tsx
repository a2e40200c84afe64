import type { VNode } from 'preact'
import { Facts, Notice } from '../../../web/components/blocks.js'
import { Button, ButtonLink, Field, Form, Select } from '../../../web/components/form.js'
import { EmptyState } from '../../../web/components/journey.js'
import { State } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import type { Words } from '../../../words.js'
import { schoolYearLabel } from '../../school-year.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { PLAN_YEARS, SIDES, type Side } from '../plan-rules.js'
import type { PlanView } from '../see-plan.js'
import { wayTo } from './class-way.js'

const SIDE_WORDS: Readonly<Record<Side, Words>> = {
  COMPANY: { fr: 'Entreprises', en: 'Companies' },
  TEAM: { fr: 'Équipe pédagogique', en: 'Teaching team' },
}

type PlanProps = { asked: Asked; view: PlanView }

/** What the companies bring over five years, as both sides have signed it (PT-18). */
export function ClassPlanPage({ asked, view }: PlanProps): VNode {
  const { say } = formStateOf(asked)
  const { row, plan, mayManage } = view
  const way = view.maySeeClass
    ? wayTo(say, row)
    : [{ href: '/contributions', title: say({ fr: 'Contributions', en: 'Contributions' }) }]
  const title = say({ fr: `Plan de contributions, ${row.name}`, en: `Plan of ${row.name}` })
  return (
    <Frame asked={asked} title={title} way={way}>
      {plan ? (
        <PlanShown asked={asked} view={view} plan={plan} />
      ) : (
        <EmptyState>
          {say({
            fr: 'Le plan n’est pas encore écrit : entreprises et équipe pédagogique l’établissent ensemble, pour cinq ans.',
            en: 'The plan is not written yet: companies and teaching team make it together, for five years.',
          })}
        </EmptyState>
      )}
      {mayManage ? (
        <p class="actions">
          <ButtonLink kind="secondary" href={`/classes/${row.public_id}/plan/edit`}>
            {plan
              ? say({ fr: 'Écrire une nouvelle version', en: 'Write a new version' })
              : say({ fr: 'Écrire le plan', en: 'Write the plan' })}
          </ButtonLink>
        </p>
      ) : null}
    </Frame>
  )
}

function PlanShown(props: PlanProps & { plan: NonNullable<PlanView['plan']> }): VNode {
  const { asked, view, plan } = props
  const state = formStateOf(asked)
  const { say } = state
  return (
    <>
      <Facts
        facts={[
          [say({ fr: 'Version', en: 'Version' }), say.number(plan.version)],
          ...SIDES.map((side) => [say(SIDE_WORDS[side]), signedText(say, view, side)] as const),
        ]}
      />
      {view.maySign ? (
        <Form state={state}>
          <input type="hidden" name="side" value={view.maySign} />
          <input type="hidden" name="version" value={plan.version} />
          <Button>
            {view.maySign === 'TEAM'
              ? say({ fr: 'Signer pour l’équipe pédagogique', en: 'Sign for the teaching team' })
              : say({ fr: 'Signer pour notre entreprise', en: 'Sign for our company' })}
          </Button>
        </Form>
      ) : null}
      {plan.texts.map((text, at) => (
        <section key={at}>
          <h2>{yearTitle(say, at, plan.first_year)}</h2>
          {text.split(/\n+/).map((line, number) => (
            <p key={number} lang="fr">
              {line}
            </p>
          ))}
        </section>
      ))}
    </>
  )
}

function signedText(say: Say, view: PlanView, side: Side): VNode {
  const signed = view.signed.find((one) => one.side === side)
  if (!signed) return <State tone="due">{say({ fr: 'À signer', en: 'To be signed' })}</State>
  const day = say.instant(signed.at)
  const who = signed.companyName === null ? '' : `${signed.companyName}, `
  return (
    <State tone="valid">{say({ fr: `Signé : ${who}${day}`, en: `Signed: ${who}${day}` })}</State>
  )
}

function yearTitle(say: Say, at: number, firstYear: number): string {
  const label = schoolYearLabel(firstYear + at)
  return say({ fr: `Année ${at + 1}, ${label}`, en: `Year ${at + 1}, ${label}` })
}

/** Writes the plan anew: what was signed before stays signed, the new version is not. */
export function PlanFormPage({ asked, view }: PlanProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { plan, row } = view
  const firstYear = plan?.first_year ?? view.year
  const recent = Array.from({ length: PLAN_YEARS + 2 }, (_, at) => view.year + 1 - at)
  // A plan of long ago, or of later, keeps its year unless somebody chooses another.
  const years = [...new Set([...recent, firstYear])].toSorted((one, other) => other - one)
  const way = [
    ...wayTo(say, row),
    { href: `/classes/${row.public_id}/plan`, title: say({ fr: 'Plan', en: 'Plan' }) },
  ]
  return (
    <Frame asked={asked} title={say({ fr: 'Écrire le plan', en: 'Write the plan' })} way={way}>
      {view.signed.length > 0 ? (
        <Notice kind="warning">
          <p>
            {say({
              fr: 'Cette version est signée. Un changement fait une nouvelle version, que les deux côtés signent à nouveau.',
              en: 'This version is signed. A change makes a new version, which both sides sign again.',
            })}
          </p>
        </Notice>
      ) : null}
      <Form state={state}>
        <input type="hidden" name="basedOn" value={plan?.version ?? 0} />
        <Select
          state={state}
          name="firstYear"
          label={say({ fr: 'Première année du plan', en: 'First year of the plan' })}
          options={years.map((one) => ({ value: String(one), label: schoolYearLabel(one) }))}
          value={String(firstYear)}
        />
        {Array.from({ length: PLAN_YEARS }, (_, at) => (
          <Field
            key={at}
            state={state}
            name={`year${at + 1}`}
            type="textarea"
            label={say({ fr: `Année ${at + 1}`, en: `Year ${at + 1}` })}
            value={plan?.texts[at] ?? ''}
          />
        ))}
        <Button>{say({ fr: 'Garder cette version', en: 'Keep this version' })}</Button>
      </Form>
    </Frame>
  )
}
