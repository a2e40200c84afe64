import { alertsFor } from '../mentoring/alerts/see-alerts.js'
import { page } from '../web/page.js'
import { seeContacts } from './see-contacts.js'
import { seeWaiting } from './see-waiting.js'
import { About } from './views/about.js'
import { Accessibility } from './views/accessibility.js'
import { Docs } from './views/docs.js'
import { FirstPage } from './views/first-page.js'
import { Privacy } from './views/privacy.js'
import { Today } from './views/today.js'

export const homePages = [
  page({
    path: '/',
    access: 'public',
    async show(ctx, { visitor }, actor) {
      if (!actor) return <FirstPage visitor={visitor} />
      const waiting = await seeWaiting(ctx, actor)
      return <Today {...{ visitor, waiting }} alerts={await alertsFor(ctx, actor)} />
    },
  }),
  page({
    path: '/about',
    access: 'public',
    show: async (ctx, { visitor }) => <About visitor={visitor} contacts={await seeContacts(ctx)} />,
  }),
  page({
    path: '/accessibilite',
    access: 'public',
    show: async (_ctx, { visitor }) => <Accessibility visitor={visitor} />,
  }),
  page({
    path: '/confidentialite',
    access: 'public',
    show: async (ctx, { visitor }) => (
      <Privacy visitor={visitor} contacts={await seeContacts(ctx)} />
    ),
  }),
  page({
    path: '/docs',
    access: 'public',
    show: async (_ctx, { visitor }) => <Docs visitor={visitor} />,
  }),
]
