import type { Actor, Assignment, Context } from '../../context.js'
import { today } from '../../people/days.js'
import type { Db, NewRow, Row } from '../../store/schema.js'
import { insertReadings, isKept } from './readings-store.js'

/** Through what a record was read. */
export const READING_KINDS = ['page', 'token', 'export', 'copy'] as const
export type ReadingKind = (typeof READING_KINDS)[number]

/**
 * Keeps that somebody read the record of a student: in which function, of which organisation, on which day. A student
 * who reads their own is no line. One line a reader, student, day and kind: a page that is read again writes nothing.
 */
export async function noteReading(
  ctx: Context,
  actor: Actor,
  { student, kind }: Readonly<{ student: Row<'students'>; kind: ReadingKind }>,
): Promise<void> {
  if (isOwn(actor, student.person_id)) return
  const row = rowOf(ctx, actor, { id: student.id, schoolId: student.school_id }, kind)
  if (await isKept(ctx.db, row)) return
  await insertReadings(ctx.db, [row])
}

/** The same of all whom a file names, that leaves by one of the schools. @param db may be a transaction */
export async function noteReadings(
  ctx: Context,
  db: Db,
  actor: Actor,
  of: Readonly<{ studentIds: readonly number[]; schoolId: number; kind: ReadingKind }>,
): Promise<void> {
  const { schoolId, kind } = of
  const ids = [...new Set(of.studentIds)].toSorted((one, other) => one - other)
  const rows = ids.map((id) => rowOf(ctx, actor, { id, schoolId }, kind))
  await insertReadings(db, rows)
}

/**
 * In which function somebody reads a student of a school: the one that they have there, else the first that is not a
 * student's; undefined for the command line.
 */
export function readsAs(
  assignments: readonly Assignment[],
  schoolId: number,
): Assignment | undefined {
  const adult = assignments.filter(({ role }) => role !== 'student')
  return adult.find(({ organisationId }) => organisationId === schoolId) ?? adult[0]
}

function isOwn(actor: Actor, personId: number | null): boolean {
  return actor.personId !== null && actor.personId === personId
}

function rowOf(
  ctx: Context,
  actor: Actor,
  student: Readonly<{ id: number; schoolId: number }>,
  kind: ReadingKind,
): NewRow<'record_readings'> {
  const as = readsAs(actor.assignments, student.schoolId)
  return {
    student_id: student.id,
    person_id: actor.personId,
    reader: actor.publicId,
    role: as?.role ?? null,
    organisation_id: as?.organisationId ?? null,
    kind,
    day: today(ctx),
  }
}
