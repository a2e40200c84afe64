import { z } from 'zod'

/** Fields of every form: the token of the session. */
const OF_ALL = ['_csrf']

/**
 * How many fields were sent that a form does not have. They change nothing; that somebody tries is worth a
 * line of the log, with their number alone: a stranger's field may be called by a person's name.
 */
export function countIgnored(form: z.ZodType | undefined, body: unknown): number {
  const declared = form ? fieldsOf(form) : new Set<string>()
  if (declared === 'any' || typeof body !== 'object' || body === null) return 0
  return Object.keys(body).filter((name) => !declared.has(name) && !OF_ALL.includes(name)).length
}

/** The names that a schema reads; 'any' where it takes whatever is there. */
export function fieldsOf(schema: z.ZodType): ReadonlySet<string> | 'any' {
  if (schema instanceof z.ZodObject) return new Set(Object.keys(schema.shape))
  if (schema instanceof z.ZodUnion) return together(schema.options as z.ZodType[])
  if (schema instanceof z.ZodIntersection) {
    return together([schema.def.left as z.ZodType, schema.def.right as z.ZodType])
  }
  if (schema instanceof z.ZodPipe) {
    return fieldsOf(
      (schema.def.in instanceof z.ZodTransform ? schema.def.out : schema.def.in) as z.ZodType,
    )
  }
  return 'any'
}

function together(parts: readonly z.ZodType[]): ReadonlySet<string> | 'any' {
  const found = parts.map(fieldsOf)
  if (found.includes('any')) return 'any'
  return new Set(found.flatMap((one) => [...(one as ReadonlySet<string>)]))
}
