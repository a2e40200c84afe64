import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { appendAudit } from '../../store/audit.js'
import { resourceOf } from '../assign-role.js'
import { assertAllowed, authorize } from '../authorize.js'
import { findNamed } from '../find-named.js'
import type { Organisation } from '../store.js'
import { findLinkedInId, setLinkedInId } from './store.js'

export type OrganisationSeen = Readonly<{ organisation: Organisation; linkedInId: string | null }>

/** One organisation, for whoever admits them. @throws {DomainError} not-found or forbidden */
export async function seeOrganisation(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<OrganisationSeen> {
  assertAllowed(actor, 'see-organisations', {})
  const organisation = await findNamed(ctx.db, publicId)
  return { organisation, linkedInId: await findLinkedInId(ctx.db, organisation.id) }
}

/**
 * Notes or takes away who an organisation is at LinkedIn.
 *
 * @param input.linkedInId digits; '' for none
 * @throws {DomainError} not-found, forbidden or invalid-request
 */
export async function saveLinkedInId(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ organisationId: string; linkedInId: string }>,
): Promise<void> {
  // Who may not admit organisations learns nothing of them.
  assertAllowed(actor, 'see-organisations', {})
  const organisation = await findNamed(ctx.db, input.organisationId)
  authorize(actor, 'manage-organisations', resourceOf(organisation))
  const linkedInId = toLinkedInId(input.linkedInId)
  await ctx.db.transaction().execute(async (trx) => {
    const { publicId: subject } = organisation
    const line = { actor: actor.publicId, action: 'organisation.linkedin-set', subject }
    await appendAudit(trx, { at: ctx.now(), ...line })
    await setLinkedInId(trx, organisation.id, linkedInId)
  })
}

/** @throws {DomainError} invalid-request */
export function toLinkedInId(typed: string): string | null {
  const text = typed.trim()
  if (text === '') return null
  if (/^\d{1,20}$/.test(text)) return text
  const words = {
    fr: `« ${text.slice(0, 40)} » n’est pas un numéro LinkedIn : ce sont des chiffres seuls, 20 au plus, comme 1035. La page d’administration de l’organisation chez LinkedIn l’a dans son adresse.`,
    en: `“${text.slice(0, 40)}” is no LinkedIn number: digits alone, 20 at most, such as 1035. The organisation’s administration page at LinkedIn has it in its address.`,
  }
  throw new DomainError('invalid-request', words, { fields: [{ pointer: '/linkedInId', words }] })
}
