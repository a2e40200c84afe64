import type { Actor, Context } from '../../context.js'
import { handOverAccount } from '../../people/hand-over-account.js'
import { findOrganisation, type Organisation } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import type { KnownStudent } from '../class-list/plan-import.js'
import { handOnPairs } from '../pairs/hand-on-pairs.js'
import { listRecordsOf } from '../students/store.js'
import { disturbed } from './refusals.js'
import { moveStudent } from './store.js'

type Known = Pick<KnownStudent, 'id' | 'publicId' | 'schoolId'>
type Moving = Readonly<{ school: Organisation; actor: Actor }>

/**
 * The one way in which a student changes school, within the transaction of the import: the record, the account and the
 * open pairs go along. A line for each: where each came from is not to be guessed later.
 *
 * @throws {DomainError} conflict if somebody else moved one of them meanwhile
 */
export async function moveStudents(
  ctx: Context,
  trx: Db,
  moved: readonly Known[],
  { school, actor }: Moving,
): Promise<void> {
  for (const [schoolId, students] of Map.groupBy(moved, (one) => one.schoolId)) {
    const former = await findOrganisation(trx, schoolId)
    for (const { id, publicId } of students) {
      const row = await moveStudent(trx, id, { from: schoolId, to: school.id })
      if (!row) throw disturbed()
      await appendAudit(trx, {
        at: ctx.now(),
        actor: actor.publicId,
        action: 'student.moved',
        subject: publicId,
        details: { from: former?.publicId ?? null, to: school.publicId },
      })
      if (row.person_id === null) continue
      const stays = (await listRecordsOf(trx, row.person_id)).some(
        ({ school_id }) => school_id === schoolId,
      )
      const between = { from: stays ? undefined : former, to: school }
      await handOverAccount(ctx, trx, actor, { personId: row.person_id, ...between })
    }
  }
  await handOnPairs(
    trx,
    moved.map(({ id }) => id),
    school.id,
  )
}
