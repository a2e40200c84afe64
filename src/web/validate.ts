import { z } from 'zod'
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
  const result = schema.safeParse(value, { reportInput: true })
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
  if (issue.code === 'invalid_value' && issue.values.length <= MOST_LISTED) {
    const listed = issue.values.map(String).join(', ')
    const { fr, en } = refused(issue.input)
    return { fr: `${fr} Choisissez : ${listed}.`, en: `${en} Choose one of: ${listed}.` }
  }
  if (issue.code === 'invalid_format' && issue.format === 'date') {
    const { fr, en } = refused(issue.input)
    return {
      fr: `${fr} Donnez un jour du calendrier, année-mois-jour, comme 2026-11-24.`,
      en: `${en} Give a day of the calendar, year-month-day, such as 2026-11-24.`,
    }
  }
  if (issue.code === 'invalid_type' && TYPES[issue.expected]) return TYPES[issue.expected] ?? OTHER
  return OTHER
}

const MOST_LISTED = 12
const MOST_SHOWN = 40
const OTHER: Words = { fr: 'Cette valeur n’est pas acceptée.', en: 'This value is not accepted.' }
const TYPES: Readonly<Record<string, Words>> = {
  string: { fr: 'Donnez un texte ici.', en: 'Give a text here.' },
  number: { fr: 'Donnez un nombre ici.', en: 'Give a number here.' },
  int: { fr: 'Donnez un nombre entier ici.', en: 'Give a whole number here.' },
  boolean: { fr: 'Donnez true ou false ici.', en: 'Give true or false here.' },
  array: { fr: 'Donnez une liste ici.', en: 'Give a list here.' },
  object: { fr: 'Donnez un objet JSON ici.', en: 'Give a JSON object here.' },
}

/** What was sent, said back to whoever sent it, if it is short. */
function refused(value: unknown): Words {
  if (typeof value !== 'string' && typeof value !== 'number') return OTHER
  const text = String(value)
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
  return { fr: `« ${shown} » n’est pas accepté ici.`, en: `“${shown}” is not accepted here.` }
}

/** Which page of a list is asked for; anything else is the first. */
export const PageNumber = z.coerce.number().int().min(1).max(10_000).catch(1).default(1)
