import type { VNode } from 'preact'
import type { GivenUpWhy } from '../../mail/store.js'
import { State } from '../../web/components/status.js'
import type { Say } from '../../web/say.js'
import type { Words } from '../../words.js'

/** In our words alone: what a server says may repeat the address. */
const LOST: Readonly<Record<GivenUpWhy, Words>> = {
  refused: {
    fr: 'courrier refusé : corrigez l’adresse, puis envoyez de nouveau',
    en: 'letter refused: correct the address, then send again',
  },
  'no-address': {
    fr: 'pas d’adresse qui serve : corrigez-la, puis envoyez de nouveau',
    en: 'no address that serves: correct it, then send again',
  },
  'too-old': {
    fr: 'courrier pas parti en sept jours : envoyez de nouveau',
    en: 'letter not sent within seven days: send again',
  },
}

/** That a letter to somebody who was invited will never arrive, and what to do; nothing where it may. */
export function LostMail({ say, why }: { say: Say; why: GivenUpWhy | undefined }): VNode | null {
  if (why === undefined) return null
  return (
    <>
      {' '}
      <State tone="invalid">{say(LOST[why])}</State>
    </>
  )
}
