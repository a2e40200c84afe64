import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { findOrganisation, type Organisation } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db, NewRow } from '../../store/schema.js'
import {
  isSamePerson,
  type Change,
  type KnownStudent,
  type Plan,
} from '../class-list/plan-import.js'
import type { ListedStudent } from '../class-list/rows.js'
import { markFiguresOf } from '../indicators/store.js'
import { handOnPairs } from '../pairs/hand-on-pairs.js'
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
  for (const change of updated) await correctPerson(ctx, trx, change, applied)
  await tellMoved(ctx, trx, updated, applied)
  const moved = updated.flatMap(({ known, moved: isMoved }) => (isMoved ? [known.id] : []))
  await handOnPairs(trx, moved, applied.school.id)
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
  { student, known, moved }: KnownChange,
  { school }: Applied,
): Promise<void> {
  const person = isSamePerson(student, known) ? {} : personOf(ctx, student)
  const values = moved ? { ...person, school_id: school.id } : person
  if (Object.keys(values).length > 0) await updateStudent(trx, known.id, values)
}

/** A line for each student: where each came from is not to be guessed later. */
async function tellMoved(
  ctx: Context,
  trx: Db,
  updated: readonly KnownChange[],
  { school, actor }: Applied,
): Promise<void> {
  const moved = updated.filter((change) => change.moved)
  for (const [schoolId, changes] of Map.groupBy(moved, ({ known }) => known.schoolId)) {
    const former = await findOrganisation(trx, schoolId)
    for (const { known } of changes) {
      await appendAudit(trx, {
        at: ctx.now(),
        actor: actor.publicId,
        action: 'student.moved',
        subject: known.publicId,
        details: { from: former?.publicId ?? null, to: school.publicId },
      })
    }
  }
}

function personOf(ctx: Context, { givenName, familyName, sex, birthDate }: ListedStudent) {
  const birth_date_sealed = ctx.vault.seal(birthDate)
  return { given_name: givenName, family_name: familyName, sex, birth_date_sealed }
}

function schoolingOf({ level, mef, division }: ListedStudent, school: Organisation) {
  return { school_id: school.id, level, mef, division }
}

function disturbed(): DomainError {
  return new DomainError('conflict', {
    fr: 'Une autre personne a importé ces élèves au même moment. Rien n’est importé : demandez un nouvel aperçu.',
    en: 'Somebody else imported these students at the same moment. Nothing is imported: ask for a new preview.',
  })
}
