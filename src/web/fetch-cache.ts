import type { Fetched } from '../context.js'

type Found = Extract<Fetched, { outcome: 'found' }>

/** Whatever a server allows, a revocation is seen after this long. */
const MAX_AGE_MS = 5 * 60_000
const MAX_ENTRIES = 256
const MAX_BYTES = 16 * 1024 * 1024

/**
 * Answers that a server allows to be used again, for five minutes at most. Only good answers are
 * kept: what failed is asked again. The one that was unused for longest makes room.
 */
export class FetchCache {
  readonly #kept = new Map<string, Readonly<{ answer: Found; until: number }>>()
  #bytes = 0

  get(key: string, now: Date): Found | undefined {
    const kept = this.#kept.get(key)
    if (!kept) return undefined
    this.#drop(key)
    if (kept.until <= now.getTime()) return undefined
    this.#keep(key, kept)
    return kept.answer
  }

  set(key: string, answer: Found, fresh: Readonly<{ seconds: number; now: Date }>): void {
    this.#drop(key)
    const age = Math.min(fresh.seconds * 1000, MAX_AGE_MS)
    if (age > 0) this.#keep(key, { answer, until: fresh.now.getTime() + age })
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= MAX_ENTRIES && this.#bytes <= MAX_BYTES) break
      this.#drop(oldest)
    }
  }

  #keep(key: string, kept: Readonly<{ answer: Found; until: number }>): void {
    this.#kept.set(key, kept)
    this.#bytes += kept.answer.body.length
  }

  #drop(key: string): void {
    this.#bytes -= this.#kept.get(key)?.answer.body.length ?? 0
    this.#kept.delete(key)
  }
}

/** For how many seconds an answer may be used again, by its headers; 0: not at all. */
export function freshSeconds(headers: Pick<Headers, 'get'>): number {
  const control = headers.get('cache-control') ?? ''
  if (/\b(?:no-store|no-cache|private)\b/i.test(control)) return 0
  const lifetime = /(?:^|[\s,])max-age="?(\d{1,9})/i.exec(control)?.[1] ?? '0'
  const age = /^\d{1,9}$/.exec(headers.get('age') ?? '')?.[0] ?? '0'
  return Math.max(0, Number(lifetime) - Number(age))
}
