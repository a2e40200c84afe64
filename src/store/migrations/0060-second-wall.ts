import { sql, type Kysely } from 'kysely'
import type { DialectName } from './columns.js'
import { WALLS, type Wall } from './0060-walls.data.js'

/**
 * On PostgreSQL rows of students are given to no statement but in the scope of somebody who may have to do with them
 * (ADR 0050). On the owner of the tables, too: the service owns what it makes.
 */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  if (dialect === 'sqlite') return
  await makeReaders(db)
  await makeReach(db)
  await wallIn(db, WALLS)
}

/** On PostgreSQL. */
export async function wallIn(db: Kysely<unknown>, walls: readonly Wall[]): Promise<void> {
  for (const { table, using, check } of walls) {
    const on = sql.table(table)
    await sql`create policy second_wall on ${on} using (${sql.raw(using)}) with check (${sql.raw(check)})`.execute(
      db,
    )
    await sql`alter table ${on} enable row level security`.execute(db)
    await sql`alter table ${on} force row level security`.execute(db)
  }
}

/** What the setting of the connection says: `service:job`, or `of:12,15;7`, organisations and a person. */
async function makeReaders(db: Kysely<unknown>): Promise<void> {
  await sql`create function sceau_is_service() returns boolean language sql stable as
    $$ select coalesce(current_setting('sceau.scope', true), '') like 'service:%' $$`.execute(db)
  await sql`create function sceau_organisations() returns integer[] language sql stable as
    $$ select string_to_array(substring(current_setting('sceau.scope', true) from '^of:([0-9,]*);'), ',')::integer[] $$`.execute(
    db,
  )
  await sql`create function sceau_person() returns integer language sql stable as
    $$ select nullif(substring(current_setting('sceau.scope', true) from '^of:[0-9,]*;([0-9]+)$'), '')::integer $$`.execute(
    db,
  )
}

/**
 * Whether organisations have had to do with a student who is not theirs now. `near`: as a school; else also as whoever
 * runs a group that they are in, as a company of their class, of a placement, a session or a dossier. Times are left to the
 * first wall. Policies that ask for each other's tables would never end: inside, the service asks. A function may name a
 * setting of ours only if a superuser made it, so it sets and restores it itself; what fails in between undoes it.
 */
async function makeReach(db: Kysely<unknown>): Promise<void> {
  await sql`create function sceau_reaches(student integer, mine integer[], near boolean) returns boolean
    language plpgsql stable cost 10000 as $$
    declare
      scope text := current_setting('sceau.scope', true);
      found boolean;
    begin
      if cardinality(mine) is null or cardinality(mine) = 0 then return false; end if;
      perform set_config('sceau.scope', 'service:wall', true);
      found := exists (select 1 from schoolings s where s.student_id = student and s.school_id = any (mine));
      if not (found or near) then
        found := exists (
          select 1 from enrolments e join cohorts c on c.id = e.cohort_id
            left join ptech_classes k on k.id = c.class_id
          where e.student_id = student and (c.owner_id = any (mine) or k.school_id = any (mine)
            or exists (select 1 from cohort_schools h where h.cohort_id = c.id and h.school_id = any (mine))
            or exists (select 1 from class_companies f where f.class_id = c.class_id and f.company_id = any (mine))))
        or exists (select 1 from placements p where p.student_id = student and p.company_id = any (mine))
        or exists (select 1 from dossiers d where d.student_id = student
          and (d.company_id = any (mine) or d.school_id = any (mine)))
        or exists (select 1 from session_students t join mentoring_sessions m on m.id = t.session_id
          where t.student_id = student and m.company_id = any (mine));
      end if;
      perform set_config('sceau.scope', scope, true);
      return found;
    end $$`.execute(db)
}
