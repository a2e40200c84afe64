import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import type { Words } from '../words.js'
import { authorize } from './authorize.js'
import { today } from './days.js'
import { issueToken, type IssuedToken } from './issue-token.js'
import { toEmail } from './names.js'
import { findOrganisationByPublicId, findPersonByEmail, listAssignments } from './store.js'

export type TokenOrder = Readonly<{
  name: string
  scopes: readonly string[]
  days: number
  /** Address of the account whose rights it has; '': the actor's own. */
  owner: string
  /** Public id of the only organisation that it serves in; '': wherever its owner has a role. */
  organisation: string
}>

/**
 * Issues a token as people ask for one: by an address and an organisation. A token that could do
 * nothing is refused rather than found out later.
 *
 * @throws {DomainError} forbidden, not-found or invalid-request
 */
export async function orderToken(
  ctx: Context,
  actor: Actor,
  order: TokenOrder,
): Promise<IssuedToken> {
  authorize(actor, 'manage-tokens', {})
  const ownerId = order.owner.trim() === '' ? actor.personId : await toOwner(ctx, order.owner)
  const organisation =
    order.organisation === '' ? null : await findOrganisationByPublicId(ctx.db, order.organisation)
  if (organisation === undefined) {
    throw wrong('/organisation', {
      fr: 'Cette organisation n’existe plus. Choisissez-en une dans la liste.',
      en: 'This organisation does not exist any more. Choose one from the list.',
    })
  }
  const organisationId = organisation?.id ?? null
  const held = ownerId === null ? [] : await listAssignments(ctx.db, ownerId, today(ctx))
  if (organisationId !== null && !held.some((one) => one.organisationId === organisationId)) {
    throw wrong('/organisation', {
      fr: 'La personne au nom de qui vous donnez ce jeton n’a aucun rôle dans cette organisation : il n’ouvrirait rien. Indiquez une personne qui y travaille, ou choisissez « Partout ».',
      en: 'The person in whose name you give this token has no role in this organisation: it would open nothing. Name somebody who works there, or choose “Everywhere”.',
    })
  }
  const { name, scopes, days } = order
  return issueToken(ctx, actor, { name, scopes, days, ownerId, organisationId })
}

async function toOwner(ctx: Context, address: string): Promise<number> {
  const person = await findPersonByEmail(ctx.db, ownerAddress(address))
  if (person && person.disabledAt === null) return person.id
  throw wrong('/owner', {
    fr: 'Aucun compte ouvert n’a cette adresse. Vérifiez-la, ou laissez ce champ vide.',
    en: 'No open account has this address. Check it, or leave this field empty.',
  })
}

function ownerAddress(text: string): string {
  try {
    return toEmail(text)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    throw wrong('/owner', error.words)
  }
}

function wrong(pointer: string, words: Words): DomainError {
  return new DomainError('invalid-request', words, { fields: [{ pointer, words }] })
}
