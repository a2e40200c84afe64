import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { authorize } from '../people/authorize.js'
import { appendAudit } from '../store/audit.js'
import { enqueue } from '../store/jobs.js'
import { personOf } from './author.js'
import { noTemplate } from './see-templates.js'
import { findVersion, markPublished } from './store.js'

/**
 * Publishes a version: from now on it can be awarded and can't change. The company commits to it by
 * this; a job signs its endorsement of the definition afterwards.
 *
 * @throws {DomainError} not-found, forbidden, or conflict when it was published already
 */
export async function publishVersion(ctx: Context, actor: Actor, versionId: number): Promise<void> {
  const version = await findVersion(ctx.db, versionId)
  if (!version) throw noTemplate()
  authorize(actor, 'publish-template', { companyIds: [version.creatorId] })
  const byId = personOf(actor)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const publication = { id: version.id, at: at.toISOString(), byId }
    if (!(await markPublished(trx, publication))) throw publishedAlready()
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: 'template.published',
      subject: version.templatePublicId,
      details: { version: version.number, digest: version.digest },
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

export function publishedAlready(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette version est déjà publiée : elle ne peut plus changer. Créez une nouvelle version.',
    en: 'This version is published already: it can’t change. Make a new version.',
  })
}
