import type { Context } from '../../../context.js'
import { outboxState } from '../../../mail/store.js'
import type { Alert } from '../alert.js'

/** AL-6 and AL-7: mail that is off while some waits, and mail that was given up. */
export async function mailAlerts({ db, config }: Context): Promise<Alert[]> {
  const { waiting, givenUp } = await outboxState(db)
  const off = {
    rule: 'AL-6',
    severity: 'soon',
    words: {
      fr: `Le courriel est coupé et ${waiting} ${waiting > 1 ? 'messages attendent' : 'message attend'} : le réglage SMTP_URL manque`,
      en: `Mail is off and ${waiting} ${waiting > 1 ? 'messages wait' : 'message waits'}: the setting SMTP_URL is missing`,
    },
    ...TO_MAIL,
  } as const
  const lost = {
    rule: 'AL-7',
    severity: 'info',
    words: {
      fr: `${givenUp} ${givenUp > 1 ? 'messages n’ont' : 'message n’a'} pas pu partir`,
      en: `${givenUp} ${givenUp > 1 ? 'messages' : 'message'} could not be sent`,
    },
    ...TO_MAIL,
  } as const
  return [
    ...(config.smtpUrl === undefined && waiting > 0 ? [off] : []),
    ...(givenUp > 0 ? [lost] : []),
  ]
}

const TO_MAIL = {
  place: '',
  href: '/mail',
  action: { fr: 'Voir le courriel', en: 'See the mail' },
  subject: 'mail',
  since: null,
}
