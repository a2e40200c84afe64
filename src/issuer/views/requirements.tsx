import type { VNode } from 'preact'
import { Progress } from '../../web/components/journey.js'
import { State } from '../../web/components/status.js'
import type { Say } from '../../web/say.js'
import type { FactView, RequirementView } from '../rests-on.js'
import { amountIn } from '../wording.js'

type Props = { say: Say; id: string; requirements: readonly RequirementView[] }

/** What the rule asks, on the left; the confirmed facts that give it, on the right. */
export function Requirements({ say, id, requirements }: Props): VNode {
  return (
    <>
      {requirements.map((one, at) => (
        <div class="two" key={at}>
          <Asked say={say} id={`${id}-${at}`} requirement={one} />
          <Given say={say} requirement={one} />
        </div>
      ))}
    </>
  )
}

type OneProps = { say: Say; requirement: RequirementView }

/** A requirement, how much of it is there, and whether that is enough. */
export function Asked({ say, id, requirement }: OneProps & { id: string }): VNode {
  const { kind, words, wanted, found, met } = requirement
  const [have, need] = [amountIn(say, kind, found), amountIn(say, kind, wanted)]
  return (
    <div>
      <Progress
        id={id}
        label={say(words)}
        value={found}
        max={wanted}
        text={say({ fr: `${have} sur ${need}`, en: `${have} of ${need}` })}
      />
      <p>
        <State tone={met ? 'valid' : 'unknown'}>
          {met
            ? say({ fr: 'Exigence remplie', en: 'Requirement met' })
            : say({ fr: 'Incomplet', en: 'Incomplete' })}
        </State>
      </p>
    </div>
  )
}

function Given({ say, requirement }: OneProps): VNode {
  const { kind, facts } = requirement
  if (facts.length === 0) {
    return (
      <p class="soft">
        {say({
          fr: 'Aucun fait confirmé ne compte encore pour cette exigence.',
          en: 'No confirmed fact counts for this requirement yet.',
        })}
      </p>
    )
  }
  return (
    <ul class="checks">
      {facts.map((fact, at) => (
        <li key={at}>
          <strong>
            {say(fact.words)}, {amountIn(say, kind, fact.amount)}
          </strong>
          <p>
            {daysOf(say, fact)}, {fact.company}
          </p>
          <p class="soft small">
            {say({ fr: 'Confirmé par', en: 'Confirmed by' })} {say(fact.confirmedBy)}
            {say({ fr: ' le ', en: ' on ' })}
            {say.day(fact.confirmedDay)}
          </p>
        </li>
      ))}
    </ul>
  )
}

function daysOf(say: Say, { day, untilDay }: FactView): string {
  if (day === untilDay) return say.day(day)
  const [from, until] = [say.day(day), say.day(untilDay)]
  return say({ fr: `du ${from} au ${until}`, en: `from ${from} to ${until}` })
}
