import { sql, type RawBuilder } from 'kysely'
import type { Context } from '../../context.js'
import { firstDayOf, schoolYearOf } from '../../mentoring/school-year.js'
import {
  beginErasure,
  getStudent,
  lockStudent,
  noteFailedErasure,
} from '../../mentoring/students/store.js'
import { dayBefore, today } from '../../people/days.js'
import { lockPerson } from '../../people/passkeys/store.js'
import { changeRows, countRows } from '../../store/rows-of.js'
import { eraseStudent, keepErased, notesOfErased, type Kept } from './erase-student.js'
import { STUDENTS } from './retention.data.js'
import { listRequestsOf } from './store.js'
import { HAS_ADDRESS, lastWarnedDay, warnedForDay } from './warning.js'

/**
 * Takes the names from students who left long enough ago. One whose erasure fails is noted and stops nobody else's; they
 * come last the next night.
 *
 * @param most in one night
 * @returns how many were forgotten
 */
export async function forgetStudents(ctx: Context, most: number): Promise<number> {
  let forgotten = 0
  await takeBackMarks(ctx)
  const notes = notesOfErased(ctx)
  for (const id of (await studentsWhoLeft(ctx)).slice(0, most)) {
    try {
      if (!(await mayBegin(ctx, id))) continue
      await forget(ctx, id, notes)
      forgotten += 1
    } catch (error) {
      await noteFailedErasure(ctx.db, id, ctx.now())
      ctx.log.error({ event: 'erasure-failed', failure: kindOf(error) })
    }
  }
  return forgotten
}

/**
 * Asks again under the lock of a student whether they are to be forgotten: who has come back since the list was made, or is held by
 * the law, stays. From here on there is no way back, for the key of their backups goes first.
 */
export function mayBegin(
  ctx: Context,
  id: number,
  asks?: Parameters<typeof studentsWhoLeft>[2],
): Promise<boolean> {
  return ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, id)
    const { person_id: personId } = await getStudent(trx, id)
    if (personId !== null) await lockPerson(trx, personId)
    if (!(await studentsWhoLeft({ ...ctx, db: trx }, id, asks)).includes(id)) return false
    await beginErasure(trx, id, ctx.now())
    return true
  })
}

const BY_AGE = 'retention-'

/** Whether nobody asked for an erasure: the night began it. */
export const isByAge = ({ request }: Readonly<{ request: string }>): boolean =>
  request.startsWith(BY_AGE)

async function forget(ctx: Context, id: number, notes: ReadonlyMap<string, Kept>): Promise<void> {
  const student = await getStudent(ctx.db, id)
  // The badges of who left are theirs: they stay valid, by their files and the lists, unless they have asked for the contrary.
  const asked = (await listRequestsOf(ctx.db, id)).find(({ ended_at }) => ended_at === null)
  // What a note says was decided before: a store that was restored may know nothing of it.
  const { badges, request, isGone } = notes.get(student.public_id) ?? {
    badges: asked?.badges ?? 'keep',
    request: `${BY_AGE}${ctx.newId()}`,
  }
  const erasure = { badges, request, ...(isGone && { isGone }) }
  try {
    keepErased(ctx, student.public_id, erasure)
  } catch (error) {
    await takeBackMarks(ctx, id)
    throw error
  }
  await eraseStudent(ctx, student, erasure)
}

/** Of an erasure that began, and was ended before there was a note of it, nothing is done: it has not begun. @param only of one */
async function takeBackMarks(ctx: Context, only?: number): Promise<void> {
  const { rows } = await sql<{ id: number; public_id: string }>`
    select students.id, students.public_id from students where students.erased_at is null and ${BEGAN}
      and ${only === undefined ? sql`1 = 1` : sql`students.id = ${only}`}`.execute(ctx.db)
  if (rows.length === 0) return
  const notes = notesOfErased(ctx)
  for (const { id, public_id: publicId } of rows)
    if (!notes.has(publicId)) {
      const mark = { table: 'students', where: sql<boolean>`id = ${id}` } as const
      await changeRows(ctx.db, mark, { erasure_began_at: () => sql`null` })
    }
}

