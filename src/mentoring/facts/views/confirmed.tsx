import type { VNode } from 'preact'
import { Notice } from '../../../web/components/blocks.js'
import type { Say } from '../../../web/say.js'
import type { Words } from '../../../words.js'
import type { FactId, Refused } from '../../confirming/confirm-several.js'
import type { ToConfirm } from '../../confirming/see-unconfirmed.js'
import { factDays, factKind } from './facts.js'

export type Outcome = Readonly<{
  confirmed: readonly FactId[]
  refused: readonly Refused[]
  /** What waited before: it says which fact was refused. */
  waited: readonly ToConfirm[]
}>

/** « 2 séances et 1 période en entreprise sont confirmées. » */
export function confirmedInWords(confirmed: readonly FactId[]): Words {
  const sessions = confirmed.filter(({ kind }) => kind === 'session').length
  const placements = confirmed.length - sessions
  const [fr, en] = [
    [counted(sessions, 'séance', 'séances'), counted(placements, 'période', 'périodes')],
    [counted(sessions, 'session', 'sessions'), counted(placements, 'placement', 'placements')],
  ].map((parts) => parts.filter((part) => part !== ''))
  const several = confirmed.length > 1
  return {
    fr: `${fr?.join(' et ') ?? ''} ${several ? 'confirmées' : 'confirmée'}.`,
    en: `${en?.join(' and ') ?? ''} confirmed.`,
  }
}

/** What became of the lines that were ticked, where some were refused. */
export function OutcomeNotice({ say, outcome }: { say: Say; outcome: Outcome }): VNode {
  const { confirmed, refused, waited } = outcome
  return (
    <>
      {confirmed.length > 0 ? (
        <Notice kind="success">
          <p>{say(confirmedInWords(confirmed))}</p>
        </Notice>
      ) : null}
      <Notice kind="error">
        <p>
          <strong>
            {say({
              fr: `${counted(refused.length, 'ligne n’a pas été confirmée', 'lignes n’ont pas été confirmées')} :`,
              en: `${counted(refused.length, 'line was not confirmed', 'lines were not confirmed')}:`,
            })}
          </strong>
        </p>
        <ul>
          {refused.map(({ fact, error }) => (
            <li key={fact.publicId}>
              {nameOf(say, fact, waited)} : {say(error.words)}
            </li>
          ))}
        </ul>
      </Notice>
    </>
  )
}

function nameOf(say: Say, fact: FactId, waited: readonly ToConfirm[]): string {
  const found = waited.find((one) => one.kind === fact.kind && one.publicId === fact.publicId)
  if (found) return `${factKind(say, found)}, ${factDays(say, found)}`
  return say({ fr: 'Une ligne qui ne vous attend plus', en: 'A line that no longer waits for you' })
}

function counted(count: number, one: string, several: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : several}`
}
