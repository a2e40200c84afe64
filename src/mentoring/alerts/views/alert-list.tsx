import type { VNode } from 'preact'
import { State, type Pressing, type Tone } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import type { Words } from '../../../words.js'
import type { Alert, Severity } from '../alert.js'

export const SEVERITY_WORDS: Readonly<Record<Severity, Words>> = {
  due: { fr: 'à faire', en: 'to do' },
  soon: { fr: 'bientôt', en: 'soon' },
  info: { fr: 'à savoir', en: 'to know' },
}
const TONES: Readonly<Record<Severity, Tone | Pressing>> = {
  due: 'due',
  soon: 'soon',
  info: 'plain',
}

/** Each alert: where, what, how much it presses, and the way to what is to be done. */
export function AlertList({ say, alerts }: { say: Say; alerts: readonly Alert[] }): VNode {
  return (
    <ul class="checks">
      {alerts.map(({ rule, severity, words, place, href, action, subject, since }) => (
        <li key={`${rule} ${subject} ${words.fr}`}>
          <div class="check-title">
            {place === '' ? null : <strong>{place}</strong>}
            <State tone={TONES[severity]}>{say(SEVERITY_WORDS[severity])}</State>
          </div>
          <p>
            {say(words)}
            {since === null ? null : <Since say={say} day={since} after={say(words)} />}
          </p>
          <p>
            <a href={href}>
              {say(action)}
              {place === '' ? null : <span class="visually-hidden"> ({place})</span>}
            </a>
          </p>
        </li>
      ))}
    </ul>
  )
}

/** The end of what is said, or a sentence of its own after one. */
function Since({ say, day, after }: { say: Say; day: string; after: string }): VNode {
  const text = after.endsWith('.')
    ? say({ fr: `Depuis le ${say.day(day)}.`, en: `Since ${say.day(day)}.` })
    : say({ fr: `depuis le ${say.day(day)}`, en: `since ${say.day(day)}` })
  return <span class="soft small"> {text}</span>
}

/** How many lines a first page has room for. */
const FEW = 7

/** The most urgent ones, and the way to all. */
export function FirstAlerts({ say, alerts }: { say: Say; alerts: readonly Alert[] }): VNode | null {
  if (alerts.length === 0) return null
  return (
    <>
      <h2>{say({ fr: 'Alertes', en: 'Alerts' })}</h2>
      <AlertList say={say} alerts={alerts.slice(0, FEW)} />
      <p>
        <a href="/alerts">
          {say({ fr: 'Toutes les alertes', en: 'All alerts' })} ({say.number(alerts.length)})
        </a>
      </p>
    </>
  )
}
