import type { Actor, Context } from '../context.js'
import type { Waiting } from '../web/components/journey.js'
import type { Words } from '../words.js'
import { fromOf, MOVES, type Move } from './next-move.js'
import { waitingFor } from './see-dossiers.js'

const WAITING_WORDS: Readonly<Record<Move, Words>> = {
  propose: { fr: 'Dossiers complets à proposer', en: 'Complete dossiers to propose' },
  assess: { fr: 'Dossiers à évaluer', en: 'Dossiers to assess' },
  endorse: { fr: 'Badges à endosser', en: 'Badges to endorse' },
  approve: { fr: 'Badges à approuver', en: 'Badges to approve' },
}

/** The dossiers whose next step the actor may take. */
export async function issuerWaiting(ctx: Context, actor: Actor): Promise<Waiting[]> {
  const waiting = await waitingFor(ctx, actor)
  return MOVES.flatMap((move) => {
    const count = waiting.filter((one) => one.move === move).length
    const href = `/dossiers?state=${fromOf(move)[0] ?? ''}`
    return count === 0 ? [] : [{ words: WAITING_WORDS[move], href, count }]
  })
}
