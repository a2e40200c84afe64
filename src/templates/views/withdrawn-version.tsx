import type { VNode } from 'preact'
import { Notice } from '../../web/components/blocks.js'
import type { Say } from '../../web/say.js'
import type { Version } from '../store.js'

/** The company stands by this definition no more: said to everybody. */
export function WithdrawnVersion({ say, version }: { say: Say; version: Version }): VNode | null {
  const { withdrawal } = version
  if (withdrawal === null) return null
  return (
    <Notice kind="warning">
      <p>
        <strong>
          {say({
            fr: 'L’entreprise a retiré son endossement de cette définition le ',
            en: 'The company withdrew its endorsement of this definition on ',
          })}
          {say.instant(withdrawal.at)}.
        </strong>{' '}
        {say({ fr: 'Raison donnée', en: 'Reason given' })}&nbsp;:{' '}
        {withdrawal.reason.replace(/\.$/, '')}.{' '}
        {say({
          fr: 'Elle n’est plus attribuée ; les badges délivrés restent valables et le disent.',
          en: 'It is not awarded any more; badges that were issued stay valid and say so.',
        })}
      </p>
    </Notice>
  )
}
