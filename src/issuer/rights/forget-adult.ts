import { sql } from 'kysely'
import type { Context } from '../../context.js'
import { dayAt } from '../../people/days.js'
import { forgetPerson } from '../../people/people-store.js'
import { findPerson } from '../../people/store.js'
import { eraseStage } from './erase-student.js'
import { ADULTS } from './retention.data.js'
import { STAGES } from './tables.data.js'

const DAY_MS = 86_400_000
/** No student has it. */
const NO_STUDENT = -1

/** Adults whose every function, commitment and placement ended before then, the first known first. */
export async function adultsWhoLeft(ctx: Context): Promise<number[]> {
  const before = dayAt(new Date(ctx.now().getTime() - ADULTS.days * DAY_MS), ctx.config.timeZone)
  const goesOn = sql`(until_day is null or until_day >= ${before})`
  const { rows } = await sql<{ id: number }>`
    select persons.id from persons where forgotten_at is null
      and not exists (select 1 from students where students.person_id = persons.id)
      and (exists (select 1 from role_assignments where person_id = persons.id)
        or exists (select 1 from mentors where person_id = persons.id)
        or exists (select 1 from placements where tutor_id = persons.id))
      and not exists (select 1 from role_assignments where person_id = persons.id and ${goesOn})
      and not exists (select 1 from mentors where person_id = persons.id and ${goesOn})
      and not exists (select 1 from class_people where person_id = persons.id and ${goesOn})
      and not exists (select 1 from placements where tutor_id = persons.id and until_day >= ${before})
    order by persons.id`.execute(ctx.db)
  return rows.map(({ id }) => id)
}

/** Takes name, address and account from an adult. What they did stays, by somebody. */
export async function forgetAdult(ctx: Context, personId: number): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const person = await findPerson(trx, personId)
    const email = person?.email ?? null
    const emailHash = email === null ? '' : ctx.vault.fingerprint(email)
    // The rows of an account are those that an erasure finds.
    const of = { studentId: NO_STUDENT, personId, accountId: personId, emailHash }
    for (const stage of STAGES) await eraseStage(ctx, trx, stage, of)
    await forgetPerson(trx, personId, ctx.now().toISOString())
  })
}
