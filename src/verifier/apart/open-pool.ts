import { Piscina } from 'piscina'
import type { Apart } from '../../context.js'
import { DomainError } from '../../errors.js'

/** What a task may cost, and how many wait. */
export type PoolLimits = Readonly<{
  /** Milliseconds from the moment at which a thread takes the task, its own start included. */
  milliseconds: number
  heapMiB: number
  threads: number
  /** Tasks that wait for a thread at most. */
  waiting: number
}>

/** Eight waiting behind two that are ended at the last moment wait twelve seconds: no more than a person does. */
export const POOL_LIMITS: PoolLimits = { milliseconds: 3_000, heapMiB: 128, threads: 2, waiting: 8 }

const STACK_MIB = 4
const YOUNG_MIB = 8
/** A thread that has nothing to do ends after this; one stays. */
const IDLE_MS = 30_000

/**
 * A few threads of their own for work that could be poisoned. A task that takes too long or too much
 * memory loses its thread, and its sender an answer; another thread takes its place. The first
 * starts with the first task.
 *
 * @param file the module whose default export does a task; it answers for what it can't do and throws nothing
 */
export function openPool(file: URL, limits: PoolLimits = POOL_LIMITS): OpenPool {
  let opened: Piscina | undefined
  const line = new Line(limits.threads, limits.waiting)
  return {
    async run(task, signal) {
      await line.enter()
      try {
        opened ??= openThreads(file, limits)
        const timeout = AbortSignal.timeout(limits.milliseconds)
        return (await opened.run(task, {
          signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
        })) as unknown
      } catch (error) {
        throw aborted(error)
      } finally {
        line.leave()
      }
    },
    async close() {
      await opened?.destroy()
    },
  }
}

/** `close` ends the threads, and with them what is under way. */
export type OpenPool = Apart & Readonly<{ close(): Promise<void> }>

function openThreads(file: URL, { heapMiB, threads }: PoolLimits): Piscina {
  const pool = new Piscina({
    filename: file.href,
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    resourceLimits: {
      maxOldGenerationSizeMb: heapMiB,
      maxYoungGenerationSizeMb: YOUNG_MIB,
      stackSizeMb: STACK_MIB,
    },
    // Piscina's own waiting would leave the thread deaf to messages, and its queue does not count tasks with a signal.
    atomics: 'disabled',
    // The main thread, which answers everybody, comes first where the system can tell threads apart.
    niceIncrement: 10,
    recordTiming: false,
  })
  // A thread that dies between two tasks is replaced: nobody's answer was lost.
  pool.on('error', () => undefined)
  return pool
}

/** Who comes when all threads are taken waits in order; who finds the line full is sent away. */
class Line {
  #free: number
  readonly #places: number
  readonly #waiting: (() => void)[] = []

  constructor(free: number, places: number) {
    this.#free = free
    this.#places = places
  }

  /** @throws {DomainError} overloaded */
  async enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1
      return
    }
    if (this.#waiting.length >= this.#places) throw overloaded()
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  leave(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free += 1
  }
}

function overloaded(): DomainError {
  return new DomainError('overloaded', {
    fr: 'Beaucoup de gros badges sont vérifiés en ce moment. Attendez quelques secondes, puis recommencez.',
    en: 'Many large badges are being verified just now. Wait a few seconds, then try again.',
  })
}

function aborted(cause: unknown): DomainError {
  return new DomainError(
    'verification-aborted',
    {
      fr: 'Ce badge demandait trop de calcul : la vérification a été arrêtée, sans conclusion. Recommencez une fois ; si cela se reproduit, demandez à son émetteur un badge plus simple.',
      en: 'This badge needed too much computing: its verification was stopped, without a conclusion. Try once more; if it happens again, ask its issuer for a simpler badge.',
    },
    { cause },
  )
}
