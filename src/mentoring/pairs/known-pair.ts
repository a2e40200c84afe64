import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { knownGroup, type KnownGroup } from '../groups/known-group.js'
import { nothingHere } from '../refusals.js'
import { oneMentor } from '../schemes/one-mentor.js'
import { listPairs, type Pair } from './store.js'

/**
 * A pair that the actor has to do with: as the structure that runs it, or as the school where the young person is
 * now. One that they have left does not see where they are, and changes nothing.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function knownPair(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<KnownGroup & Readonly<{ pair: Pair }>> {
  const known = await knownGroup(ctx, actor, publicId, oneMentor)
  const [pair] = await listPairs(ctx.db, [known.group.id])
  if (!pair) throw nothingHere()
  if (!known.mayRun) authorize(actor, 'manage-schemes', { schoolId: pair.student.school_id })
  return { ...known, pair }
}
