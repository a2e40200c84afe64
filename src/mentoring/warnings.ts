import { DomainError } from '../errors.js'
import type { Db, NewRow } from '../store/schema.js'
import type { Words } from '../words.js'

/** A rule that does not forbid: who does it nevertheless has read what it says, and that is kept. */
export type Warning = Readonly<{ rule: string; words: Words }>

/**
 * What warns must have been read: an act refuses until each rule that warns is in `acknowledged`.
 *
 * @param acknowledged numbers of rules, as the form or the API call gave them
 * @throws {DomainError} unacknowledged, with a field `/acknowledged/PT-05` for each that was not
 */
export function assertAcknowledged(
  warnings: readonly Warning[],
  acknowledged: readonly string[],
): void {
  const unread = warnings.filter(({ rule }) => !acknowledged.includes(rule))
  const [first] = unread
  if (!first) return
  const fields = unread.map(({ rule, words }) => ({ pointer: `/acknowledged/${rule}`, words }))
  throw new DomainError('unacknowledged', first.words, { rule: first.rule, fields })
}

/** Keeps which rules warned, in the transaction of what was done nevertheless. */
export async function keepWarnings(
  trx: Db,
  warnings: readonly Warning[],
  of: Omit<NewRow<'kept_warnings'>, 'rule'>,
): Promise<void> {
  if (warnings.length === 0) return
  await trx
    .insertInto('kept_warnings')
    .values(warnings.map(({ rule }) => ({ ...of, rule })))
    .onConflict((conflict) => conflict.columns(['subject_kind', 'subject_id', 'rule']).doNothing())
    .execute()
}

/** The rules that warned of some things and were acknowledged, by public id. */
export async function listKeptWarnings(
  db: Db,
  kind: string,
  publicIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (publicIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('kept_warnings')
    .select(['subject_id', 'rule'])
    .where('subject_kind', '=', kind)
    .where('subject_id', 'in', [...publicIds])
    .orderBy('rule')
    .execute()
  const found = Map.groupBy(rows, ({ subject_id }) => subject_id)
  return new Map([...found].map(([id, kept]) => [id, kept.map(({ rule }) => rule)]))
}
