type Json = Record<string, unknown>
export type Path = (string | number)[]

/** Puts another value at a place of a document; undefined takes the place away. */
export function edit(document: Json, path: Path, change: (value: unknown) => unknown): boolean {
  const last = path.at(-1)!
  const holder = path.slice(0, -1).reduce<any>((node, key) => node[key], document)
  const value = change(holder[last])
  if (value !== undefined) holder[last] = value
  else if (Array.isArray(holder)) holder.splice(Number(last), 1)
  else delete holder[last]
  return true
}

/** The places of all plain values, in the order of the document. */
export function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, held]) =>
    leavesOf(held, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}

/** The places of all values, lists and objects included, outer ones first. */
export function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inside = Object.entries(value).flatMap(([key, held]) =>
    placesOf(held, [...path, Array.isArray(value) ? Number(key) : key]),
  )
  return path.length === 0 ? inside : [path, ...inside]
}

/** Repeats an item of a list. @returns false for a place that is none */
export function repeat(document: Json, path: Path): boolean {
  const at = path.at(-1)
  const holder = path.slice(0, -1).reduce<any>((node, key) => node[key], document)
  if (!Array.isArray(holder)) return false
  holder.splice(Number(at), 0, structuredClone(holder[Number(at)]))
  return true
}
