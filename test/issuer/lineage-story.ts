import { approve } from '../../src/issuer/approve.js'
import { assess } from '../../src/issuer/assess.js'
import { endorse } from '../../src/issuer/endorse.js'
import { propose } from '../../src/issuer/propose.js'
import { replaceBadge } from '../../src/issuer/replace-badge.js'
import { findDossier } from '../../src/issuer/store/dossiers.js'
import type { World } from '../support/world.js'
import type { Issued } from './share-story.js'

/** A dossier that replaces the badge of the story, approved: its badge waits for its signature. @returns its public id */
export async function replacementOf(
  world: World,
  story: Issued,
  badgeId = story.badgeId,
): Promise<string> {
  const input = { badgeId, reason: 'comment', note: 'Faute de frappe' }
  const dossierId = await replaceBadge(world, story.teacher, input)
  await upToApproval(world, story, dossierId)
  return dossierId
}

export async function upToApproval(world: World, story: Issued, dossierId: string): Promise<void> {
  const committed = async () => ({
    dossierId,
    digest: (await findDossier(world.db, dossierId))?.digest ?? '',
    function: 'Tuteur',
    comment: 'Un travail très soigné, du moule au démoulage.',
  })
  await propose(world, story.teacher, dossierId)
  await assess(world, story.tutor, await committed())
  await endorse(world, story.boss, await committed())
  await approve(world, story.head, await committed())
}
