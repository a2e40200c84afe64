import type { Kysely } from 'kysely'
import { required, table, type DialectName } from './columns.js'

/**
 * What will be signed is frozen with its digest, its lints and its approvals; what is signed waits in a column
 * of its own until it is released. A reservation that is void says why. A status list counts
 * its revocations, so that one that was not published yet is noticed. The answer to a request is kept
 * under the key that its sender gave it.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const badges = () => db.schema.alterTable('badges')
  await badges().addColumn('endorsement_preparation', 'text').execute()
  await badges().addColumn('badge_preparation', 'text').execute()
  await badges().addColumn('badge_signed', 'text').execute()
  await db.schema.alterTable('definition_endorsements').addColumn('preparation', 'text').execute()
  const voided = () => db.schema.alterTable('voided_badges')
  await voided().addColumn('reason', 'text').execute()
  await voided().addColumn('revoked_by_id', 'integer').execute()
  await voided().addColumn('revocation_reason', 'text').execute()
  const lists = () => db.schema.alterTable('status_lists')
  await lists()
    .addColumn('revision', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await lists().addColumn('published_revision', 'integer').execute()
  await freezeAnew(db)
  await table(db, dialect, 'kept_answers')
    .addColumn('actor', 'text', required)
    .addColumn('operation', 'text', required)
    .addColumn('key', 'text', required)
    .addColumn('request_digest', 'text', required)
    .addColumn('status', 'integer')
    .addColumn('type', 'text')
    .addColumn('body_sealed', 'text')
    .addColumn('asked_at', 'text', required)
    .addUniqueConstraint('kept_answers_once', ['actor', 'operation', 'key'])
    .execute()
  await db.schema.createIndex('kept_answers_age').on('kept_answers').column('asked_at').execute()
}

/** Bytes that were frozen without a digest and not signed yet: nothing of them has left, so the job freezes them again. */
async function freezeAnew(db: Kysely<unknown>): Promise<void> {
  const store = db as Kysely<{
    badges: Record<'endorsement_prepared' | 'badge_prepared' | 'prepared_at', string | null> & {
      released_at: string | null
    }
    definition_endorsements: { prepared: string | null; document: string | null }
  }>
  await store
    .updateTable('badges')
    .set({ endorsement_prepared: null, badge_prepared: null, prepared_at: null })
    .where('released_at', 'is', null)
    .execute()
  await store
    .updateTable('definition_endorsements')
    .set({ prepared: null })
    .where('document', 'is', null)
    .execute()
}
