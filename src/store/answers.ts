import type { Db, Row } from './schema.js'

export type Asked = Readonly<{ actor: string; operation: string; key: string; digest: string }>
export type KeptAnswer = Row<'kept_answers'>

/**
 * Takes a key for a request, in the transaction that answers it. Whoever asks with the same key at the same
 * time waits here until that transaction is over.
 *
 * @returns false when it was taken by a request that is answered
 */
export async function takeKey(db: Db, asked: Asked, at: Date): Promise<boolean> {
  const row = await db
    .insertInto('kept_answers')
    .values({
      actor: asked.actor,
      operation: asked.operation,
      key: asked.key,
      request_digest: asked.digest,
      asked_at: at.toISOString(),
    })
    .onConflict((conflict) => conflict.columns(['actor', 'operation', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export function getAnswer(db: Db, { actor, operation, key }: Asked): Promise<KeptAnswer> {
  return named(db, { actor, operation, key }).selectAll().executeTakeFirstOrThrow()
}

export async function saveAnswer(
  db: Db,
  { actor, operation, key }: Asked,
  answer: Readonly<{ status: number; type: string | null; bodySealed: string | null }>,
): Promise<void> {
  await db
    .updateTable('kept_answers')
    .set({ status: answer.status, type: answer.type, body_sealed: answer.bodySealed })
    .where('actor', '=', actor)
    .where('operation', '=', operation)
    .where('key', '=', key)
    .execute()
}

export async function forgetAnswers(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('kept_answers').where('asked_at', '<', before.toISOString()).execute()
}

function named(db: Db, { actor, operation, key }: Omit<Asked, 'digest'>) {
  return db
    .selectFrom('kept_answers')
    .where('actor', '=', actor)
    .where('operation', '=', operation)
    .where('key', '=', key)
}
