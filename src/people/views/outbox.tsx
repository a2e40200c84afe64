import type { VNode } from 'preact'
import { Facts, Notice, Table } from '../../web/components/blocks.js'
import { sayIn } from '../../web/say.js'
import type { Words } from '../../words.js'
import type { OutboxView } from '../see-outbox.js'
import { Sheet, type Asked } from './sheet.js'

const WHY: Readonly<Record<string, Words>> = {
  refused: { fr: 'refusé par le serveur du destinataire', en: 'refused by the recipient’s server' },
  'no-address': { fr: 'la personne n’a pas d’adresse', en: 'the person has no address' },
  'too-old': { fr: 'trop ancien pour partir encore', en: 'too old to be sent any more' },
}

/** Whether mail leaves, and what did not. */
export function OutboxPage({ asked, view }: { asked: Asked; view: OutboxView }): VNode {
  const say = sayIn(asked.visitor.language)
  return (
    <Sheet asked={asked} title={{ fr: 'Courriel', en: 'Mail' }}>
      {view.isOn ? null : (
        <Notice kind="warning">
          {say({
            fr: 'Le courriel est coupé : les messages sont gardés sept jours. Donnez les réglages SMTP_URL et MAIL_FROM, puis redémarrez le service.',
            en: 'Mail is off: messages are kept for seven days. Give the settings SMTP_URL and MAIL_FROM, then start the service anew.',
          })}
        </Notice>
      )}
      <Facts
        facts={[
          [say({ fr: 'En attente', en: 'Waiting' }), say.number(view.waiting)],
          [say({ fr: 'Envoyés', en: 'Sent' }), say.number(view.sent)],
          [say({ fr: 'Abandonnés', en: 'Given up' }), say.number(view.givenUp)],
        ]}
      />
      <Table
        caption={say({ fr: 'Messages abandonnés', en: 'Messages given up' })}
        head={[
          say({ fr: 'Objet', en: 'Subject' }),
          say({ fr: 'Quand', en: 'When' }),
          say({ fr: 'Pourquoi', en: 'Why' }),
        ]}
        rows={view.givenUpMails.map(({ subject, at, why }) => [
          subject,
          say.instant(at),
          say(WHY[why] ?? { fr: why, en: why }),
        ])}
        empty={say({ fr: 'Aucun message abandonné.', en: 'No message given up.' })}
      />
    </Sheet>
  )
}
