import type { VNode } from 'preact'
import { Facts, Notice } from '../../../web/components/blocks.js'
import { Button, ButtonLink, Form, type FormState } from '../../../web/components/form.js'
import { State, type Tone } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { warningName } from '../../warning-names.data.js'
import { AGE_WORDS } from '../ages.js'
import type { PlacementView } from '../see-placement.js'
import { STATE_WORDS, stateOf, type PlacementState } from '../states.js'
import { inHours } from '../working-time.js'
import { AgreementPart } from './agreement-part.js'
import { AssessmentPart } from './assessment-part.js'
import { FollowPart } from './follow-part.js'

export type PartProps = { asked: Asked; view: PlacementView }

/** One of several forms of a page: what was refused is told in that form alone. */
export function stateOfForm(asked: Asked, name: string): FormState {
  const state = formStateOf(asked)
  return state.problem?.values['do'] === name ? state : { ...state, problem: undefined }
}

const TONES: Readonly<Record<PlacementState, Tone>> = {
  pending: 'plain',
  completed: 'unknown',
  validated: 'valid',
  rectified: 'valid',
  'did-not-show': 'invalid',
  cancelled: 'invalid',
}

/** A placement on one screen: where it stands, what is missing, what can be done. */
export function PlacementPage({ asked, view, link }: PartProps & { link?: string }): VNode {
  const { say } = formStateOf(asked)
  const { placement, reader, missing, findings } = view
  const state = stateOf(placement)
  const { fromDay } = placement
  const title = say({ fr: `Stage du ${say.day(fromDay)}`, en: `Placement of ${say.day(fromDay)}` })
  const heading = say({ fr: `Stage : ${view.studentName}`, en: `Placement: ${view.studentName}` })
  const way = [{ href: '/placements', title: say({ fr: 'Stages', en: 'Placements' }) }]
  return (
    <Frame asked={asked} title={title} heading={heading} way={way}>
      <p>
        <State tone={TONES[state]}>{say(STATE_WORDS[state])}</State>
      </p>
      {missing.length > 0 ? (
        <p>
          {say({ fr: 'Ce qui manque : ', en: 'What is missing: ' })}
          {missing.map((words) => say(words)).join(say({ fr: ' ; ', en: '; ' }))}.
        </p>
      ) : null}
      {findings.length > 0 ? (
        <Notice kind="warning">
          <ul>
            {findings.map(({ rule, words }) => (
              <li key={rule}>{say(words)}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <Confirm asked={asked} view={view} />
      <PlacementFacts say={say} view={view} />
      {placement.plan ? <AgreementPart asked={asked} view={view} /> : null}
      {placement.plan && reader === 'school' ? <FollowPart asked={asked} view={view} /> : null}
      <AssessmentPart asked={asked} view={view} {...(link === undefined ? {} : { link })} />
    </Frame>
  )
}

function Confirm({ asked, view }: PartProps): VNode | null {
  if (!view.mayConfirm) return null
  const state = stateOfForm(asked, 'confirm')
  const absent = view.placement.daysDone === null
  return (
    <Form state={state}>
      <input type="hidden" name="do" value="confirm" />
      <Button>
        {state.say(
          absent
            ? {
                fr: 'Confirmer que l’élève n’est jamais venu',
                en: 'Confirm that the student never came',
              }
            : { fr: 'Confirmer ces jours', en: 'Confirm these days' },
        )}
      </Button>
    </Form>
  )
}

function PlacementFacts({ say, view }: { say: Say; view: PlacementView }): VNode {
  const { placement, reader, keptWarnings } = view
  const { plan, daysDone } = placement
  const facts: [string, string][] = [
    [say({ fr: 'Entreprise', en: 'Company' }), placement.companyName],
    [say({ fr: 'Lycée', en: 'Lycée' }), placement.schoolName],
    [
      say({ fr: 'Dates', en: 'Dates' }),
      say({
        fr: `du ${say.day(placement.fromDay)} au ${say.day(placement.untilDay)}`,
        en: `${say.day(placement.fromDay)} to ${say.day(placement.untilDay)}`,
      }),
    ],
    [say({ fr: 'Tuteur', en: 'Tutor' }), placement.tutorName],
    ...(daysDone === null
      ? []
      : [[say({ fr: 'Jours faits', en: 'Days done' }), say.number(daysDone)] as [string, string]]),
    ...(plan ? planFacts(say, plan, reader) : []),
    ...(keptWarnings.length > 0
      ? [
          [
            say({ fr: 'Avertissements acceptés', en: 'Warnings accepted' }),
            keptWarnings.map((rule) => say(warningName(rule))).join(say({ fr: ' ; ', en: '; ' })),
          ] as [string, string],
        ]
      : []),
  ]
  return (
    <>
      <Facts facts={facts} />
      {view.mayManage && stateOf(placement) === 'pending' ? (
        <p class="actions">
          <ButtonLink kind="secondary" href={`/placements/${placement.publicId}/tutor`}>
            {say({ fr: 'Changer de tuteur', en: 'Change the tutor' })}
          </ButtonLink>
        </p>
      ) : null}
      {reader === 'school' && daysDone !== null ? (
        <p>
          <a href={`/placements/${placement.publicId}/correct`}>
            {say({ fr: 'Corriger ces jours', en: 'Correct these days' })}
          </a>
        </p>
      ) : null}
    </>
  )
}

type PlanOf = NonNullable<PlacementView['placement']['plan']>

function planFacts(say: Say, plan: PlanOf, reader: PlacementView['reader']): [string, string][] {
  const { site, medicalOpinionOn: opinion } = plan
  const regulated = plan.work === 'REGULATED'
  return [
    [
      say({ fr: 'Site', en: 'Site' }),
      site ? `${site.name}, ${site.town} (SIRET ${site.siret})` : '–',
    ],
    [say({ fr: 'Enseignant référent', en: 'Teacher in charge' }), plan.referentName ?? '–'],
    [
      say({ fr: 'Horaires', en: 'Hours' }),
      say({
        fr: `${inHours(plan.dailyMinutes)} par jour, ${inHours(plan.weeklyMinutes)} par semaine, entre ${plan.startTime} et ${plan.endTime}`,
        en: `${inHours(plan.dailyMinutes)} a day, ${inHours(plan.weeklyMinutes)} a week, between ${plan.startTime} and ${plan.endTime}`,
      }),
    ],
    [
      say({ fr: 'Travaux réglementés', en: 'Regulated work' }),
      say(regulated ? { fr: 'oui', en: 'yes' } : { fr: 'non', en: 'no' }),
    ],
    ...(opinion === null
      ? []
      : [
          [say({ fr: 'Avis médical du', en: 'Medical opinion of' }), say.day(opinion)] as [
            string,
            string,
          ],
        ]),
    ...(reader === 'school'
      ? [
          [say({ fr: 'Âge au début', en: 'Age at the start' }), say(AGE_WORDS[plan.age])] as [
            string,
            string,
          ],
        ]
      : []),
  ]
}
