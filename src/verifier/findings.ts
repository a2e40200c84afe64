import { GOOD } from '../credential/proof-words.js'
import type { Found } from './found.js'

// What is found alike of badges of either standard, and in either envelope.

export const SIGNED: Found = { result: 'pass', code: 'proof', words: GOOD }
export const NOT_SIGNED: Found = {
  result: 'fail',
  code: 'proof',
  words: {
    fr: 'La signature ne correspond pas au contenu : le badge a été modifié, ou la signature n’est pas la sienne.',
    en: 'The signature does not fit the content: the badge was changed, or the signature is not its own.',
  },
}
export const BOUND: Found = {
  result: 'pass',
  code: 'issuer_binding',
  words: {
    fr: 'La clé qui a signé est bien celle que publie l’émetteur.',
    en: 'The key that signed is the one that the issuer publishes.',
  },
}
export const NOT_ITS_KEY: Found = {
  result: 'fail',
  code: 'issuer_binding',
  words: {
    fr: 'La clé qui a signé n’est pas celle de l’émetteur annoncé : quelqu’un d’autre a pu faire ce badge.',
    en: 'The key that signed is not that of the announced issuer: somebody else may have made this badge.',
  },
}
export const NOT_REVOKED: Found = {
  result: 'pass',
  code: 'status',
  words: {
    fr: 'L’émetteur n’a pas retiré ce badge.',
    en: 'The issuer has not withdrawn this badge.',
  },
}
export const REVOKED: Found = {
  result: 'fail',
  code: 'revoked',
  words: {
    fr: 'L’émetteur a retiré ce badge : il ne compte plus.',
    en: 'The issuer has withdrawn this badge: it counts no more.',
  },
}
/** No list answered. */
export const LIST_UNREAD: Found = {
  result: 'unknown',
  code: 'status_unavailable',
  words: {
    fr: 'La liste qui dit si ce badge a été retiré n’a pas pu être lue. Réessayez plus tard.',
    en: 'The list that tells whether this badge was withdrawn could not be read. Try again later.',
  },
}
/** A list that nobody signed, and that is not the issuer's by its place either. */
export const LIST_UNTRUSTED: Found = {
  result: 'unknown',
  code: 'status_untrusted',
  words: {
    fr: 'La liste qui dit si ce badge a été retiré n’est pas celle de son émetteur, ou est abîmée : elle ne prouve rien. Demandez à l’émetteur.',
    en: 'The list that tells whether this badge was withdrawn is not its issuer’s, or is damaged: it proves nothing. Ask the issuer.',
  },
}
/** Whatever the code says was the reason: the list does not tell. */
export function listSilent(code: string): Found {
  return {
    result: 'unknown',
    code,
    words: {
      fr: 'On ne peut pas savoir si ce badge a été retiré : sa liste ne répond pas à la question. Demandez à l’émetteur.',
      en: 'Whether this badge was withdrawn can’t be known: its list does not answer the question. Ask the issuer.',
    },
  }
}
