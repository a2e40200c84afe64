import {
  askRecovery,
  RECOVERY_JOB,
  takeRecovery,
} from '../../../src/people/recovery/ask-recovery.js'
import type { World } from '../../support/world.js'

/** Somebody asks, and the job takes it. */
export async function askAndTake(world: World, email: string): Promise<void> {
  await askRecovery(world, email)
  const jobs = world.db.selectFrom('jobs').select('payload').where('kind', '=', RECOVERY_JOB)
  const { payload } = await jobs.orderBy('id', 'desc').executeTakeFirstOrThrow()
  await takeRecovery(world, JSON.parse(payload))
}
