import { looksPersonal } from '../../credential/read-text.js'
import { isObject, type Json } from '../../credential/values.js'
import { hasUnseen } from '../../credential/visible.js'
import { DomainError, type FieldError } from '../../errors.js'
import type { Words } from '../../words.js'

/** An address, an id or a digest, long and without white space, in which figures stand by chance; without an @, which would be that of a mailbox. */
const NAME = /^(?:https?:|did:|urn:|ni:|data:|z|u)[\w.~:/?#[\]!$&()*+,;=%-]{20,}$/

/**
 * The lints of badges that look at words alone, whatever a credential is about: those for personal data, and for
 * characters that nobody sees.
 *
 * @throws {DomainError} rule-refused, which names the places and repeats none of their words
 */
export function assertFitToSign(credential: Json): void {
  const fields = faultsOf(credential, '/credential')
  const [first] = fields
  if (first) throw new DomainError('rule-refused', first.words, { fields })
}

function faultsOf(value: unknown, pointer: string): FieldError[] {
  if (typeof value === 'string') return faultOf(value).map((words) => ({ pointer, words }))
  if (Array.isArray(value)) return value.flatMap((one, at) => faultsOf(one, `${pointer}/${at}`))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, held]) => {
    const place = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    // A name is signed like a value.
    return looksPersonal(key) ? [{ pointer, words: PERSONAL }] : faultsOf(held, place)
  })
}

function faultOf(text: string): Words[] {
  if (hasUnseen(text) || !text.isWellFormed()) return [UNSEEN]
  return !NAME.test(text) && looksPersonal(text) ? [PERSONAL] : []
}

const PERSONAL: Words = {
  fr: 'Un texte ressemble à une adresse e-mail, à un numéro d’élève ou de téléphone : rien de tel n’est signé ici. Retirez-le.',
  en: 'A text looks like an e-mail address, a student number or a telephone number: nothing like it is signed here. Leave it out.',
}
const UNSEEN: Words = {
  fr: 'Un texte contient des caractères que personne ne voit. Retirez-les.',
  en: 'A text holds characters that nobody sees. Leave them out.',
}
