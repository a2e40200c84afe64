import { z } from 'zod'

type Json = Readonly<{
  $ref?: string
  $defs?: Readonly<Record<string, Json>>
  type?: string | readonly string[]
  const?: unknown
  enum?: readonly unknown[]
  format?: string
  minLength?: number
  minimum?: number
  items?: Json
  properties?: Readonly<Record<string, Json>>
  required?: readonly string[]
  anyOf?: readonly Json[]
  oneOf?: readonly Json[]
  allOf?: readonly Json[]
}>

/**
 * Values that a schema takes, made from what it says of itself: one for each of its alternatives, with all its fields.
 *
 * @param known values of fields, by name
 */
export function samplesOf(
  schema: z.ZodType,
  known: Readonly<Record<string, unknown>>,
): Record<string, unknown>[] {
  const json = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Json
  const made = alternatives(json, json).map((one) => valueOf(one, { known, root: json, name: '' }))
  return made.map(
    (one) => (typeof one === 'object' && one !== null ? one : {}) as Record<string, unknown>,
  )
}

type Within = Readonly<{ known: Readonly<Record<string, unknown>>; root: Json; name: string }>

function resolved(json: Json, root: Json): Json {
  const name = json.$ref?.split('/').at(-1)
  return name === undefined ? json : (root.$defs?.[name] ?? {})
}

function alternatives(json: Json, root: Json): Json[] {
  const one = resolved(json, root)
  const parts = one.anyOf ?? one.oneOf
  return parts ? parts.flatMap((part) => alternatives(part, root)) : [one]
}

function valueOf(json: Json, within: Within): unknown {
  const [one = {}] = alternatives(json, within.root)
  const { known, name } = within
  if (one.allOf)
    return Object.assign({}, ...one.allOf.map((part) => valueOf(part, within))) as unknown
  if (name in known && !one.enum && one.const === undefined)
    return one.type === 'array' ? [known[name]].flat() : known[name]
  if (one.const !== undefined) return one.const
  if (one.enum) return one.enum[0]
  const type = Array.isArray(one.type) ? (one.type as string[])[0] : one.type
  if (type === 'object') {
    const fields = Object.entries(one.properties ?? {})
    return Object.fromEntries(
      fields.map(([field, part]) => [field, valueOf(part, { ...within, name: field })]),
    )
  }
  if (type === 'array') return one.items ? [valueOf(one.items, within)] : []
  if (type === 'integer' || type === 'number') return Math.max(one.minimum ?? 1, 1)
  if (type === 'boolean') return false
  if (one.format === 'date' || /(?:Day|On|^day)$/.test(name)) return '2026-11-20'
  return 'Texte DÉMO'.padEnd(one.minLength ?? 0, '.')
}
