import type { VNode } from 'preact'
import { Table } from '../../web/components/blocks.js'
import { State } from '../../web/components/status.js'
import type { FirstStep } from '../../people/first-steps.js'
import type { Say } from '../../web/say.js'

type Props = { say: Say; steps: readonly FirstStep[] }

/** What is still to be done after the set-up; nothing once all of it is. */
export function FirstSteps({ say, steps }: Props): VNode | null {
  if (steps.every(({ done }) => done)) return null
  const title = say({ fr: 'Premiers pas', en: 'First steps' })
  const left = steps.filter(({ done }) => !done).length
  return (
    <>
      <h2>{title}</h2>
      <p>
        {say({
          fr: `Il en reste ${left} sur ${steps.length}. Cette liste disparaît quand tout est fait.`,
          en: `${left} of ${steps.length} are left. This list goes away when all is done.`,
        })}
      </p>
      <Table
        caption={title}
        quiet
        head={[say({ fr: 'Quoi', en: 'What' }), say({ fr: 'État', en: 'State' })]}
        rows={steps.map(({ words, href, done, needed }) => [
          done || href === '/admin/health' ? say(words) : <a href={href}>{say(words)}</a>,
          done ? (
            <State tone="valid">{say({ fr: 'fait', en: 'done' })}</State>
          ) : needed ? (
            <State tone="invalid">{say({ fr: 'à faire', en: 'to do' })}</State>
          ) : (
            <State tone="unknown">{say({ fr: 'conseillé', en: 'advised' })}</State>
          ),
        ])}
        empty=""
      />
    </>
  )
}
