/** A predicate of the pinned contexts. Ranks are in the order of the texts: numbers are compared, not long texts. */
export type Predicate = Readonly<{
  /** As it stands in a line: ` <iri> `, with its spaces. */
  text: string
  rank: number
}>

const inOrder: { text: string; rank: number }[] = []
const known = new Map<string, Predicate>()

/** @param token `<iri>` */
export function predicateOf(token: string): Predicate {
  const before = known.get(token)
  if (before) return before
  const made = { text: ` ${token} `, rank: 0 }
  const place = inOrder.findIndex(({ text }) => made.text < text)
  inOrder.splice(place === -1 ? inOrder.length : place, 0, made)
  inOrder.forEach((predicate, rank) => (predicate.rank = rank))
  known.set(token, made)
  return made
}
