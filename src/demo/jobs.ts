import type { Context } from '../context.js'
import { countJobs } from '../store/jobs.js'
import { runNextJob } from '../worker.js'

/** Runs what is due. @throws {Error} when a job fails: a demo has none that does */
export async function runJobs(ctx: Context): Promise<void> {
  while (await runNextJob(ctx));
  const { waiting, givenUp } = await countJobs(ctx.db)
  if (waiting + givenUp > 0) throw new Error(`${waiting + givenUp} jobs of the demo have failed.`)
}
