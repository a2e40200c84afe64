import { sql, type RawBuilder } from 'kysely'
import type { Context } from '../../context.js'
import { dayAfter, today } from '../../people/days.js'
import { lockPerson } from '../../people/passkeys/store.js'
import { forgetPerson } from '../../people/people-store.js'
import { findPerson } from '../../people/store.js'
import { eraseStage } from './erase-student.js'
import { ADULTS } from './retention.data.js'
import { STAGES } from './tables.data.js'
import { HAS_ADDRESS, lastWarnedDay, warnedForDay } from './warning.js'

/** No student has it. */
const NO_STUDENT = -1

/** Something of theirs goes on that day, or began later; or they came back after a warning. */
const goesOn = (day: RawBuilder<string>) => {
  const open = sql`person_id = persons.id and (until_day is null or until_day >= ${day})`
  return sql<boolean>`(exists (select 1 from role_assignments where ${open})
    or exists (select 1 from mentors where ${open})
    or exists (select 1 from class_people where ${open})
    or exists (select 1 from liaison_assignments where ${open})
    or exists (select 1 from placements where tutor_id = persons.id and until_day >= ${day})
    or coalesce(persons.came_back_on, '') >= ${day})`
}

const TOLD_ON = sql<string>`persons.forgetting_told_on`

/** Adults who had a part in the service, and of whom nothing has gone on since a day. */
const leftBefore = (day: string) => sql<boolean>`persons.forgotten_at is null
  and not exists (select 1 from students where students.person_id = persons.id)
  and (exists (select 1 from role_assignments where person_id = persons.id)
    or exists (select 1 from mentors where person_id = persons.id)
    or exists (select 1 from placements where tutor_id = persons.id))
  and not ${goesOn(sql`${day}`)}`

/**
 * Adults whose every function, commitment and placement ended long enough ago, the first known first. Who was sent a link that
 * lets them in stays until it has expired.
 *
 * @param only asks about one
 */
export async function adultsWhoLeft(
  ctx: Pick<Context, 'db' | 'now' | 'config'>,
  only?: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select persons.id from persons
    where ${leftBefore(dayAfter(today(ctx), -ADULTS.days))}
      and (not ${HAS_ADDRESS} or (${TOLD_ON} <= ${lastWarnedDay(ctx)} and not ${goesOn(TOLD_ON)}))
      and not exists (select 1 from invitations where invitations.person_id = persons.id
        and used_at is null and expires_at > ${ctx.now().toISOString()})
      and ${only === undefined ? sql`1 = 1` : sql`persons.id = ${only}`}
    order by persons.id`.execute(ctx.db)
  return rows.map(({ id }) => id)
}

/** Adults whose account is forgotten soon, and who were not told since they left. @param only asks about one */
export async function adultsToWarn(
  ctx: Pick<Context, 'db' | 'now' | 'config'>,
  only?: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select persons.id from persons
    where ${leftBefore(dayAfter(warnedForDay(ctx), -ADULTS.days))}
      and ${HAS_ADDRESS} and (${TOLD_ON} is null or ${goesOn(TOLD_ON)})
      and ${only === undefined ? sql`1 = 1` : sql`persons.id = ${only}`}
    order by persons.id`.execute(ctx.db)
  return rows.map(({ id }) => id)
}

/** The last day of the last part of an adult. @returns undefined for who has one today, never had one, or is a student */
export async function adultLeftOn(
  ctx: Pick<Context, 'db' | 'now' | 'config'>,
  personId: number,
): Promise<string | undefined> {
  const of = sql`where person_id = ${personId}`
  const { rows } = await sql<{ day: string | null }>`select max(until_day) as day from (
      select until_day from role_assignments ${of} union all select until_day from mentors ${of}
      union all select until_day from class_people ${of}
      union all select until_day from liaison_assignments ${of}
      union all select until_day from placements where tutor_id = ${personId}) as parts
    where exists (select 1 from persons where id = ${personId} and ${leftBefore(today(ctx))})`.execute(
    ctx.db,
  )
  return rows[0]?.day ?? undefined
}

/**
 * Takes name, address and account from an adult. What they did stays, by somebody.
 *
 * @returns false for who is not to be forgotten: it is asked again under their lock, for since they were found they may have come back
 */
export async function forgetAdult(ctx: Context, personId: number): Promise<boolean> {
  return ctx.db.transaction().execute(async (trx) => {
    await lockPerson(trx, personId)
    if (!(await adultsWhoLeft({ ...ctx, db: trx }, personId)).includes(personId)) return false
    const person = await findPerson(trx, personId)
    const email = person?.email ?? null
    const emailHash = email === null ? '' : ctx.vault.fingerprint(email)
    // The rows of an account are those that an erasure finds.
    const of = { studentId: NO_STUDENT, personId, accountId: personId, emailHash }
    for (const stage of STAGES) await eraseStage(ctx, trx, stage, of)
    await forgetPerson(trx, personId, ctx.now().toISOString())
    return true
  })
}