/** What a database says may repeat what is in a row: its code does not. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

/** The last school year of departure whose students are to be forgotten. @param day YYYY-MM-DD */
export function lastForgottenDay(day: string): string {
  // Left in the year y, kept during y + 1, forgotten from the first day of y + 2: before the first day of y + 1.
  return firstDayOf(schoolYearOf(day) - STUDENTS.schoolYears)
}

/** The last day on which there is still what is of a student. @param leftOn YYYY-MM-DD, the last day of their schooling */
export function lastKeptDay(leftOn: string): string {
  return dayBefore(firstDayOf(schoolYearOf(leftOn) + STUDENTS.schoolYears + 1))
}

/** They are at school that day, or later; or they came back after a warning. */
const goesOn = (day: RawBuilder<string>) => sql<boolean>`(
  exists (select 1 from schoolings where schoolings.student_id = students.id
    and (schoolings.until_day is null or schoolings.until_day >= ${day}))
  or exists (select 1 from persons where persons.id = students.person_id
    and persons.came_back_on >= ${day}))`

/** Nothing has been going on at school since a day. */
const leftBefore = (day: string) => sql<boolean>`(
  exists (select 1 from schoolings where schoolings.student_id = students.id)
  and not ${goesOn(sql`${day}`)})`

const TOLD_ON = sql<string>`students.forgetting_told_on`
const CAN_BE_TOLD = sql<boolean>`exists (select 1 from persons
  where persons.id = students.person_id and ${HAS_ADDRESS})`

/** An erasure by age that began and did not end: with a note of it, half of it was done, and the key is gone. Of one that two persons decided, the job goes on. */
const BEGAN = sql<boolean>`(students.erasure_began_at is not null
  and not exists (select 1 from erasure_requests as decided where decided.student_id = students.id
    and decided.seconded_at is not null and decided.ended_at is null))`

const IS_HELD = sql<boolean>`exists (select 1 from erasure_requests as asked
  where asked.student_id = students.id and asked.refusal_code = 'LEGAL_HOLD')`

/** Whether the law holds what is written of a student. */
export async function isHeld(db: Context['db'], studentId: number): Promise<boolean> {
  const rows = { table: 'students', where: sql<boolean>`id = ${studentId} and ${IS_HELD}` } as const
  return (await countRows(db, rows)) > 0
}

/**
 * Students who left long enough ago, unless the law holds what is written of them. Those who failed lately come last.
 *
 * @param only asks about one
 * @param asks 'age': a store of before, which does not know of the warning that there was
 */
export async function studentsWhoLeft(
  ctx: Pick<Context, 'db' | 'now' | 'config' | 'erased'>,
  only?: number,
  asks: 'age and warning' | 'age' = 'age and warning',
): Promise<number[]> {
  const before = lastForgottenDay(today(ctx))
  const wasTold = sql<boolean>`(not ${CAN_BE_TOLD}
    or (${TOLD_ON} <= ${lastWarnedDay(ctx)} and not ${goesOn(TOLD_ON)}))`
  const isDue = sql`(${leftBefore(before)} and ${asks === 'age' ? sql`1 = 1` : wasTold})`
  const { rows } = await sql<{ id: number; public_id: string; is_due: number }>`
    select students.id, students.public_id, case when ${isDue} then 1 else 0 end as is_due
    from students where students.erased_at is null and not ${IS_HELD} and (${BEGAN} or ${isDue})
      and ${only === undefined ? sql`1 = 1` : sql`students.id = ${only}`}
    order by coalesce(students.erasure_failed_at, ''), students.id`.execute(ctx.db)
  const notes = rows.some((row) => row.is_due === 0) ? notesOfErased(ctx) : undefined
  return rows.flatMap((row) => (row.is_due === 1 || notes?.has(row.public_id) ? [row.id] : []))
}

/** Students who are forgotten soon, and whose holder was not told since they left. @param only asks about one */
export async function studentsToWarn(
  ctx: Pick<Context, 'db' | 'now' | 'config'>,
  only?: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select students.id from students where students.erased_at is null and not ${IS_HELD}
      and students.erasure_began_at is null and ${leftBefore(lastForgottenDay(warnedForDay(ctx)))}
      and ${CAN_BE_TOLD} and (${TOLD_ON} is null or ${goesOn(TOLD_ON)})
      and ${only === undefined ? sql`1 = 1` : sql`students.id = ${only}`}
    order by students.id`.execute(ctx.db)
  return rows.map(({ id }) => id)
}
