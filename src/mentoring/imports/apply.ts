import type { Actor, Context } from '../../context.js'
import type { Organisation } from '../../people/store.js'
import type { Db, NewRow } from '../../store/schema.js'
import {
  isSamePerson,
  type Change,
  type KnownStudent,
  type Plan,
} from '../class-list/plan-import.js'
import type { ListedStudent } from '../class-list/rows.js'
import { markFiguresOf } from '../indicators/store.js'
import { moveStudents } from './move-students.js'
import { disturbed } from './refusals.js'
import {
  correctSchoolings,
  endSchoolings,
  insertSchoolings,
  insertStudents,
  updateStudent,
} from './store.js'

type Applied = Readonly<{ plan: Plan; school: Organisation; actor: Actor }>
type KnownChange = Change & { known: KnownStudent }

/**
 * Writes what a plan says, within the transaction of the import.
 *
 * @throws {DomainError} conflict if somebody else imported the same students meanwhile
 */
export async function applyPlan(ctx: Context, trx: Db, applied: Applied): Promise<void> {
  const { changes } = applied.plan
  const updated = changes.filter(
    (change): change is KnownChange => change.known !== undefined && change.outcome === 'updated',
  )
  const ids = await addStudents(ctx, trx, applied)
  await endFormer(trx, updated)
  await insertSchoolings(
    trx,
    changes.flatMap((change) => newSchooling(change, ids, applied)),
  )
  await correctFormer(trx, updated, applied)
  for (const change of updated) await correctPerson(ctx, trx, change)
  const moved = updated.flatMap(({ known, moved: isMoved }) => (isMoved ? [known] : []))
  await moveStudents(ctx, trx, moved, applied)
  await markFiguresOf(
    trx,
    updated.map(({ known }) => known.id),
  )
}

/** @returns ids by INE */
async function addStudents(
  ctx: Context,
  trx: Db,
  { plan, school }: Applied,
): Promise<Map<string, number>> {
  const fresh = new Map(
    plan.changes.flatMap(({ known, student }) =>
      known ? [] : [[ctx.vault.fingerprint(student.ine), student] as const],
    ),
  )
  const created_at = ctx.now().toISOString()
  const rows = [...fresh].map(([ine_fingerprint, student]) => ({
    ...personOf(ctx, student),
    public_id: ctx.newId(),
    school_id: school.id,
    ine_fingerprint,
    created_at,
  }))
  const ids = await insertStudents(trx, rows)
  if (ids.size < rows.length) throw disturbed()
  return new Map([...ids].map(([fingerprint, id]) => [fresh.get(fingerprint)?.ine ?? '', id]))
}

async function endFormer(trx: Db, updated: readonly KnownChange[]): Promise<void> {
  const ended = updated.flatMap(({ step }) => (step.kind === 'replace' ? [step] : []))
  for (const [lastDay, steps] of Map.groupBy(ended, (step) => step.lastDay)) {
    const ids = steps.map(({ id }) => id)
    if ((await endSchoolings(trx, ids, lastDay)) < ids.length) throw disturbed()
  }
}

/** A division that got another name is one statement, however many are in it. */
async function correctFormer(
  trx: Db,
  updated: readonly KnownChange[],
  { school }: Applied,
): Promise<void> {
  const corrected = updated.flatMap(({ step, student }) =>
    step.kind === 'correct' ? [{ id: step.id, student }] : [],
  )
  const groups = Map.groupBy(corrected, ({ student: { level, mef, division } }) =>
    JSON.stringify([level, mef, division]),
  )
  for (const same of groups.values()) {
    const [first] = same
    if (!first) continue
    const ids = same.map(({ id }) => id)
    await correctSchoolings(trx, ids, schoolingOf(first.student, school))
  }
}

function newSchooling(
  { student, known, step }: Change,
  ids: ReadonlyMap<string, number>,
  { school }: Applied,
): NewRow<'schoolings'>[] {
  if (step.kind !== 'open' && step.kind !== 'replace') return []
  const student_id = known?.id ?? ids.get(student.ine)
  if (student_id === undefined) throw disturbed()
  return [{ ...schoolingOf(student, school), student_id, from_day: step.fromDay }]
}

async function correctPerson(
  ctx: Context,
  trx: Db,
  { student, known }: KnownChange,
): Promise<void> {
  if (!isSamePerson(student, known)) await updateStudent(trx, known.id, personOf(ctx, student))
}

function personOf(ctx: Context, { givenName, familyName, sex, birthDate }: ListedStudent) {
  const birth_date_sealed = ctx.vault.seal(birthDate)
  return { given_name: givenName, family_name: familyName, sex, birth_date_sealed }
}

function schoolingOf({ level, mef, division }: ListedStudent, school: Organisation) {
  return { school_id: school.id, level, mef, division }
}
