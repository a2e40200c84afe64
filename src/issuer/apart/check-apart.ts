import type { Context } from '../../context.js'
import type { Lookups } from '../../verifier/lookups.js'
import { openPool, POOL_LIMITS, type OpenPool } from '../../verifier/apart/open-pool.js'
import { doubtOf, type Doubt } from '../check-signed.js'
import { answerTo, type Answer, type Question } from './asked.js'
import type { Checked, CheckTask } from './check-worker.js'

/** From how many badges on a thread is worth asking: it is slow to wake, and then as fast as this one. */
export const WORTH_A_THREAD = 20
/** Our own badges are no poison: what takes longer is a machine that stands still. */
const MILLISECONDS = 60_000
const WAITING = 64
/** Half is in use; with twice as much the garbage of a batch waits longer, and the process is 15 MB larger. */
const HEAP_MIB = 64

/** The thread in which our own verifier looks at what we sign. `close` ends it. */
export function openCheckers(): OpenPool {
  return openPool(new URL('./check-worker.js', import.meta.url), {
    ...POOL_LIMITS,
    milliseconds: MILLISECONDS,
    heapMiB: HEAP_MIB,
    threads: 1,
    waiting: WAITING,
  })
}

/**
 * Our own verifier looks at badges that we have just signed: a few here, many in a thread of its own while this
 * one goes on.
 *
 * @param lookupsOf one badge
 * @param questions that were asked about other badges: they are answered anew before the thread asks, which would wait for this one. Those
 *   of these badges are added
 * @returns what it finds wrong with each, in their order
 * @throws {DomainError} verification-aborted or overloaded: nothing is concluded
 */
export async function checkSigned(
  ctx: Context,
  documents: readonly string[],
  lookupsOf: () => Lookups,
  questions: Question[],
): Promise<readonly (Doubt | undefined)[]> {
  const now = ctx.now()
  if (documents.length < WORTH_A_THREAD) {
    const doubts: (Doubt | undefined)[] = []
    for (const document of documents)
      doubts.push(await doubtOf(document, { lookups: lookupsOf(), now }))
    return doubts
  }
  const lookups = lookupsOf()
  const answers: Answer[] = []
  let open: readonly Question[] = [...questions]
  for (;;) {
    for (const question of open)
      answers.push({ question, answer: await answerTo(question, lookups) })
    const task: CheckTask = { documents, now, answers }
    // What a thread answers is told by its task: check-worker.ts is the other end.
    const checked = (await ctx.checkers.run(task)) as Checked
    if ('doubts' in checked) return checked.doubts
    questions.push(...checked.open)
    open = checked.open
  }
}
