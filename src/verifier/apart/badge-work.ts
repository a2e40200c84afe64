import type { Apart } from '../../context.js'
import { unbakeSvg, type UnbakedSvg } from '../../credential/bake-svg.js'
import { canonize } from '../../credential/canonical.js'
import type { Canonize } from '../../credential/suites/suite.js'
import { openPool, type OpenPool } from './open-pool.js'
import type { BadgeTask, Canonized } from './badge-worker.js'
import { MAIN_THREAD_WEIGHT, weigh } from './weigh.js'

/** The two parts of a verification whose cost a stranger decides. */
export type BadgeWork = Readonly<{
  canonize: Canonize
  unbakeSvg(svg: string): Promise<UnbakedSvg>
}>

/** Characters of an SVG that are read in the main thread. */
const MAIN_THREAD_SVG_CHARS = 16 * 1024
/** All tasks of one verification together, waiting included. */
const ALL_TASKS_MS = 10_000

/** The threads for badges. `close` ends them. */
export function openApart(): OpenPool {
  return openPool(new URL('./badge-worker.js', import.meta.url))
}

/**
 * The work of one verification: a little of it is done at once, all together no more than an
 * ordinary badge needs; the rest in threads apart, one task after the other, so that no badge takes all threads.
 *
 * @throws {DomainError} verification-aborted or overloaded, when it is run
 */
export function workOf(apart: Apart): BadgeWork {
  let left = MAIN_THREAD_WEIGHT
  let signal: AbortSignal | undefined
  let last: Promise<unknown> = Promise.resolve()
  function run<Answer>(task: BadgeTask): Promise<Answer> {
    signal ??= AbortSignal.timeout(ALL_TASKS_MS)
    // After one that was ended, no other is begun.
    const answer = last.then(() => apart.run(task, signal))
    last = answer
    // What a thread answers is told by its task: badge-worker.ts is the other end.
    return answer as Promise<Answer>
  }
  return {
    async canonize(document, digest) {
      left -= weigh(document, left)
      if (left >= 0) return canonize(document, digest)
      const { quads } = await run<Canonized>({ task: 'canonize', document, digest })
      if (quads === undefined) throw new Error('This document has no canonical form.')
      return quads
    },
    async unbakeSvg(svg) {
      if (svg.length <= MAIN_THREAD_SVG_CHARS) return unbakeSvg(svg)
      return run<UnbakedSvg>({ task: 'unbake', svg })
    },
  }
}
