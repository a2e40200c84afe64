import type { VNode } from 'preact'
import { State } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import { kindWords } from '../../schemes/index.js'

type Fact = Readonly<{
  kind: 'session' | 'placement'
  sessionKind: string | undefined
  day: string
  untilDay: string
}>

/** What a fact is: « Séance Projet », « Période en entreprise ». */
export function factKind(say: Say, { sessionKind }: Pick<Fact, 'sessionKind'>): string {
  if (sessionKind === undefined) return say({ fr: 'Période en entreprise', en: 'Placement' })
  const kind = say(kindWords(sessionKind))
  return say({ fr: `Séance ${kind}`, en: `${kind} session` })
}

/** When it took place: a day, or from one day to another. */
export function factDays(say: Say, { day, untilDay }: Pick<Fact, 'day' | 'untilDay'>): string {
  if (day === untilDay) return say.day(day)
  const [from, until] = [say.day(day), say.day(untilDay)]
  return say({ fr: `du ${from} au ${until}`, en: `${from} to ${until}` })
}

/** How much of it: « 1 h 30 », « 9 jours faits ». */
export function factAmount(
  say: Say,
  { kind, minutes, days }: Pick<Fact, 'kind'> & { minutes: number; days: number },
): string {
  if (kind === 'session') return say.hours(minutes)
  if (days === 0) return say({ fr: 'Jamais venu(e)', en: 'Never came' })
  if (days === 1) return say({ fr: '1 jour fait', en: '1 day done' })
  return say({ fr: `${days} jours faits`, en: `${days} days done` })
}

export type Standing = 'contested' | 'disputed' | 'confirmed' | 'waits'

/** Where a fact of one student stands; whatever else was said, contested facts do not count. */
export function standingOf(
  fact: Readonly<{
    confirmedAt: string | null
    contestedAt: string | null
    disputedAt?: string | null
  }>,
): Standing {
  if (fact.contestedAt !== null) return 'contested'
  if (fact.disputedAt != null) return 'disputed'
  return fact.confirmedAt === null ? 'waits' : 'confirmed'
}

export function FactState({ say, standing }: { say: Say; standing: Standing }): VNode {
  if (standing === 'contested') {
    return (
      <State tone="invalid">
        {say({ fr: 'Contestée, ne compte plus', en: 'Contested, no longer counts' })}
      </State>
    )
  }
  if (standing === 'disputed') {
    return (
      <State tone="invalid">
        {say({ fr: 'Le mentor dit non, ne compte pas', en: 'The mentor says no, does not count' })}
      </State>
    )
  }
  if (standing === 'confirmed') {
    return <State tone="valid">{say({ fr: 'Confirmée', en: 'Confirmed' })}</State>
  }
  return (
    <State tone="plain">
      {say({ fr: 'Attend une confirmation', en: 'Waits to be confirmed' })}
    </State>
  )
}
