import type { Actor, Context } from '../context.js'
import { digestOf } from '../credential/digest.js'
import { toJcs } from '../credential/jcs.js'
import { authorize } from '../people/authorize.js'
import { appendAudit } from '../store/audit.js'
import { validate } from '../web/validate.js'
import { Definition } from './definition.js'
import { replaceDraft } from './draft-store.js'
import { archivedAlready } from './new-version.js'
import { changedSince, publishedAlready } from './publish-version.js'
import { noTemplate } from './see-templates.js'
import { findVersion } from './store.js'

/**
 * Changes a draft, if it is still the one that was shown.
 *
 * @param input.digest of the draft that was shown
 * @throws {DomainError} not-found, forbidden, invalid-request, or conflict: archived, published or changed since
 */
export async function editDraft(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ versionId: number; digest: string; definition: unknown }>,
): Promise<void> {
  const version = await findVersion(ctx.db, input.versionId)
  if (!version) throw noTemplate()
  authorize(actor, 'define-template', { companyIds: [version.creatorId] })
  if (version.archivedAt !== null) throw archivedAlready()
  if (version.publishedAt !== null) throw publishedAlready()
  const definition = validate(Definition, input.definition)
  const next = { definition: toJcs(definition), digest: digestOf(definition) }
  const shown = { id: version.id, digest: input.digest }
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await replaceDraft(trx, shown, next))) throw changedSince()
    await appendAudit(trx, {
      at: ctx.now(),
      actor: actor.publicId,
      action: 'template.edited',
      subject: version.templatePublicId,
      details: { version: version.number, digest: next.digest },
    })
  })
}
