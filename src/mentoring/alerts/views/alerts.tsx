import type { VNode } from 'preact'
import { EmptyState } from '../../../web/components/journey.js'
import { sayIn } from '../../../web/say.js'
import { Frame, type Asked } from '../../views/frame.js'
import { SEVERITIES, type Alert } from '../alert.js'
import { AlertList } from './alert-list.js'

const TITLES = {
  due: { fr: 'À faire', en: 'To do' },
  soon: { fr: 'Bientôt', en: 'Soon' },
  info: { fr: 'À savoir', en: 'To know' },
} as const

/** All alerts, by how much they press. */
export function AlertsPage({ asked, alerts }: { asked: Asked; alerts: readonly Alert[] }): VNode {
  const say = sayIn(asked.visitor.language)
  return (
    <Frame asked={asked} title={say({ fr: 'Alertes', en: 'Alerts' })} way={[]}>
      {alerts.length === 0 ? (
        <EmptyState>
          {say({
            fr: 'Aucune alerte. Elles apparaissent ici d’elles-mêmes, et disparaissent avec leur cause.',
            en: 'No alert. They appear here by themselves, and go when their cause does.',
          })}
        </EmptyState>
      ) : (
        SEVERITIES.map((severity) => {
          const some = alerts.filter((one) => one.severity === severity)
          return some.length === 0 ? null : (
            <section key={severity}>
              <h2>
                {say(TITLES[severity])} ({say.number(some.length)})
              </h2>
              <AlertList say={say} alerts={some} />
            </section>
          )
        })
      )}
      <p>
        <a href="/account/mail">
          {say({ fr: 'Les recevoir par courriel', en: 'Receive them by e-mail' })}
        </a>
      </p>
    </Frame>
  )
}
