import type { VNode } from 'preact'
import { Notice } from '../../../web/components/blocks.js'
import type { Say } from '../../../web/say.js'
import type { WithdrawnEndorsement } from '../see-withdrawals.js'

type Props = { say: Say; withdrawn: readonly WithdrawnEndorsement[] }

/** The badge is valid, and its company stands by it no more: said where nobody overlooks it. */
export function WithdrawnNotice({ say, withdrawn }: Props): VNode | null {
  if (withdrawn.length === 0) return null
  return (
    <Notice kind="warning">
      {withdrawn.map(({ company, of, day, reason, function: position }) => (
        <p key={of}>
          <strong>
            {of === 'award'
              ? say({
                  fr: `« ${company} » a retiré son endossement de ce badge le ${say.day(day)}.`,
                  en: `“${company}” withdrew its endorsement of this badge on ${say.day(day)}.`,
                })
              : say({
                  fr: `« ${company} » a retiré son endossement de la définition de ce badge le ${say.day(day)}.`,
                  en: `“${company}” withdrew its endorsement of this badge’s definition on ${say.day(day)}.`,
                })}
          </strong>{' '}
          {say({ fr: 'Raison donnée', en: 'Reason given' })} ({position})&nbsp;:{' '}
          {reason.replace(/\.$/, '')}.{' '}
          {say({
            fr: 'La signature du lycée reste valable.',
            en: 'The school’s signature stays valid.',
          })}
        </p>
      ))}
    </Notice>
  )
}
