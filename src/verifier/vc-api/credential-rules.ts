import { toInstant } from '../../credential/instant.js'
import { BASE_CONTEXTS } from './contexts.js'
import { contextRules, ID_RULE, typedObjects, typeRule } from './common-rules.js'
import { PROOF_RULES } from './proof-rules.js'
import { relatedResourceRules } from './related-resource.js'
import { eachUnless, unless, type Rule } from './rule.js'
import { idOf, isInstant, isObject, isText, isTypeValue, isUrl, type Json } from './values.js'

const V2 = 'VCDM 2.0'
const V1 = 'VCDM 1.1'

const ISSUER: Rule = {
  code: 'issuer',
  source: `${V2}, 4.7; ${V1}, 4.5`,
  words: {
    fr: '« issuer » doit être une adresse (URL), ou un objet dont « id » en est une.',
    en: '“issuer” must be a URL, or an object whose “id” is one.',
  },
  broken: ({ issuer }) => (isUrl(idOf(issuer)) && !Array.isArray(issuer) ? [] : ['/issuer']),
}

const SUBJECT: readonly Rule[] = [
  {
    code: 'credential_subject',
    source: `${V2}, 4.8; ${V1}, 4.4`,
    words: {
      fr: '« credentialSubject » doit contenir un ou plusieurs objets, dont chacun dit quelque chose.',
      en: '“credentialSubject” must hold one or more objects, each of which says something.',
    },
    broken: (document) =>
      document.credentialSubject !== undefined
        ? eachUnless(
            document,
            'credentialSubject',
            (one) => isObject(one) && Object.keys(one).length > 0,
          )
        : ['/credentialSubject'],
  },
  {
    code: 'id',
    source: `${V2}, 4.4`,
    words: {
      fr: 'Dans « credentialSubject », « id » doit être une seule adresse (URL).',
      en: 'In “credentialSubject”, “id” must be a single URL.',
    },
    broken: (document) =>
      eachUnless(
        document,
        'credentialSubject',
        (one) => !isObject(one) || one.id === undefined || isUrl(one.id),
      ).map((pointer) => `${pointer}/id`),
  },
  {
    code: 'type',
    source: `${V2}, 4.5`,
    words: {
      fr: '« type » doit être un nom, ou une liste de noms.',
      en: '“type” must be a name, or a list of names.',
    },
    broken: (document) =>
      ['issuer', 'credentialSubject'].flatMap((property) =>
        eachUnless(
          document,
          property,
          (one) => !isObject(one) || one.type === undefined || isTypeValue(one.type),
        ).map((pointer) => `${pointer}/type`),
      ),
  },
]

const TEXTS: Rule = {
  code: 'language_value',
  source: `${V2}, 4.6 and 11.1`,
  words: {
    fr: '« name » et « description » doivent être un texte, ou un texte avec sa langue : @value, @language, @direction et rien d’autre.',
    en: '“name” and “description” must be a text, or a text with its language: @value, @language, @direction and nothing else.',
  },
  broken: (document) => [
    ...['name', 'description'].flatMap((property) => unless(document, property, isText)),
    ...(isObject(document.issuer)
      ? ['name', 'description'].flatMap((property) =>
          unless(document.issuer as Json, property, isText).map((place) => `/issuer${place}`),
        )
      : []),
  ],
}

function instant(property: string, source: string): Rule {
  return {
    code: 'dates',
    source,
    words: {
      fr: `« ${property} » doit être une date et une heure, comme 2026-11-24T09:00:00Z.`,
      en: `“${property}” must be a date and time, such as 2026-11-24T09:00:00Z.`,
    },
    broken: (document) => unless(document, property, isInstant),
  }
}

function inOrder(from: string, until: string, source: string): Rule {
  return {
    code: 'dates',
    source,
    words: {
      fr: `« ${until} » ne peut pas être avant « ${from} ».`,
      en: `“${until}” can’t be before “${from}”.`,
    },
    broken: (document) => {
      const [start, end] = [toInstant(document[from]), toInstant(document[until])]
      return start !== undefined && end !== undefined && end < start ? [`/${until}`] : []
    },
  }
}

/** Objects that other people's rules give a meaning, by the section of VCDM 2.0. */
const TYPED_2 = [
  ['credentialStatus', '4.10', false],
  ['credentialSchema', '4.11', true],
  ['refreshService', '5.4', false],
  ['termsOfUse', '5.5', false],
  ['evidence', '5.6', false],
  ['renderMethod', '5.10', false],
  ['confidenceMethod', '5.10', false],
] as const
const TYPED_1 = [
  ['credentialStatus', '4.9', true],
  ['credentialSchema', '5.4', true],
  ['refreshService', '5.5', true],
  ['termsOfUse', '5.6', false],
  ['evidence', '5.7', false],
] as const

const CREDENTIAL_2: readonly Rule[] = [
  ...contextRules(BASE_CONTEXTS['2.0'], `${V2}, 4.3`),
  typeRule('VerifiableCredential', `${V2}, 4.5`),
  ID_RULE,
  ISSUER,
  ...SUBJECT,
  TEXTS,
  instant('validFrom', `${V2}, 4.9`),
  instant('validUntil', `${V2}, 4.9`),
  inOrder('validFrom', 'validUntil', `${V2}, 4.9`),
  ...TYPED_2.flatMap(([property, section, idRequired]) =>
    typedObjects(property, `${V2}, ${section}`, { idRequired }),
  ),
  ...relatedResourceRules,
  ...PROOF_RULES,
]

const CREDENTIAL_1: readonly Rule[] = [
  ...contextRules(BASE_CONTEXTS['1.1'], `${V1}, 4.1`),
  typeRule('VerifiableCredential', `${V1}, 4.3`),
  ID_RULE,
  ISSUER,
  ...SUBJECT,
  {
    code: 'dates',
    source: `${V1}, 4.6`,
    words: {
      fr: '« issuanceDate » doit dire depuis quand l’attestation vaut.',
      en: '“issuanceDate” must say since when the credential counts.',
    },
    broken: (document) => (document.issuanceDate !== undefined ? [] : ['/issuanceDate']),
  },
  instant('issuanceDate', `${V1}, 4.6`),
  instant('expirationDate', `${V1}, 4.8`),
  inOrder('issuanceDate', 'expirationDate', `${V1}, 4.8`),
  ...TYPED_1.flatMap(([property, section, idRequired]) =>
    typedObjects(property, `${V1}, ${section}`, { idRequired }),
  ),
  ...PROOF_RULES,
]

/** The rules of the model whose context a credential names first; of 2.0 for whoever names neither. */
export function credentialRules(credential: Json): readonly Rule[] {
  return isOlder(credential) ? CREDENTIAL_1 : CREDENTIAL_2
}

export function isOlder(document: Json): boolean {
  const contexts = document['@context']
  return (Array.isArray(contexts) ? contexts[0] : contexts) === BASE_CONTEXTS['1.1']
}
