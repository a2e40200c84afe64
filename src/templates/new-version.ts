import type { Actor, Context } from '../context.js'
import { toJcs } from '../credential/jcs.js'
import { DomainError } from '../errors.js'
import { authorize } from '../people/authorize.js'
import { appendAudit } from '../store/audit.js'
import { personOf } from '../mentoring/facts/confirmation.js'
import { insertNextVersion, listVersionIds } from './draft-store.js'
import { noTemplate } from './see-templates.js'
import { findVersion } from './store.js'

/**
 * Opens the next version of a published badge, as a draft with the same content. What was awarded
 * stays as it was.
 *
 * @returns the id of the new version
 * @throws {DomainError} not-found, forbidden, or conflict: archived, or a draft is open already
 */
export async function newVersion(ctx: Context, actor: Actor, templateId: string): Promise<number> {
  const [newestId] = await listVersionIds(ctx.db, templateId)
  const newest = newestId === undefined ? undefined : await findVersion(ctx.db, newestId)
  if (!newest) throw noTemplate()
  authorize(actor, 'define-template', { companyIds: [newest.creatorId] })
  if (newest.archivedAt !== null) throw archivedAlready()
  if (newest.publishedAt === null) throw draftIsOpen()
  const at = ctx.now()
  const row = {
    template_id: newest.templateId,
    number: newest.number + 1,
    definition: toJcs(newest.definition),
    digest: newest.digest,
    created_at: at.toISOString(),
    created_by_id: personOf(actor),
  }
  return ctx.db.transaction().execute(async (trx) => {
    const id = await insertNextVersion(trx, row)
    if (id === undefined) throw draftIsOpen()
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: 'template.version-opened',
      subject: templateId,
      details: { version: row.number },
    })
    return id
  })
}

export function archivedAlready(): DomainError {
  return new DomainError('conflict', {
    fr: 'Ce badge est archivé : il n’aura plus de nouvelle version.',
    en: 'This badge is archived: it will have no new version.',
  })
}

function draftIsOpen(): DomainError {
  return new DomainError('conflict', {
    fr: 'Un brouillon de ce badge est déjà ouvert : modifiez-le, ou publiez-le.',
    en: 'A draft of this badge is open already: edit it, or publish it.',
  })
}
