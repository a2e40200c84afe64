import type { Actor, Context } from '../context.js'
import { authorize } from '../people/authorize.js'
import { appendAudit } from '../store/audit.js'
import { toJcs } from '../credential/jcs.js'
import { validate } from '../web/validate.js'
import { personOf } from '../mentoring/facts/confirmation.js'
import { Definition, digestOfDefinition } from './definition.js'
import { insertTemplate, insertVersion } from './store.js'

/**
 * A company defines a competency badge: the first version of a template, as a draft.
 *
 * @returns the template's public id and the id of its version
 * @throws {DomainError} forbidden, not-found, or invalid-request naming every field
 */
export async function defineTemplate(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ companyId: number; definition: unknown }>,
): Promise<{ publicId: string; versionId: number }> {
  authorize(actor, 'define-template', { companyIds: [input.companyId] })
  const definition = validate(Definition, input.definition)
  const by = personOf(actor)
  const publicId = ctx.newId()
  const at = ctx.now()
  const versionId = await ctx.db.transaction().execute(async (trx) => {
    const template = {
      public_id: publicId,
      creator_id: input.companyId,
      created_at: at.toISOString(),
    }
    const templateId = await insertTemplate(trx, template)
    const id = await insertVersion(trx, {
      template_id: templateId,
      number: 1,
      definition: toJcs(definition),
      digest: digestOfDefinition(definition),
      created_at: at.toISOString(),
      created_by_id: by,
    })
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: 'template.defined',
      subject: publicId,
    })
    return id
  })
  return { publicId, versionId }
}
