import { toInstant } from '../../credential/instant.js'
import { eachUnless, type Rule } from './rule.js'
import { isInstant, isObject, isTypeValue, isUrl, listOf, type Json } from './values.js'

const SOURCE = 'Data Integrity, 2.1'

/** Proofs in one document: each costs a check of a signature. */
const MOST_PROOFS = 8

/** What a proof must say before its signature is worth a look. A document without any breaks none. */
export const PROOF_RULES: readonly Rule[] = [
  {
    code: 'proof',
    source: SOURCE,
    words: {
      fr: `« proof » doit contenir une preuve ou plusieurs (${MOST_PROOFS} au plus), chacune un objet avec son « type ».`,
      en: `“proof” must hold one or more proofs (${MOST_PROOFS} at most), each an object with its “type”.`,
    },
    broken: (document) =>
      listOf(document.proof).length > MOST_PROOFS
        ? ['/proof']
        : eachUnless(document, 'proof', (one) => isObject(one) && isTypeValue(one.type)),
  },
  ofProof('proofPurpose', 'proof_purpose', isText, {
    fr: 'La preuve doit dire à quoi elle sert (« proofPurpose »).',
    en: 'The proof must say what it is for (“proofPurpose”).',
  }),
  ofProof('verificationMethod', 'verification_method', isUrl, {
    fr: 'La preuve doit nommer la clé par son adresse (« verificationMethod »).',
    en: 'The proof must name the key by its URL (“verificationMethod”).',
  }),
  ofProof('proofValue', 'proof_value', isMultibase, {
    fr: 'La valeur de la preuve (« proofValue ») doit être un texte multibase : « z » puis base58, ou « u » puis base64url.',
    en: 'The value of the proof (“proofValue”) must be a multibase text: “z” then base58, or “u” then base64url.',
  }),
  ofProof('cryptosuite', 'cryptosuite', isSuite, {
    fr: 'Une preuve de type DataIntegrityProof doit nommer sa méthode par un texte (« cryptosuite »).',
    en: 'A proof of type DataIntegrityProof must name its method by a text (“cryptosuite”).',
  }),
  ofProof('created', 'proof_time', optional(isInstant), {
    fr: '« created » doit être une date et une heure, comme 2026-11-24T09:00:00Z.',
    en: '“created” must be a date and time, such as 2026-11-24T09:00:00Z.',
  }),
  ofProof('expires', 'proof_time', optional(isInstant), {
    fr: '« expires » doit être une date et une heure, comme 2026-11-24T09:00:00Z.',
    en: '“expires” must be a date and time, such as 2026-11-24T09:00:00Z.',
  }),
  {
    code: 'proof_expired',
    source: SOURCE,
    words: { fr: 'Cette preuve a expiré.', en: 'This proof has expired.' },
    broken: (document, now) =>
      placesOf(document, ({ expires }) => !((toInstant(expires) ?? Infinity) <= now.getTime())),
  },
  ofProof('id', 'id', optional(isUrl), {
    fr: '« id » d’une preuve doit être une adresse (URL).',
    en: '“id” of a proof must be a URL.',
  }),
  ofProof('domain', 'proof_domain', optional(isTexts), {
    fr: '« domain » doit être un texte ou une liste de textes.',
    en: '“domain” must be a text or a list of texts.',
  }),
  ofProof('challenge', 'proof_challenge', optional(isText), {
    fr: '« challenge » doit être un texte.',
    en: '“challenge” must be a text.',
  }),
  ofProof('nonce', 'proof_nonce', optional(isText), {
    fr: '« nonce » doit être un texte.',
    en: '“nonce” must be a text.',
  }),
  ofProof('previousProof', 'previous_proof', optional(isTexts), {
    fr: '« previousProof » doit être l’id d’une autre preuve, ou une liste de tels id.',
    en: '“previousProof” must be the id of another proof, or a list of such ids.',
  }),
]

type IsRight = (value: unknown, proof: Json) => boolean

function ofProof(property: string, code: string, isRight: IsRight, words: Rule['words']): Rule {
  return {
    code,
    source: SOURCE,
    words,
    broken: (document) =>
      placesOf(document, (proof) => isRight(proof[property], proof)).map(
        (pointer) => `${pointer}/${property}`,
      ),
  }
}

/** Places of the proofs that are not right; what is no object is told by the first rule. */
function placesOf(document: Json, isRight: (proof: Json) => boolean): string[] {
  return eachUnless(document, 'proof', (one) => !isObject(one) || isRight(one))
}

function optional(isRight: IsRight): IsRight {
  return (value, proof) => value === undefined || isRight(value, proof)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isTexts(value: unknown): boolean {
  const texts = listOf(value)
  return texts.length > 0 && texts.every(isText)
}

function isMultibase(value: unknown): boolean {
  return typeof value === 'string' && /^(?:z[1-9A-HJ-NP-Za-km-z]+|u[A-Za-z0-9_-]+)$/.test(value)
}

function isSuite(value: unknown, { type }: Json): boolean {
  return type !== 'DataIntegrityProof' ? value === undefined || isText(value) : isText(value)
}
