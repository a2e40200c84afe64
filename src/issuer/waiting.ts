import type { Actor, Context } from '../context.js'
import type { Waiting } from '../web/components/journey.js'
import type { Words } from '../words.js'
import { organisationsWith } from '../people/authorize.js'
import { fromOf, MOVES, type Move } from './next-move.js'
import { waitingFor } from './see-dossiers.js'
import { listOpenRequests } from './rights/store.js'
import { countFactsChanged } from './store/dossier-facts.js'

const WAITING_WORDS: Readonly<Record<Move, Words>> = {
  propose: { fr: 'Dossiers complets à proposer', en: 'Complete dossiers to propose' },
  assess: { fr: 'Dossiers à évaluer', en: 'Dossiers to assess' },
  endorse: { fr: 'Badges à endosser', en: 'Badges to endorse' },
  approve: { fr: 'Badges à approuver', en: 'Badges to approve' },
}

const FACTS_CHANGED: Words = {
  fr: 'Badges délivrés dont un fait a changé depuis',
  en: 'Issued badges of which a fact has changed since',
}

const ERASURES: Words = {
  fr: 'Demandes d’effacement à décider',
  en: 'Requests for erasure to decide',
}

/** The dossiers whose next step the actor may take. */
export async function issuerWaiting(ctx: Context, actor: Actor): Promise<Waiting[]> {
  const waiting = await waitingFor(ctx, actor)
  const organisationIds = [
    ...organisationsWith(actor, 'revoke-badge'),
    ...organisationsWith(actor, 'endorse-dossier'),
  ]
  const changed = await countFactsChanged(ctx.db, organisationIds)
  const steps = MOVES.flatMap((move) => {
    const count = waiting.filter((one) => one.move === move).length
    const href = `/dossiers?state=${fromOf(move)[0] ?? ''}`
    return count === 0 ? [] : [{ words: WAITING_WORDS[move], href, count }]
  })
  const erasures = (await listOpenRequests(ctx.db, organisationsWith(actor, 'second-erasure')))
    .length
  if (erasures > 0) steps.push({ words: ERASURES, href: '/erasures', count: erasures })
  if (changed === 0) return steps
  return [...steps, { words: FACTS_CHANGED, href: '/dossiers?state=issued', count: changed }]
}
