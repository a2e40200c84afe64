import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { authorize } from '../people/authorize.js'
import { appendAudit } from '../store/audit.js'
import { enqueue } from '../store/jobs.js'
import { personOf } from '../mentoring/facts/confirmation.js'
import { archivedAlready } from './new-version.js'
import { noTemplate } from './see-templates.js'
import { findVersion, markPublished } from './store.js'

/**
 * Publishes a version: from now on it can be awarded and can't change. The company commits to it by
 * this; a job signs its endorsement of the definition afterwards.
 *
 * @param shown digest of the draft that the person has read, if they were shown it
 * @throws {DomainError} not-found, forbidden, or conflict: published or changed since, or archived
 */
export async function publishVersion(
  ctx: Context,
  actor: Actor,
  versionId: number,
  shown?: string,
): Promise<void> {
  const version = await findVersion(ctx.db, versionId)
  if (!version) throw noTemplate()
  authorize(actor, 'publish-template', { companyIds: [version.creatorId] })
  const byId = personOf(actor)
  if (version.archivedAt !== null) throw archivedAlready()
  if (version.publishedAt !== null) throw publishedAlready()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const digest = shown ?? version.digest
    const publication = { id: version.id, digest, at: at.toISOString(), byId }
    if (!(await markPublished(trx, publication))) throw changedSince()
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: 'template.published',
      subject: version.templatePublicId,
      details: { version: version.number, digest },
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
