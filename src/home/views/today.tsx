import type { VNode } from 'preact'
import type { Alert } from '../../mentoring/alerts/alert.js'
import { FirstAlerts } from '../../mentoring/alerts/views/alert-list.js'
import { EmptyState, WaitingList, type Waiting } from '../../web/components/journey.js'
import { LinkList } from '../../web/components/links.js'
import { Layout } from '../../web/layout.js'
import { sayIn } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'

type Props = { visitor: Visitor; waiting: readonly Waiting[]; alerts: readonly Alert[] }

/** The first page of who is signed in: what waits for them, what asks for them, then where they work. */
export function Today({ visitor, waiting, alerts }: Props): VNode {
  const say = sayIn(visitor.language)
  const title = say({ fr: 'Ce qui vous attend', en: 'What waits for you' })
  const waits = waiting.some(({ count }) => count > 0)
  return (
    <Layout visitor={visitor} title={title}>
      <h1>{title}</h1>
      {visitor.menu.length === 0 ? (
        <EmptyState>
          {say({
            fr: 'Votre compte n’a pas de rôle en ce moment. Demandez-en un à votre lycée ou à votre entreprise.',
            en: 'Your account has no role at present. Ask your lycée or your company for one.',
          })}
        </EmptyState>
      ) : (
        <>
          {waits || alerts.length === 0 ? (
            <WaitingList
              items={waiting.map(({ count, words, href }) => ({
                count,
                sentence: say(words),
                href,
              }))}
              empty={say({
                fr: 'Rien ne vous attend pour l’instant.',
                en: 'Nothing waits for you at the moment.',
              })}
            />
          ) : null}
          <FirstAlerts say={say} alerts={alerts} />
          <h2>{say({ fr: 'Vos pages', en: 'Your pages' })}</h2>
          <LinkList
            links={visitor.menu.map(({ href, words, about }) => ({
              href,
              title: say(words),
              about: say(about),
            }))}
          />
        </>
      )}
    </Layout>
  )
}
