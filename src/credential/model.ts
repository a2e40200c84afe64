import { z } from 'zod'
import { isKnownContextList, VC_V2 } from './contexts.js'
import { isList, LEGACY_ONLY, SHAPES, VOCABULARIES, type Shape } from './shapes.data.js'

const models = new Map<string, z.ZodType>()

/**
 * The zod schema of a class of the Open Badges 3.0 data model, made from the table of shapes: what
 * a badge of today must look like. The guard is wider (older badges, unknown words of a vocabulary),
 * since a verifier reads what others made.
 *
 * @param name a class of the standard: `AchievementCredential`, `Profile`, `Result` …
 */
export function toZod(name: string): z.ZodType {
  const made = models.get(name) ?? modelOf(name)
  models.set(name, made)
  return made
}

function modelOf(name: string): z.ZodType {
  const shape = SHAPES[name]
  if (!shape) throw new RangeError(`no shape ${name}`)
  const required = [...shape.required, ...(shape.requiredNow ?? [])]
  const terms = Object.entries(shape.terms)
    .filter(([term]) => !LEGACY_ONLY.includes(term))
    .map(([term, kind]) => {
      const value = term === 'type' ? typeOf(shape) : valuesOf(term, kind)
      return [term, required.includes(term) ? value : value.optional()] as const
    })
  return z.strictObject(Object.fromEntries(terms)).meta({ id: name })
}

function valuesOf(term: string, kind: string): z.ZodType {
  const one = valueOf(kind)
  // Only who issued may be named by a bare id.
  if (term === 'issuer') return z.union([one, z.string()])
  if (!isList(term, kind) || term === 'credentialStatus') return one
  return z.union([one, z.array(one).min(1)])
}

const EXTENSION = z.string().regex(/^ext:[A-Za-z0-9._-]+$/)
const KINDS: Readonly<Record<string, z.ZodType>> = {
  text: z.string(),
  number: z.number(),
  flag: z.boolean(),
  'number-or-text': z.union([z.string(), z.int()]),
  // Seconds and a zone: the same instant for everybody.
  instant: z.iso.datetime({ offset: true }).regex(/T\d\d:\d\d:\d\d/),
  day: z.iso.date(),
  language: z.string().regex(/^[a-z]{2,4}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/),
  jws: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  context: z
    .array(z.string())
    .min(2)
    .refine((contexts) => contexts[0] === VC_V2 && isKnownContextList(contexts)),
}

function valueOf(kind: string): z.ZodType {
  const words = VOCABULARIES[kind]
  if (words && kind === 'ResultStatus') return z.enum(words)
  if (words) return z.union([z.enum(words), EXTENSION])
  return KINDS[kind] ?? z.lazy(() => toZod(kind))
}

/**
 * What must stand at a place of a class, by the table of shapes.
 *
 * @param place terms from the class on; `*` is any place in a list
 * @returns undefined for a place that the table does not know
 */
export function kindAt(root: string, place: readonly string[]): string | undefined {
  return place
    .filter((term) => term !== '*')
    .reduce<string | undefined>((name, term) => SHAPES[name ?? '']?.terms[term], root)
}

/** Whether a text is of a kind that the table of shapes names: an instant, a day, any text. */
export function isOfKind(kind: string, text: string): boolean {
  return KINDS[kind]?.safeParse(text).success === true
}

/** One of the types of the class must be there; a credential says too that it is one. */
function typeOf({ types, alsoTypes = [], oneType }: Shape): z.ZodType {
  const [first, ...rest] = types
  if (first === undefined) return z.string()
  const own = z.enum([first, ...rest])
  if (oneType) return own
  const known = z.enum([first, ...rest, ...alsoTypes])
  const list = z
    .array(known)
    .min(1)
    .refine((held) => held.some((one) => types.includes(one)))
  if (!alsoTypes.includes('VerifiableCredential')) return z.union([own, list])
  return list.refine((held) => held.includes('VerifiableCredential'))
}

export const AchievementCredential = toZod('AchievementCredential')
export const EndorsementCredential = toZod('EndorsementCredential')
export const Achievement = toZod('Achievement')
export const Profile = toZod('Profile')
