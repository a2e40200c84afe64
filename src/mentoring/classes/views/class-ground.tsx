import type { VNode } from 'preact'
import { Facts, Notice } from '../../../web/components/blocks.js'
import type { Say } from '../../../web/say.js'
import type { Words } from '../../../words.js'
import { schoolYearLabel } from '../../school-year.js'
import { AGREEMENT_TYPES, AGREEMENT_WORDS } from '../agreement-rules.js'
import type { Finding } from '../../finding.js'
import { FUNCTION_WORDS } from '../people-rules.js'
import { isAgreed } from '../plan-rules.js'
import type { ClassView } from '../see-classes.js'
import type { Ground } from '../see-ground.js'

/** What the rules report: the sentence first, in small since when and by which rule. */
export function Findings(props: { say: Say; findings: readonly Finding[] }): VNode | null {
  const { say, findings } = props
  if (findings.length === 0) return null
  return (
    <>
      <h2>{say({ fr: 'À régler', en: 'To settle' })}</h2>
      <Notice kind="warning">
        <ul>
          {findings.map(({ rule, words, since }, at) => (
            <li key={at}>
              {say(words)}{' '}
              <span class="soft small">
                {since === undefined
                  ? ''
                  : say({ fr: `Depuis le ${say.day(since)} `, en: `Since ${say.day(since)} ` })}
                ({say({ fr: 'règle', en: 'rule' })} {rule})
              </span>
            </li>
          ))}
        </ul>
      </Notice>
    </>
  )
}

type GroundProps = {
  say: Say
  view: Pick<ClassView, 'row' | 'maySeeStudents'>
  ground: Ground
}

/** What a class rests on, each in a line with the page where it is kept. */
export function ClassGround({ say, view, ground }: GroundProps): VNode {
  const link = (page: string, words: Words) => (
    <a href={`/classes/${view.row.public_id}/${page}`}>{say(words)}</a>
  )
  const opening = ground.openingId
  return (
    <>
      <h2>{say({ fr: 'Ce qui la porte', en: 'What it rests on' })}</h2>
      <Facts
        facts={[
          [link('people', { fr: 'Personnes', en: 'People' }), peopleText(say, ground)],
          [link('agreements', { fr: 'Accords', en: 'Agreements' }), agreementText(say, ground)],
          [
            link('progression', { fr: 'Progression pédagogique', en: 'Progression pédagogique' }),
            ground.progression
              ? say({ fr: 'Écrite', en: 'Written' })
              : say({ fr: 'À écrire', en: 'To be written' }),
          ],
          [
            link('plan', { fr: 'Plan de contributions', en: 'Contributions plan' }),
            planText(say, ground.plan),
          ],
          ...(view.maySeeStudents
            ? [
                [
                  link('contributions', { fr: 'Contributions', en: 'Contributions' }),
                  say({ fr: 'Ce que les entreprises donnent', en: 'What the companies give' }),
                ] as const,
              ]
            : []),
          ...(opening === undefined
            ? []
            : [
                [
                  <a href={`/openings/${opening}`}>{say({ fr: 'Ouverture', en: 'Opening' })}</a>,
                  say({ fr: 'Comment elle s’est ouverte', en: 'How it was opened' }),
                ] as const,
              ]),
        ]}
      />
    </>
  )
}

function peopleText(say: Say, { people }: Ground): string {
  const active = people.filter((one) => one.active)
  if (active.length === 0) return say({ fr: 'Personne n’est nommé', en: 'Nobody is named' })
  return active.map((one) => `${one.name} (${say(FUNCTION_WORDS[one.function])})`).join(', ')
}

/** Each agreement with its end, and the cohorts that outlive them (PT-14). */
function agreementText(say: Say, { agreements, gaps }: Ground): string {
  if (agreements.length === 0) return say({ fr: 'Aucun accord', en: 'No agreement' })
  const terms = agreements.map(({ title, endDay }) => `${title} (${say.day(endDay)})`)
  const years = gaps.map(({ cohort }) => schoolYearLabel(cohort.entryYear))
  const uncovered =
    years.length === 0
      ? ''
      : say({
          fr: ` ; à couvrir par renouvellement : cohortes entrées en ${say.list(years)}`,
          en: `; to be covered by a renewal: cohorts that entered in ${say.list(years)}`,
        })
  return `${terms.join(', ')}${uncovered}`
}

function planText(say: Say, plan: Ground['plan']): string {
  if (!plan) return say({ fr: 'À écrire', en: 'To be written' })
  return isAgreed(plan.signed)
    ? say({ fr: 'Signé des deux côtés', en: 'Signed on both sides' })
    : say({ fr: 'À signer', en: 'To be signed' })
}

/** What kind of agreement a code is. */
export function agreementWords(code: string): Words {
  const type = AGREEMENT_TYPES.find((one) => one === code)
  return type ? AGREEMENT_WORDS[type] : { fr: code, en: code }
}
