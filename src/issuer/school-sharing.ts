import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { findOrganisation } from '../people/store.js'
import { valueOf } from '../settings/read.js'
import { assertOwnBadge, type ReleasedBadge } from './badge-of-student.js'
import { LINK_LIVES, USUAL_LIFE, type LinkLife } from './link-life.js'
import { findBadge } from './store/badges.js'
import { getDossier } from './store/dossiers.js'

type OfDossier = Readonly<{ dossier_id: number }>

/** Until when a link of a badge opens for who chooses nothing: as its school says, else the service. */
export async function usualLifeOf(ctx: Context, badge: OfDossier): Promise<LinkLife> {
  return usualLifeIn(ctx, await schoolIdOf(ctx, badge))
}

export async function usualLifeIn(ctx: Context, schoolId: number): Promise<LinkLife> {
  const set = await valueOf(ctx, 'link-life', await publicIdOf(ctx, schoolId))
  return (Object.keys(LINK_LIVES) as LinkLife[]).find((life) => life === set) ?? USUAL_LIFE
}

/**
 * A badge of the student who asks, of which a link may be opened.
 *
 * @throws {DomainError} not-found or forbidden as assertOwnBadge; rule-refused where no links are opened
 */
export async function assertMayOpenLink(
  ctx: Context,
  actor: Actor,
  badgeId: string,
): Promise<ReleasedBadge> {
  const badge = await assertOwnBadge(ctx, actor, await findBadge(ctx.db, badgeId))
  await assertLinksOpen(ctx, badge)
  return badge
}

/**
 * Whether students open links at all. The service or the school may say no; what is open stays its student's.
 *
 * @throws {DomainError} rule-refused
 */
async function assertLinksOpen(ctx: Context, badge: OfDossier): Promise<void> {
  const school = await publicIdOf(ctx, await schoolIdOf(ctx, badge))
  const said = [await valueOf(ctx, 'students-share'), await valueOf(ctx, 'students-share', school)]
  if (said.every((one) => one === 'on')) return
  throw new DomainError('rule-refused', {
    fr: 'Votre lycée ou ce service n’ouvre pas de nouveaux liens en ce moment. Demandez à votre lycée quand ce sera possible ; vous pouvez toujours télécharger votre badge.',
    en: 'Your lycée or this service opens no new links at the moment. Ask your lycée when it will be possible; you may still download your badge.',
  })
}

export async function schoolIdOf(ctx: Context, { dossier_id }: OfDossier): Promise<number> {
  return (await getDossier(ctx.db, dossier_id)).school_id
}

async function publicIdOf(ctx: Context, schoolId: number): Promise<string | undefined> {
  return (await findOrganisation(ctx.db, schoolId))?.publicId
}
