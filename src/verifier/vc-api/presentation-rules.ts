import { contextRules, ID_RULE, typedObjects, typeRule } from './common-rules.js'
import { BASE_CONTEXTS } from './contexts.js'
import { isOlder } from './credential-rules.js'
import { PROOF_RULES } from './proof-rules.js'
import type { Rule } from './rule.js'
import { isUrl } from './values.js'
import { idOf, isObject, listOf, type Json } from '../../credential/values.js'

/** Credentials in one presentation: each is verified. */
const MOST_CREDENTIALS = 16

const CONTENT: readonly Rule[] = [
  ID_RULE,
  {
    code: 'holder',
    source: 'VCDM 2.0, 4.13; VCDM 1.1, 4.10',
    words: {
      fr: '« holder » doit être une adresse (URL), ou un objet dont « id » en est une.',
      en: '“holder” must be a URL, or an object whose “id” is one.',
    },
    broken: ({ holder }) =>
      holder === undefined || (isUrl(idOf(holder)) && !Array.isArray(holder)) ? [] : ['/holder'],
  },
  {
    code: 'verifiable_credential',
    source: 'VCDM 2.0, 4.13; VCDM 1.1, 4.10',
    words: {
      fr: `« verifiableCredential » doit contenir des attestations, chacune un objet (${MOST_CREDENTIALS} au plus).`,
      en: `“verifiableCredential” must hold credentials, each an object (${MOST_CREDENTIALS} at most).`,
    },
    broken: ({ verifiableCredential }) => {
      const held = listOf(verifiableCredential)
      return held.length > MOST_CREDENTIALS || !held.every(isObject)
        ? ['/verifiableCredential']
        : []
    },
  },
  ...typedObjects('termsOfUse', 'VCDM 2.0, 5.5'),
  ...PROOF_RULES,
]

const PRESENTATION_2: readonly Rule[] = [
  ...contextRules(BASE_CONTEXTS['2.0'], 'VCDM 2.0, 4.3'),
  typeRule('VerifiablePresentation', 'VCDM 2.0, 4.13'),
  ...CONTENT,
]
const PRESENTATION_1: readonly Rule[] = [
  ...contextRules(BASE_CONTEXTS['1.1'], 'VCDM 1.1, 4.1'),
  typeRule('VerifiablePresentation', 'VCDM 1.1, 4.10'),
  ...CONTENT,
]

export function presentationRules(presentation: Json): readonly Rule[] {
  return isOlder(presentation) ? PRESENTATION_1 : PRESENTATION_2
}
