import type { VNode } from 'preact'
import { Facts } from '../../../web/components/blocks.js'
import type { Say } from '../../../web/say.js'
import { VETTING_WORDS } from '../../mentors/vetting.js'
import type { OwnData } from '../see-own-data.js'

type Props = {
  say: Say
  data: OwnData
  /** Who asked, and corrects what is wrong. */
  askedBy: string
}

/** « Mes données derrière ce lien » */
export function OwnDataPart({ say, data, askedBy }: Props): VNode {
  return (
    <details>
      <summary>
        {say({ fr: 'Mes données derrière ce lien', en: 'My data behind this link' })}
      </summary>
      <Facts
        facts={[
          [say({ fr: 'Nom', en: 'Name' }), data.name],
          [
            say({ fr: 'Adresse électronique', en: 'E-mail address' }),
            data.hasEmail
              ? say({ fr: 'conservée', en: 'kept' })
              : say({ fr: 'aucune', en: 'none' }),
          ],
          ...data.mentorOf.map(
            (one) =>
              [
                say({ fr: 'Mentor pour', en: 'Mentor for' }),
                `${one.organisationName} (${say(VETTING_WORDS[one.vetting]).toLowerCase()}${charter(say, one.charterOn)})`,
              ] as const,
          ),
          [
            say({ fr: 'Séances à votre nom', en: 'Sessions in your name' }),
            say.number(data.sessions),
          ],
        ]}
      />
      <p>
        {say({
          fr: `Rien d’autre n’est conservé sur vous. Pour faire corriger ou effacer ces données, adressez-vous à ${askedBy}, qui vous a donné ce lien.`,
          en: `Nothing else is kept about you. To have these data corrected or erased, ask ${askedBy}, who gave you this link.`,
        })}{' '}
        <a href="/confidentialite">{say({ fr: 'Confidentialité', en: 'Privacy' })}</a>
      </p>
    </details>
  )
}

function charter(say: Say, day: string | null): string {
  if (day === null) return ''
  return say({
    fr: `, charte acceptée le ${say.day(day)}`,
    en: `, charter accepted on ${say.day(day)}`,
  })
}
