import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { toFunctionOf } from '../people/signed-text.js'
import { appendAudit } from '../store/audit.js'
import { enqueue } from '../store/jobs.js'
import { archivedAlready } from './new-version.js'
import { proposalFor, wayToPublish } from './second-person.js'
import { noTemplate } from './see-templates.js'
import { findVersion, markPublished } from './store.js'

/**
 * Publishes a version that somebody else of the company has proposed: from now on it can be awarded and can't
 * change. The company commits to it by this; a job signs its endorsement of the definition afterwards.
 *
 * @param input.digest of the draft that the person has read
 * @throws {DomainError} not-found, forbidden (EN-01, EN-06), gone (EN-08), or conflict: published, changed or not
 *   proposed since, or archived
 */
export async function publishVersion(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ versionId: number; digest: string; function: string }>,
): Promise<void> {
  const version = await findVersion(ctx.db, input.versionId)
  if (!version) throw noTemplate()
  const way = await wayToPublish(ctx, actor, version.creatorId)
  const byId = personAtPage(actor)
  if (version.archivedAt !== null) throw archivedAlready()
  if (version.publishedAt !== null) throw publishedAlready()
  if (input.digest !== version.digest) throw changedSince()
  const proposal = await proposalFor(ctx, version, byId)
  const position = await toFunctionOf(ctx, byId, input.function)
  const { digest } = version
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const publication = { byId, digest, at: at.toISOString(), function: position, way }
    const which = { id: version.id, proposedById: proposal.byId }
    if (!(await markPublished(trx, { ...which, ...publication }))) throw changedSince()
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: 'template.published',
      subject: version.templatePublicId,
      details: { version: version.number, digest, way },
    })
    await enqueue(trx, {
      id: ctx.newId(),
      kind: 'endorse-definition',
      key: String(version.id),
      payload: { versionId: version.id },
      runAt: at,
    })
  })
}

/** EN-07: a company is committed by a person at a page. @throws {DomainError} forbidden */
export function personAtPage(actor: Actor): number {
  if (actor.personId !== null && actor.via === 'session') return actor.personId
  throw new DomainError('forbidden', {
    fr: 'Une personne doit le faire elle-même, connectée à son compte.',
    en: 'A person must do this, signed in to their account.',
  })
}

export function changedSince(): DomainError {
  return new DomainError('conflict', {
    fr: 'Ce brouillon a changé, ou a été publié, depuis que vous l’avez ouvert. Rouvrez-le.',
    en: 'This draft was changed, or published, since you opened it. Open it again.',
  })
}

export function publishedAlready(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette version est déjà publiée : elle ne peut plus changer. Créez une nouvelle version.',
    en: 'This version is published already: it can’t change. Make a new version.',
  })
}
