import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { confirmPlacement } from '../placements/confirm-placement.js'
import { confirmSession } from './confirm-session.js'

export type FactId = Readonly<{ kind: 'session' | 'placement'; publicId: string }>
export type Refused = Readonly<{ fact: FactId; error: DomainError }>

/**
 * Confirms sessions and placements one after the other, each as an act of its own: what is refused
 * of one holds up no other.
 */
export async function confirmSeveral(
  ctx: Context,
  actor: Actor,
  facts: readonly FactId[],
): Promise<{ confirmed: FactId[]; refused: Refused[] }> {
  const confirmed: FactId[] = []
  const refused: Refused[] = []
  for (const fact of facts) {
    try {
      await ACTS[fact.kind](ctx, actor, fact.publicId)
      confirmed.push(fact)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      refused.push({ fact, error })
    }
  }
  return { confirmed, refused }
}

const ACTS = { session: confirmSession, placement: confirmPlacement } as const
