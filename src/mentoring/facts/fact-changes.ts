import type { Context } from '../../context.js'
import { enqueue } from '../../store/jobs.js'
import type { Db } from '../../store/schema.js'

/** The job by which dossiers and badges hear that a fact is not what it was. */
export const FACT_CHANGED_JOB = 'fact-changed'

export type FactChange = Readonly<{ kind: 'session' | 'placement'; factId: number }>

/**
 * Tells, in the transaction of the change itself, that a fact was corrected, contested, undone or confirmed
 * anew: what rests on it is looked at afterwards.
 */
export async function tellFactChanged(
  ctx: Pick<Context, 'newId' | 'now'>,
  trx: Db,
  { kind, factId }: FactChange,
): Promise<void> {
  const id = ctx.newId()
  const payload = { kind, factId }
  await enqueue(trx, { id, kind: FACT_CHANGED_JOB, key: id, payload, runAt: ctx.now() })
}
