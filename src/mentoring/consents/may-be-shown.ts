import type { Context } from '../../context.js'
import { dayAt } from '../../people/days.js'
import type { Db } from '../../store/schema.js'
import { getStudent } from '../students/store.js'
import { listGuardians } from './guardians-store.js'
import { ASKINGS, type Purpose } from './purposes.data.js'
import { saidIn } from './said.js'
import { hasClosed, standingOf, type Around, type Standing } from './standing.js'
import { listRecordsFor } from './store.js'

type Of = Readonly<{
  studentId: number
  purpose: Purpose
  /** Null: every badge. */
  badgeId: number | null
}>

/**
 * Whether something of a student may be shown at this moment. Asked anew each time, of the store: what was withdrawn
 * on any node is withdrawn at the next request.
 *
 * @param of.openedAt when it was opened to others, if it was
 */
export async function mayBeShown(
  ctx: Context,
  of: Of & Readonly<{ openedAt?: string }>,
  at: Date = ctx.now(),
): Promise<boolean> {
  const said = saidIn(await listRecordsFor(ctx.db, of))
  const around = await aroundOf(ctx, ctx.db, of, at)
  const { openedAt } = of
  if (openedAt !== undefined && hasClosed(said, openingOf(ctx, openedAt), around)) return false
  return standingOf(said, around).state === 'agreed'
}

/** Whether a no has closed, for good, what was opened to others. */
export async function isClosedByNo(
  ctx: Context,
  of: Of & Readonly<{ openedAt: string }>,
): Promise<boolean> {
  const said = saidIn(await listRecordsFor(ctx.db, of))
  const around = await aroundOf(ctx, ctx.db, of, ctx.now())
  return hasClosed(said, openingOf(ctx, of.openedAt), around)
}

function openingOf({ config }: Context, at: string) {
  return { at, day: dayAt(new Date(at), config.timeZone) }
}

/** What holds of a purpose for a student and a badge. */
export async function standingIn(
  ctx: Context,
  db: Db,
  of: Of,
  at: Date = ctx.now(),
): Promise<Standing> {
  const records = await listRecordsFor(db, of)
  return standingOf(saidIn(records), await aroundOf(ctx, db, of, at))
}

/** Whose words count for a student on the day of an instant. */
export async function aroundOf(
  ctx: Context,
  db: Db,
  { studentId, purpose }: Pick<Of, 'studentId' | 'purpose'>,
  at: Date,
): Promise<Around> {
  const student = await getStudent(db, studentId)
  const guardians = await listGuardians(db, studentId)
  return {
    birthDate: ctx.vault.open(student.birth_date_sealed),
    guardians: guardians.map(({ id, ended_on }) => ({ id, endedOn: ended_on })),
    needs: ASKINGS[purpose].guardians,
    day: dayAt(at, ctx.config.timeZone),
  }
}
