import type { Context } from '../../context.js'
import { dayAt } from '../../people/days.js'
import type { Db } from '../../store/schema.js'
import { getStudent } from '../students/store.js'
import { listGuardians } from './guardians-store.js'
import { ASKINGS, type Purpose } from './purposes.data.js'
import { standingOf, type Around, type Said, type Standing } from './standing.js'
import { listRecordsFor, type ConsentRecord } from './store.js'

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
  const { openedAt } = of
  // What a no has closed stays closed: who agrees again opens another.
  const isClosed = said.some(
    (one) => openedAt !== undefined && one.answer !== 'agreed' && one.at >= openedAt,
  )
  if (isClosed) return false
  return standingOf(said, await aroundOf(ctx, ctx.db, of, at)).state === 'agreed'
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

export function saidIn(records: readonly ConsentRecord[]): Said[] {
  return records.flatMap((one) => {
    const answer = (['agreed', 'refused', 'withdrawn'] as const).find((of) => of === one.answer)
    if (!answer) return []
    const voice = one.capacity === 'student' ? 'student' : (one.guardian_id ?? 'paper')
    return [{ voice, answer, day: one.day, at: one.at, expiresOn: one.expires_on }]
  })
}
