/** The same throws in every demo; nothing secret comes from them. */
export type Dice = Readonly<{
  /** From 0 to `below`, without it. */
  upTo(below: number): number
  pick<T>(from: readonly T[]): T
  /** True once in `times`. */
  oneIn(times: number): boolean
}>

/** @see mulberry32, by Tommy Ettinger, public domain */
export function dice(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const upTo = (below: number) => Math.floor(next() * below)
  return {
    upTo,
    pick: (from) => {
      const found = from[upTo(from.length)]
      if (found === undefined) throw new Error('There is nothing to pick from.')
      return found
    },
    oneIn: (times) => upTo(times) === 0,
  }
}
