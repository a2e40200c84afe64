import type { Actor, Context } from '../../context.js'
import { listRecordsOf, schoolingsOf } from '../../mentoring/students/store.js'
import { dayAfter } from '../../people/days.js'
import type { Row } from '../../store/schema.js'
import { leftOn } from '../leaving/rules.js'
import { adultLeftOn } from './forget-adult.js'
import { isHeld, lastKeptDay } from './forget-students.js'
import { ADULTS } from './retention.data.js'
import { findForgetting, type Forgetting } from './store.js'
import { lastDay } from './warning.js'

/** Why no day holds: the law holds the record, or its erasure has begun. */
export type NoDay = Readonly<{ why: 'HELD' | 'ERASING' }>

/** The last day of a record; undefined while its student is at school. */
export type RecordKept = string | NoDay | undefined

/** Until when what is of somebody stays by itself. */
export type Kept = Readonly<{
  /** Of each record of a student. */
  records: readonly RecordKept[]
  /** Of an adult: the last day of their account; undefined while they have a part here. */
  account: string | undefined
}>

/** The days on which the account, or the records, of the person who asks end, if nothing changes. */
export async function seeKept(ctx: Context, actor: Actor): Promise<Kept> {
  const personId = actor.personId ?? -1
  const forgetting = await findForgetting(ctx.db, personId)
  const records = await listRecordsOf(ctx.db, personId)
  const days = await Promise.all(records.map((one) => recordKeptUntil(ctx, one, forgetting)))
  const left = records.length > 0 ? undefined : await adultLeftOn(ctx, personId)
  if (left === undefined) return { records: days, account: undefined }
  const since = latest(left, forgetting.cameBackOn)
  return {
    records: days,
    account: lastDay(ctx, { by: dayAfter(since, ADULTS.days), since, ...forgetting }),
  }
}

/** The last day of a record, unless something else than its age decides. */
export async function recordKeptUntil(
  ctx: Context,
  student: Row<'students'>,
  forgetting: Forgetting,
): Promise<RecordKept> {
  if (await isHeld(ctx.db, student.id)) return { why: 'HELD' }
  if (student.erasure_began_at !== null) return { why: 'ERASING' }
  const left = leftOn(await schoolingsOf(ctx.db, student.id))
  if (left === undefined) return undefined
  const since = latest(left, forgetting.cameBackOn)
  const toldOn = student.forgetting_told_on
  return lastDay(ctx, { ...forgetting, by: lastKeptDay(since), since, toldOn })
}

function latest(day: string, other: string | null): string {
  return other !== null && other > day ? other : day
}
