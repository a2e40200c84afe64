/** Addresses that are remembered at most; the one unseen for longest is forgotten. */
const MAX_ADDRESSES = 1_000

/**
 * The newest list that was believed at each address, so that an older one, which its issuer signed
 * too, can't take a revocation back. It lives as long as the process: after a restart the first
 * list at an address counts.
 */
export class SeenLists {
  readonly #newest = new Map<string, number>()

  /** Remembers a list. @returns the newest `validFrom` of its address, this one included */
  see(url: string, validFrom: Date): Date {
    const newest = Math.max(this.#newest.get(url) ?? -Infinity, validFrom.getTime())
    this.#newest.delete(url)
    this.#newest.set(url, newest)
    const [oldest] = this.#newest.keys()
    if (this.#newest.size > MAX_ADDRESSES && oldest !== undefined) this.#newest.delete(oldest)
    return new Date(newest)
  }
}
