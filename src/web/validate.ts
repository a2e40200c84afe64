import type { z } from 'zod'
import { DomainError } from '../errors.js'
import type { Words } from '../words.js'

/**
 * What a schema makes of a value.
 *
 * @throws {DomainError} invalid-request, with every wrong field at once
 */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new DomainError(
    'invalid-request',
    { fr: 'Certains champs manquent ou sont faux.', en: 'Some fields are missing or wrong.' },
    {
      fields: result.error.issues.map((issue) => ({
        pointer: `/${issue.path.map(String).join('/')}`,
        words: wordsOf(issue),
      })),
    },
  )
}

/**
 * A message for a schema's check: `z.string().regex(…, told({fr, en}))`. zod carries one string,
 * so both languages travel in it.
 */
export function told(words: Words): string {
  return `${words.fr}${SEPARATOR}${words.en}`
}

const SEPARATOR = '\u0001'

function wordsOf(issue: z.core.$ZodIssue): Words {
  const [fr, en] = issue.message.split(SEPARATOR)
  if (fr !== undefined && en !== undefined) return { fr, en }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return { fr: 'Ce champ est obligatoire.', en: 'This field is required.' }
  }
  if (issue.code === 'too_big') {
    return {
      fr: `Le maximum est ${String(issue.maximum)}.`,
      en: `The most is ${String(issue.maximum)}.`,
    }
  }
  if (issue.code === 'too_small') {
    const least = String(issue.minimum)
    if (least === '1') return { fr: 'Ce champ est obligatoire.', en: 'This field is required.' }
    return { fr: `Le minimum est ${least}.`, en: `The least is ${least}.` }
  }
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => key.slice(0, 40)).join(', ')
    return { fr: `Champ inconnu : ${names}.`, en: `Unknown field: ${names}.` }
  }
  return { fr: 'Cette valeur n’est pas acceptée.', en: 'This value is not accepted.' }
}
