import type { Actor, Context } from '../context.js'
import { authorize } from '../people/authorize.js'
import { appendAudit } from '../store/audit.js'
import { listVersionIds, markArchived } from './draft-store.js'
import { archivedAlready } from './new-version.js'
import { noTemplate } from './see-templates.js'
import { findVersion } from './store.js'

/**
 * Takes a badge out of use: no dossier is opened for it any more. What was awarded stays valid,
 * and its public page stays.
 *
 * @throws {DomainError} not-found, forbidden, or conflict when it is archived already
 */
export async function archiveTemplate(
  ctx: Context,
  actor: Actor,
  templateId: string,
): Promise<void> {
  const [newestId] = await listVersionIds(ctx.db, templateId)
  const newest = newestId === undefined ? undefined : await findVersion(ctx.db, newestId)
  if (!newest) throw noTemplate()
  authorize(actor, 'archive-template', { companyIds: [newest.creatorId] })
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await markArchived(trx, newest.templateId, at.toISOString()))) throw archivedAlready()
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: 'template.archived',
      subject: templateId,
    })
  })
}
