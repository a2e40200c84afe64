import { textOf, type Json } from '../credential/values.js'
import type { Found } from './found.js'
import type { Lookups } from './lookups.js'

/**
 * What the book of one of our own issuers adds to what a status list says: a list knows revocation only, and
 * neither that a badge is held while its issuer examines it, nor that a newer one has taken its place.
 *
 * @param status as the lists tell it
 */
export async function askBook(
  status: Found,
  credential: Json,
  issuerId: string,
  { standing }: Pick<Lookups, 'standing'>,
): Promise<Found> {
  const id = textOf(credential.id)
  const found = id === undefined ? undefined : await standing?.(issuerId, id)
  if (found === 'held' && status.result !== 'fail') return HELD
  return found === 'replaced' && status.code === 'revoked' ? REPLACED : status
}

const HELD: Found = {
  result: 'fail',
  code: 'suspended',
  words: {
    fr: 'Suspendu : l’émetteur examine ce badge, qui ne compte pas pour l’instant. Il l’a dit à ce service ; la liste publique, qui ne connaît que les révocations, ne le dit pas.',
    en: 'Suspended: the issuer examines this badge, which does not count for now. It has told this service; the public list, which knows revocations only, does not say so.',
  },
}
const REPLACED: Found = {
  result: 'fail',
  code: 'revoked',
  words: {
    fr: 'L’émetteur a révoqué ce badge et l’a remplacé par un plus récent : demandez celui-ci à la personne.',
    en: 'The issuer has revoked this badge and replaced it by a newer one: ask the person for that one.',
  },
}
