import type { Actor, Context } from '../context.js'
import { authorize } from '../people/authorize.js'
import { toFunctionOf } from '../people/signed-text.js'
import { appendAudit } from '../store/audit.js'
import { archivedAlready } from './new-version.js'
import { changedSince, personAtPage, publishedAlready } from './publish-version.js'
import { noTemplate } from './see-templates.js'
import { findVersion, markProposed } from './store.js'

/**
 * One person of the company proposes a draft as it is: another one may publish it. To propose it again begins
 * anew; an edit takes it back.
 *
 * @param input.digest of the draft that the person has read
 * @throws {DomainError} not-found, forbidden, invalid-request, or conflict: published or changed since, or archived
 */
export async function proposeVersion(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ versionId: number; digest: string; function: string }>,
): Promise<void> {
  const version = await findVersion(ctx.db, input.versionId)
  if (!version) throw noTemplate()
  authorize(actor, 'propose-template', { companyIds: [version.creatorId] })
  const byId = personAtPage(actor)
  if (version.archivedAt !== null) throw archivedAlready()
  if (version.publishedAt !== null) throw publishedAlready()
  const position = await toFunctionOf(ctx, byId, input.function)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const proposal = { byId, digest: input.digest, at: at.toISOString(), function: position }
    if (!(await markProposed(trx, { id: version.id, ...proposal }))) throw changedSince()
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: 'template.proposed',
      subject: version.templatePublicId,
      details: { version: version.number, digest: input.digest },
    })
  })
}
