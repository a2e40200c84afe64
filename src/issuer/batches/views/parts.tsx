import type { VNode } from 'preact'
import { Choices } from '../../../web/components/choices.js'
import { Table } from '../../../web/components/blocks.js'
import { Field, type FormState } from '../../../web/components/form.js'
import { State } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import { LifeFields } from '../../views/badge-acts.js'
import { isBadgeAct, type BatchAct } from '../acts.data.js'
import type { ChoiceLine } from '../choose-rows.js'
import { COMMITMENTS, PROSPECT_WORDS } from './wording.js'

/** What its maker says for all rows, and what they commit to. `optional`: rows may say it themselves. */
export function Said(props: { state: FormState; act: BatchAct; optional?: boolean }): VNode {
  const { state, act, optional } = props
  const { say } = state
  const may = optional ? ({ optional: 'either' } as const) : {}
  const commits = act === 'assess' || act === 'endorse'
  return (
    <>
      {commits ? (
        <Field
          state={state}
          name="function"
          label={say({
            fr: 'Votre fonction dans l’entreprise',
            en: 'Your function in the company',
          })}
          hint={say({
            fr: 'Par exemple : tuteur, responsable d’atelier, directrice.',
            en: 'For example: tutor, workshop manager, director.',
          })}
          {...may}
        />
      ) : null}
      {act === 'endorse' ? (
        <Field
          state={state}
          name="comment"
          type="textarea"
          label={say({ fr: 'Ce que vous avez vu faire', en: 'What you saw done' })}
          hint={say({
            fr: 'De 20 à 1 000 caractères, les mêmes dans chaque badge. Ne nommez aucun élève.',
            en: '20 to 1,000 characters, the same in each badge. Name no student.',
          })}
          {...may}
        />
      ) : null}
      {isBadgeAct(act) ? (
        <LifeFields state={state} act={act} noteName="comment" optional={optional ?? false} />
      ) : null}
      <p>{say(COMMITMENTS[act])}</p>
      {act === 'endorse' ? (
        <Choices
          state={state}
          name="entitled"
          kind="several"
          legend={say({ fr: 'Votre engagement', en: 'Your commitment' })}
          options={[
            {
              value: 'yes',
              label: say({
                fr: 'Je déclare être en droit d’engager l’entreprise.',
                en: 'I declare that I am entitled to commit the company.',
              }),
            },
          ]}
        />
      ) : null}
    </>
  )
}

type Line = ChoiceLine & Readonly<{ line?: number }>

/** Rows that would not be done, with the reason of each. */
export function NotReady({ say, lines }: { say: Say; lines: readonly Line[] }): VNode | null {
  const others = lines.filter(({ prospect }) => prospect !== 'ready')
  if (others.length === 0) return null
  return (
    <Table
      caption={say({ fr: 'Ce qui ne peut pas être fait maintenant', en: 'What can’t be done now' })}
      head={[
        say({ fr: 'Élève', en: 'Student' }),
        'Badge',
        say({ fr: 'État', en: 'State' }),
        say({ fr: 'Pourquoi', en: 'Why' }),
      ]}
      rows={others.map(({ student, badge, prospect, why, dossierId }) => [
        student,
        dossierId ? (
          <a href={`/dossiers/${dossierId}`} lang="fr">
            {badge}
          </a>
        ) : (
          <span lang="fr">{badge}</span>
        ),
        <State tone={PROSPECT_WORDS[prospect].tone}>{say(PROSPECT_WORDS[prospect].words)}</State>,
        why ? say(why) : '',
      ])}
      empty=""
    />
  )
}
