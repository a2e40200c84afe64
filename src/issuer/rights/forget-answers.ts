import { sql } from 'kysely'
import type { Context } from '../../context.js'
import { deleteRows } from '../../store/rows-of.js'
import type { Row } from '../../store/schema.js'

/** Rows that are opened at a time. */
const PAGE = 200

/**
 * Forgets the answers to programs that name a student. They are sealed and kept for two days: each is opened to see.
 *
 * @returns how many
 */
export async function forgetAnswers(ctx: Context, student: Row<'students'>): Promise<number> {
  const marks = [student.public_id, ...(await idsOf(ctx, student.id))]
  let after = 0
  let forgotten = 0
  for (;;) {
    const page = await ctx.db
      .selectFrom('kept_answers')
      .select(['id', 'body_sealed'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const { id, body_sealed: sealed } of page) {
      if (sealed === null || !names(ctx.vault.open(sealed), student, marks)) continue
      await deleteRows(ctx.db, { table: 'kept_answers', where: sql<boolean>`id = ${id}` })
      forgotten += 1
    }
    const last = page.at(-1)
    if (!last) return forgotten
    after = last.id
  }
}

function names(body: string, student: Row<'students'>, marks: readonly string[]): boolean {
  const both = body.includes(student.given_name) && body.includes(student.family_name)
  return both || marks.some((mark) => body.includes(mark))
}

/** The badges, dossiers and placements of a student, as addresses and answers name them. */
async function idsOf(ctx: Context, studentId: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select public_id as id from dossiers where student_id = ${studentId}
    union all select public_id from placements where student_id = ${studentId}
    union all select badges.public_id from badges join dossiers on dossiers.id = badges.dossier_id
      where dossiers.student_id = ${studentId}`.execute(ctx.db)
  return rows.map(({ id }) => id)
}
