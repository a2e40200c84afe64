import type { VNode } from 'preact'
import { Notice, Table } from '../../../web/components/blocks.js'
import { ButtonLink } from '../../../web/components/form.js'
import { sayIn } from '../../../web/say.js'
import { Sheet, type Asked } from '../../../people/views/sheet.js'
import type { HandedLink } from '../take-row.js'

type Props = { asked: Asked; links: readonly HandedLink[]; back: string }

/** Where no mail is sent: the links, shown once, for whoever hands them over. */
export function LinksPage({ asked, links, back }: Props): VNode {
  const say = sayIn(asked.visitor.language)
  const title = { fr: 'Des liens à transmettre', en: 'Links to hand over' }
  return (
    <Sheet
      asked={asked}
      title={title}
      way={[
        { href: '/people', title: say({ fr: 'Personnes', en: 'People' }) },
        { href: '/invitations', title: say({ fr: 'Inviter une liste', en: 'Invite a list' }) },
      ]}
    >
      <Notice kind="warning">
        <p>
          {say({
            fr: 'Ce service n’envoie pas de courriel. Donnez à chacun son lien, et à personne d’autre ; copiez-les maintenant, ils ne seront plus affichés.',
            en: 'This service sends no mail. Give each their link, and nobody else; copy them now, they will not be shown again.',
          })}
        </p>
      </Notice>
      <Table
        caption={say(title)}
        quiet
        head={[
          say({ fr: 'Nom', en: 'Name' }),
          say({ fr: 'Adresse électronique', en: 'E-mail address' }),
          say({ fr: 'Lien', en: 'Link' }),
        ]}
        rows={links.map(({ name, email, url }) => [name, email, <code>{url}</code>])}
        empty=""
      />
      <p class="actions">
        <ButtonLink href={back} kind="secondary">
          {say({ fr: 'Voir qui est arrivé', en: 'See who has come in' })}
        </ButtonLink>
      </p>
    </Sheet>
  )
}
