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
