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
const MAIN_THREAD_SVG_CHARS = 32 * 1024

/** The threads for badges. `close` ends them. */
export function openApart(): OpenPool {
  return openPool(new URL('./badge-worker.js', import.meta.url))
}

/**
 * The work of one verification: a little of it is done at once, all together no more than an
 * ordinary badge needs; the rest in a thread apart.
 *
 * @throws {DomainError} verification-aborted or overloaded, when it is run
 */
export function workOf(apart: Apart): BadgeWork {
  let left = MAIN_THREAD_WEIGHT
  // What a thread answers is told by its task: badge-worker.ts is the other end.
  const run = <Answer>(task: BadgeTask) => apart.run(task) as Promise<Answer>
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
