import { unpackMany, type Told } from '../../src/store/audit-of-many.js'
import type { Db } from '../../src/store/schema.js'

/** Whom the audit tells an action of, in its order: lines of one, and each of a line of many. */
export async function toldOf(db: Db, action: string): Promise<Told[]> {
  const lines = await db
    .selectFrom('audit')
    .select(['subject', 'details', 'packed'])
    .where('action', '=', action)
    .orderBy('id')
    .execute()
  return lines.flatMap(({ subject, details, packed }) =>
    packed === null ? { subject, details: JSON.parse(details) } : unpackMany(packed),
  )
}
