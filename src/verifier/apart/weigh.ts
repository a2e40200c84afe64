/**
 * What a document may weigh to be put in canonical form in the main thread: a badge with two
 * endorsements weighs some 250, each endorsement counted again by itself. docs/verifying.md has what this costs at most.
 */
export const MAIN_THREAD_WEIGHT = 400

/** A node without an id is named by what surrounds it, at the price of several values. */
const NAMELESS_WEIGHT = 5

/**
 * How much work the canonical form of a JSON document is: its values, and more for each node
 * without an id.
 *
 * @param limit where counting may stop: what is above is above
 */
export function weigh(document: object, limit = Infinity): number {
  let weight = 0
  const open: unknown[] = [document]
  while (open.length > 0 && weight <= limit) {
    const value = open.pop()
    weight += 1
    if (typeof value !== 'object' || value === null) continue
    if (!Array.isArray(value) && !('id' in value)) weight += NAMELESS_WEIGHT
    for (const held of Object.values(value)) open.push(held)
  }
  return weight
}
