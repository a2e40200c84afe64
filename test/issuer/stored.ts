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

/** What a row holds when its document is another. */
export function holding(document: string) {
  return { common_id: null, document_packed: pack(document, undefined) }
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
