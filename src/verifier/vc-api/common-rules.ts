import { isGeneralContext } from './contexts.js'
import { eachUnless, unless, type Rule } from './rule.js'
import { isTypeValue, isUrl } from './values.js'
import { isObject, listOf, type Json } from '../../credential/values.js'

/** What is demanded of credentials and presentations alike, with the URL that stands first. */
export function contextRules(base: string, source: string): readonly Rule[] {
  return [
    {
      code: 'context',
      source,
      words: {
        fr: `« @context » doit être une liste dont le premier élément est ${base}.`,
        en: `“@context” must be a list whose first item is ${base}.`,
      },
      broken: (document) => {
        const contexts = document['@context']
        return Array.isArray(contexts) && contexts[0] === base ? [] : ['/@context']
      },
    },
    {
      code: 'context',
      source,
      words: {
        fr: 'Chaque élément de « @context » doit être une adresse (URL) ou un objet.',
        en: 'Each item of “@context” must be a URL or an object.',
      },
      broken: (document) => eachUnless(document, '@context', (one) => isUrl(one) || isObject(one)),
    },
    UNKNOWN_CONTEXT,
  ]
}

/** A document brings its vocabulary along or names one of ours: none is fetched. */
const UNKNOWN_CONTEXT: Rule = {
  code: 'unknown_context',
  source: 'VCDM 2.0, 5.3; Data Integrity, 2.4.1',
  words: {
    fr: 'Ce vocabulaire (@context) n’est pas de ceux que nous connaissons, et nous n’en téléchargeons aucun. Écrivez-le dans le document, ou retirez-le.',
    en: 'This vocabulary (@context) is none of those that we know, and we fetch none. Write it into the document, or leave it out.',
  },
  broken: (document) => unknownContexts(document, ''),
}

function unknownContexts(value: unknown, pointer: string): string[] {
  if (Array.isArray(value))
    return value.flatMap((one, at) => unknownContexts(one, `${pointer}/${at}`))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, held]) => {
    const place = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const own = key === '@context' || key === '@import' ? unknownNames(held, place) : []
    return [...own, ...unknownContexts(held, place)]
  })
}

function unknownNames(contexts: unknown, pointer: string): string[] {
  return listOf(contexts).flatMap((one, at) =>
    isUrl(one) && !isGeneralContext(one)
      ? [Array.isArray(contexts) ? `${pointer}/${at}` : pointer]
      : [],
  )
}

export const ID_RULE: Rule = {
  code: 'id',
  source: 'VCDM 2.0, 4.4',
  words: {
    fr: '« id » doit être une seule adresse (URL), comme https:, urn: ou did:.',
    en: '“id” must be a single URL, such as https:, urn: or did:.',
  },
  broken: (document) => unless(document, 'id', isUrl),
}

export function typeRule(required: string, source: string): Rule {
  return {
    code: 'type',
    source,
    words: {
      fr: `« type » doit contenir ${required}, et rien que des noms ou des adresses.`,
      en: `“type” must contain ${required}, and nothing but names or URLs.`,
    },
    broken: ({ type }) => (isTypeValue(type) && listOf(type).includes(required) ? [] : ['/type']),
  }
}

/** Properties whose objects say of what type they are. */
export function typedObjects(
  property: string,
  source: string,
  { idRequired = false }: Readonly<{ idRequired?: boolean }> = {},
): readonly Rule[] {
  const isTyped = (one: unknown): one is Json => isObject(one) && isTypeValue(one.type)
  const hasId = (one: unknown) =>
    isObject(one) && (one.id === undefined ? !idRequired : isUrl(one.id))
  return [
    {
      code: 'type',
      source,
      words: {
        fr: `« ${property} » doit contenir un ou plusieurs objets, chacun avec son « type ».`,
        en: `“${property}” must hold one or more objects, each with its “type”.`,
      },
      broken: (document) => eachUnless(document, property, isTyped),
    },
    {
      code: 'id',
      source,
      words: {
        fr: `Dans « ${property} », « id » doit être une seule adresse (URL)${idRequired ? ', et ne peut pas manquer' : ''}.`,
        en: `In “${property}”, “id” must be a single URL${idRequired ? ', and can’t be left out' : ''}.`,
      },
      broken: (document) =>
        eachUnless(document, property, (one) => !isTyped(one) || hasId(one)).map(
          (pointer) => `${pointer}/id`,
        ),
    },
  ]
}
