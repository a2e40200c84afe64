import { readable, type Badge } from '../../src/issuer/store/packed-badges.js'
import { pack } from '../../src/store/packed.js'
import type { Db } from '../../src/store/schema.js'

/** All badges, the oldest first, with their documents as they are read. */
export async function storedBadges(db: Db): Promise<Badge[]> {
  return readable(db, await db.selectFrom('badges').selectAll().orderBy('id').execute())
}

export async function firstBadge(db: Db): Promise<Badge> {
  const [badge] = await storedBadges(db)
  if (!badge) throw new Error('There is no badge.')
  return badge
}

/** Puts another document in the place of every badge's. */
export async function alterDocuments(db: Db, document: string): Promise<void> {
  const packed = pack(document, undefined)
  await db.updateTable('badge_documents').set({ common_id: null, packed }).execute()
}

/** The same store for a process that dies on its way to the release of a badge. */
export function dyingAtRelease(db: Db): Db {
  return db.withPlugin({
    transformQuery({ node }) {
      if (JSON.stringify(node).includes('"badge.released"')) throw new Error('dead')
      return node
    },
    transformResult: async ({ result }) => result,
  })
}
