import type { World } from '../support/world.js'
import type { Story } from './story.js'

/** Classmates of the story's student, with the same schooling, sessions and placement. @returns all public ids, the first student's first */
export async function aClassOf(world: World, story: Story, size: number): Promise<string[]> {
  const { db } = world
  const first = await db
    .selectFrom('students')
    .selectAll()
    .where('public_id', '=', story.studentId)
    .executeTakeFirstOrThrow()
  const ids = [story.studentId]
  for (let n = 2; n <= size; n++) {
    const { id: _id, ...common } = first
    const made = await db
      .insertInto('students')
      .values({
        ...common,
        public_id: `student-${n}`,
        given_name: `Éli${letters(n)}`,
        family_name: `Tréhor${letters(n)}`,
        ine_fingerprint: world.vault.fingerprint(ineOf(n)),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    for (const table of ['schoolings', 'enrolments', 'session_students', 'placements'] as const)
      await copyRows(world, table, first.id, { id: made.id, n })
    ids.push(`student-${n}`)
  }
  return ids
}

/** @see student-import: nine digits and two letters */
export function ineOf(n: number): string {
  return `${String(n).padStart(9, '0')}AA`
}

const letters = (n: number) => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('')

type Copied = 'schoolings' | 'enrolments' | 'session_students' | 'placements'

async function copyRows(
  { db }: World,
  table: Copied,
  from: number,
  to: Readonly<{ id: number; n: number }>,
): Promise<void> {
  const rows = await db.selectFrom(table).selectAll().where('student_id', '=', from).execute()
  for (const [at, row] of rows.entries()) {
    const { id: _id, ...kept } = row as Record<string, unknown>
    const own = 'public_id' in kept ? { public_id: `${table}-${to.n}-${at}` } : {}
    const copy = { ...kept, ...own, student_id: to.id }
    await db.insertInto(table).values(copy).execute()
  }
}
