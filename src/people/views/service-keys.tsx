import type { VNode } from 'preact'
import { sayIn } from '../../web/say.js'
import type { KeyLine } from '../see-keys.js'
import { KeyTable, Rotate } from './organisation-keys.js'
import { formStateOf, Sheet, type Asked } from './sheet.js'

type Props = { asked: Asked; keys: readonly KeyLine[]; timeZone: string }

const USE = { fr: 'journal, reçus, listes', en: 'log, receipts, lists' }

/** The keys of the service itself: what signs, and what comes next. */
export function ServiceKeysView({ asked, keys, timeZone }: Props): VNode {
  const say = sayIn(asked.visitor.language, timeZone)
  const states = keys.map(({ state }) => state)
  const mayChange = states.includes('active') && !states.includes('announced')
  return (
    <Sheet
      asked={asked}
      title={{ fr: 'Clés du service', en: 'Keys of the service' }}
      way={[{ href: '/organisations', title: say({ fr: 'Organisations', en: 'Organisations' }) }]}
      here={say({ fr: 'Clés du service', en: 'Keys of the service' })}
    >
      <p>
        {say({
          fr: 'Elles signent les points de contrôle du journal, les reçus des lots et les listes de confiance ; jamais un badge. Qui garde nos points de contrôle ou croit notre liste retient leur nom : prévenez-le avant de changer.',
          en: 'They sign the checkpoints of the log, the receipts of batches and trust lists; never a badge. Whoever keeps our checkpoints or believes our list has noted their name: tell them before you change it.',
        })}
      </p>
      <KeyTable say={say} keys={keys} use={USE} />
      <Rotate say={say} state={formStateOf(asked)} kinds={mayChange ? ['Ed25519'] : []} />
    </Sheet>
  )
}
