import { sql, type Kysely } from 'kysely'
import { table, to, type DialectName } from './columns.js'

/**
 * The records of consent stay append-only, but for an erasure: it names the student here in the transaction that
 * takes their records out, and takes the name away again before it commits.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await table(db, dialect, 'consents_let_go')
    .addColumn('student_id', 'integer', to('students'))
    .execute()
  const refusal = 'the records of consent are append-only'
  if (dialect === 'sqlite') {
    await sql`drop trigger consent_records_no_delete`.execute(db)
    await sql`create trigger consent_records_no_delete before delete on consent_records
      when not exists (select 1 from consents_let_go where student_id = old.student_id)
      begin select raise(abort, ${sql.lit(refusal)}); end`.execute(db)
    return
  }
  await sql`drop trigger consent_records_no_change on consent_records`.execute(db)
  await sql`create trigger consent_records_no_change before update or truncate on consent_records
    for each statement execute function consent_records_append_only()`.execute(db)
  await sql`create function consent_records_let_go() returns trigger language plpgsql as
    $$ begin
      if exists (select 1 from consents_let_go where student_id = old.student_id) then return old; end if;
      raise exception ${sql.lit(refusal)};
    end $$`.execute(db)
  await sql`create trigger consent_records_no_delete before delete on consent_records
    for each row execute function consent_records_let_go()`.execute(db)
}
