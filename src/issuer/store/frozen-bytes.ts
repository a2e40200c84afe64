import { sql } from 'kysely'
import { updateMany } from '../../store/update-many.js'
import type { Db } from '../../store/schema.js'
import { lockBadges } from './badges.js'

/** Of one badge. */
type Of<Values> = Readonly<{ id: number } & Values>
export type Frozen = Readonly<{ text: string; preparation: string }>

/** Freezes the bytes of endorsements, once. @returns the badges of those that no earlier run had frozen */
export async function freezeEndorsements(
  db: Db,
  frozen: readonly Of<Frozen>[],
): Promise<ReadonlySet<number>> {
  const open = await holdUnreleased(db, frozen)
  const drafts = frozen
    .filter(({ id }) => open.has(id))
    .map(({ id, text: endorsement_prepared, preparation: endorsement_preparation }) => {
      return { id, endorsement_prepared, endorsement_preparation }
    })
  if (drafts.length === 0) return new Set()
  const first = await db
    .insertInto('badge_drafts')
    .values(drafts)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((of) => ({
          endorsement_prepared: of.ref('excluded.endorsement_prepared'),
          endorsement_preparation: of.ref('excluded.endorsement_preparation'),
        }))
        .where('badge_drafts.endorsement_preparation', 'is', null),
    )
    .returning('id')
    .execute()
  return new Set(first.map(({ id }) => id))
}

/** Freezes the bytes of badges, once. @returns those that no earlier run had frozen */
export async function freezeBadges(
  db: Db,
  frozen: readonly Of<Frozen>[],
  at: Date,
): Promise<ReadonlySet<number>> {
  const open = await holdUnreleased(db, frozen)
  const first = await updateMany(db, 'badge_drafts', {
    columns: { badge_preparation: 'text', badge_prepared: 'text' },
    rows: frozen
      .filter(({ id }) => open.has(id))
      .map(({ id, preparation, text }) => ({ id, set: [preparation, text] })),
    where: sql`badge_drafts.badge_preparation is null`,
  })
  if (first.size > 0)
    await db
      .updateTable('badges')
      .set({ prepared_at: at.toISOString() })
      .where('id', 'in', [...first])
      .execute()
  return first
}

/** Those that are neither void nor released. Their drafts are written while they are held. */
async function holdUnreleased(
  db: Db,
  badges: readonly Of<unknown>[],
): Promise<ReadonlySet<number>> {
  const held = await lockBadges(
    db,
    badges.map(({ id }) => id),
  )
  return new Set(held.filter(({ released_at }) => released_at === null).map(({ id }) => id))
}
