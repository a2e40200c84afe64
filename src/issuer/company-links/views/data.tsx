import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import { Facts, Table } from '../../../web/components/blocks.js'
import type { OwnLinkData } from '../see-own-link-data.js'

/** « Mes données derrière ce lien »: all that is kept of whoever has it, also once it has served. */
export function OwnLinkDataPage({ asked, data }: { asked: Asked; data: OwnLinkData }): VNode {
  const { say } = formStateOf(asked)
  return (
    <Sheet
      asked={asked}
      title={{ fr: 'Mes données derrière ce lien', en: 'My data behind this link' }}
    >
      <Facts
        facts={[
          [say({ fr: 'Nom', en: 'Name' }), data.name],
          [
            say({ fr: 'Adresse électronique', en: 'E-mail address' }),
            data.hasEmail
              ? say({ fr: 'conservée', en: 'kept' })
              : say({ fr: 'aucune', en: 'none' }),
          ],
          [
            say({ fr: 'Séances à votre nom', en: 'Sessions in your name' }),
            say.number(data.sessions),
          ],
        ]}
      />
      <Table
        caption={say({ fr: 'Ce qui vous a été demandé', en: 'What you were asked' })}
        head={[
          say({ fr: 'Demande', en: 'Asked' }),
          say({ fr: 'Par', en: 'By' }),
          say({ fr: 'Votre fonction', en: 'Your function' }),
          say({ fr: 'Envoyée le', en: 'Sent on' }),
          say({ fr: 'Réponse', en: 'Answer' }),
        ]}
        rows={data.asked.map((one) => [
          one.step === 'assess'
            ? say({ fr: 'Évaluer', en: 'Assess' })
            : say({ fr: 'Endosser', en: 'Endorse' }),
          one.school,
          one.function,
          say.instant(one.madeAt),
          one.usedAt === null ? say({ fr: 'aucune', en: 'none' }) : say.instant(one.usedAt),
        ])}
        empty=""
      />
      <p>
        {say({
          fr: `Rien d’autre n’est conservé sur vous. Un badge dit votre fonction, jamais votre nom. Pour faire corriger ou effacer ces données, adressez-vous à ${data.askedBy}, qui vous a fait envoyer ce lien.`,
          en: `Nothing else is kept about you. A badge says your function, never your name. To have these data corrected or erased, ask ${data.askedBy}, who had this link sent to you.`,
        })}{' '}
        <a href="/confidentialite">{say({ fr: 'Confidentialité', en: 'Privacy' })}</a>
      </p>
    </Sheet>
  )
}
