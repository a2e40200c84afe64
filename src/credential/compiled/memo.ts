type Branch<Value> = { value: Value | undefined; readonly next: Map<unknown, Branch<Value>> }

/** Memories at most: who has more kinds of node sends no badges. */
const MAX_KEPT = 1_024

/** What was made of a list of texts, found text by text: a list is never taken for another. */
export class Memo<Value> {
  #root: Branch<Value> = { value: undefined, next: new Map() }
  #kept = 0

  /** @param list may hold what is no text: of that nothing is known */
  get(list: readonly unknown[]): Value | undefined {
    let at: Branch<Value> | undefined = this.#root
    for (const one of list) at = at?.next.get(one)
    return at?.value
  }

  set(list: readonly string[], value: Value): void {
    if (this.#kept >= MAX_KEPT) {
      this.#root = { value: undefined, next: new Map() }
      this.#kept = 0
    }
    let at = this.#root
    for (const one of list) {
      const next = at.next.get(one) ?? { value: undefined, next: new Map() }
      at.next.set(one, next)
      at = next
    }
    at.value = value
    this.#kept += 1
  }
}
