import type { SeenList } from './lookups.js'

/** Addresses that are remembered at most; the one unseen for longest is forgotten. */
const MAX_ADDRESSES = 1_000

type Remembered = Omit<SeenList, 'digest'> & {
  /** undefined: two lists of one instant said two things, so neither can say "not withdrawn". */
  digest: string | undefined
}

/**
 * The newest list that was believed at each address, so that an older one, which its issuer signed
 * too, can't take a revocation back. It lives as long as the process: after a restart the first
 * list at an address counts.
 */
export class SeenLists {
  readonly #newest = new Map<string, Remembered>()

  /** Remembers a list. @returns whether it is the newest of its address, and no other is as new */
  see(url: string, list: SeenList): boolean {
    const before = this.#newest.get(url)
    const newest = before === undefined ? list : newestOf(before, list)
    this.#newest.delete(url)
    this.#newest.set(url, newest)
    const [oldest] = this.#newest.keys()
    if (this.#newest.size > MAX_ADDRESSES && oldest !== undefined) this.#newest.delete(oldest)
    return newest.digest === list.digest && age(newest, list) === 0
  }
}

function newestOf(before: Remembered, list: SeenList): Remembered {
  const order = age(list, before)
  if (order !== 0) return order > 0 ? list : before
  return before.digest === list.digest ? before : { ...before, digest: undefined }
}

/** Over 0 when the first is the younger. */
function age(one: Omit<Remembered, 'digest'>, other: Omit<Remembered, 'digest'>): number {
  return (
    one.validFrom.getTime() - other.validFrom.getTime() ||
    one.signedAt.getTime() - other.signedAt.getTime()
  )
}
