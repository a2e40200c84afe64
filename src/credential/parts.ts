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

/** A text, and the term whose value it is, alone or in a list. */
export type Placed = Readonly<{ term: string; text: string }>

/** All texts in it, wherever they stand. */
export function textsOf(value: unknown): Placed[] {
  const texts: Placed[] = []
  eachLeaf(value, (one, term) => typeof one === 'string' && texts.push({ term, text: one }))
  return texts
}

/** All numbers in it, wherever they stand. */
export function numbersOf(value: unknown): number[] {
  const numbers: number[] = []
  eachLeaf(value, (one) => typeof one === 'number' && numbers.push(one))
  return numbers
}

function eachLeaf(value: unknown, look: (leaf: unknown, term: string) => void, term = ''): void {
  if (typeof value !== 'object' || value === null) return look(value, term)
  const isList = Array.isArray(value)
  for (const [key, held] of Object.entries(value)) eachLeaf(held, look, isList ? term : key)
}

/** The addresses of all images, wherever they stand. */
export function imagesOf(value: unknown): string[] {
  const images: string[] = []
  findImages(value, images)
  return images
}

function findImages(value: unknown, images: string[]): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, held] of Object.entries(value)) {
    const image: unknown = key === 'image' ? (at(held, 'id') ?? held) : undefined
    if (typeof image === 'string') images.push(image)
    findImages(held, images)
  }
}
