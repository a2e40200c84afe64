import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { authorize } from '../people/authorize.js'
import { appendAudit } from '../store/audit.js'
import { findVersion, markPublished } from './store.js'

/**
 * Publishes a version: from now on it can be awarded and can't change.
 *
 * @throws {DomainError} not-found, forbidden, or conflict when it was published already
 */
export async function publishVersion(ctx: Context, actor: Actor, versionId: number): Promise<void> {
  const version = await findVersion(ctx.db, versionId)
  if (!version) {
    throw new DomainError('not-found', {
      fr: 'Ce badge n’existe pas.',
      en: 'This badge does not exist.',
    })
  }
  authorize(actor, 'publish-template', { companyIds: [version.creatorId] })
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await markPublished(trx, version.id, at.toISOString()))) throw publishedAlready()
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: 'template.published',
      subject: version.templatePublicId,
      details: { version: version.number, digest: version.digest },
    })
  })
}

export function publishedAlready(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette version est déjà publiée : elle ne peut plus changer. Créez une nouvelle version.',
    en: 'This version is published already: it can’t change. Make a new version.',
  })
}
