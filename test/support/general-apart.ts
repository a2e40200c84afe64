import type { Apart } from '../../src/context.js'
import work, { type CanonizeTask } from '../../src/verifier/vc-api/canonize-worker.js'

/** What the threads for credentials of any kind do, without one: for tests that a busy machine must not fail. */
export const generalApart: Apart = { run: (task) => work(task as CanonizeTask) }
