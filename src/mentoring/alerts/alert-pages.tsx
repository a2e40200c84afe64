import { z } from 'zod'
import { page } from '../../web/page.js'
import { seeAlerts } from './see-alerts.js'
import { seeDigest, setDigest } from './set-digest.js'
import { AlertsPage } from './views/alerts.js'
import { DigestPage } from './views/digest-form.js'

const alertsPage = page({
  path: '/alerts',
  access: 'signed-in',
  async show(ctx, asked, actor) {
    return <AlertsPage asked={asked} alerts={await seeAlerts(ctx, actor)} />
  },
})

const digestPage = page({
  path: '/account/mail',
  access: 'signed-in',
  form: z.object({ digest: z.enum(['on', 'off']) }),
  async show(ctx, asked, actor) {
    return <DigestPage asked={asked} view={await seeDigest(ctx, actor)} />
  },
  async submit(ctx, { form }, actor) {
    await setDigest(ctx, actor, form.digest)
    return {
      to: '/account/mail',
      notice:
        form.digest === 'on'
          ? { fr: 'Vous recevrez le courriel du lundi.', en: 'You will receive Monday’s e-mail.' }
          : {
              fr: 'Vous ne recevrez plus le courriel du lundi.',
              en: 'You will receive Monday’s e-mail no more.',
            },
    }
  },
})

export const alertPages = [alertsPage, digestPage]
