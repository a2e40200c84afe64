import type { Kysely } from 'kysely'
import type { DialectName } from './columns.js'
import { wallIn } from './0060-second-wall.js'
import { LATER_WALLS } from './0060-walls.data.js'

/** Tables of students that came after the second wall. */
export async function up(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  if (dialect === 'postgres') await wallIn(db, LATER_WALLS)
}
