/** A JSON object of which nothing is known yet. */
export type Json = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One value and a list of one are the same thing to JSON-LD; a value that is missing is a list of none. */
export function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value]
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/**
 * The same, '' for what is no text. Never `String(…)` of what a stranger wrote: an object may have no text at all
 * (`{"toString": null}`), and then it throws.
 */
export function wordOf(value: unknown): string {
  return textOf(value) ?? ''
}

/** The id of a thing: of an object, or the thing is only named by it. */
export function idOf(value: unknown): string | undefined {
  return textOf(isObject(value) ? value.id : value)
}
