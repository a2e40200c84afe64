import type { Json } from './values.js'

/** What stands at a path of names, undefined where there is nothing. */
export function at(node: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (held, key) => (typeof held === 'object' && held !== null ? (held as Json)[key] : undefined),
      node,
    )
}

/** All texts in it, wherever they stand. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsOf)
}

/** All numbers in it, wherever they stand. */
export function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(numbersOf)
}

/** The addresses of all images, wherever they stand. */
export function imagesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, held]) => {
    const image: unknown = key === 'image' ? (at(held, 'id') ?? held) : undefined
    return [...(typeof image === 'string' ? [image] : []), ...imagesOf(held)]
  })
}
