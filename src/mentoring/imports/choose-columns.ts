import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { assertComplete, guessMapping, isNeverRead, Mapping } from '../class-list/column-mapping.js'
import { FIELD_WORDS, isField } from '../class-list/fields.js'
import type { CsvTable } from '../class-list/parse-csv.js'
import { nothingHere, wrongField } from '../refusals.js'
import { gone, openHeldFile, sealed } from './hold.js'
import { saveMapping } from './mapping-store.js'
import { savePendingList } from './pending-store.js'
import { headerFingerprint, type GivenFile } from './read-file.js'

/** The columns of a CSV, for the person who gave it. */
export type HeldColumns = Readonly<{
  columns: readonly Readonly<{
    name: string
    /** Of the first students, as they stand in the file. */
    samples: readonly string[]
    isNeverRead: boolean
  }>[]
  /** What was said before, or what the names of the columns let us guess. */
  mapping: Mapping
  isGuess: boolean
}>

export type ColumnChoice = Readonly<{
  /** Public id of the held list. */
  id: string
  /** What each column is said to be, by its place from 0: a field, or NOTHING. */
  chosen: ReadonlyMap<number, string>
  /** What tells the level. */
  level: string
}>

/** Of a column that says nothing that is read. */
export const NOTHING = 'NONE'

const SAMPLES = 2

/** @throws {DomainError} gone, forbidden; not-found for a list whose columns are known */
export async function seeColumns(ctx: Context, actor: Actor, id: string): Promise<HeldColumns> {
  const { table, mapping } = tableOf(await openHeldFile(ctx, actor, id))
  const first = table.rows.slice(0, SAMPLES)
  return {
    columns: table.header.map((name, at) => ({
      name,
      samples: first.flatMap(({ cells }) => cells[at] || []),
      isNeverRead: isNeverRead(name),
    })),
    mapping: mapping ?? guessMapping(table.header),
    isGuess: mapping === undefined,
  }
}

/**
 * Says what the columns of a held CSV are; the school's next file of the same header is then read at once.
 *
 * @throws {DomainError} invalid-request with the column or the field that is missing; gone, not-found, forbidden
 */
export async function chooseColumns(
  ctx: Context,
  actor: Actor,
  { id, chosen, level }: ColumnChoice,
): Promise<void> {
  const held = await openHeldFile(ctx, actor, id)
  const { table } = tableOf(held)
  const mapping = toMapping(table, chosen, level)
  const content = sealed(ctx, { kind: 'table', table, mapping })
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await savePendingList(trx, id, content))) throw gone()
    await saveMapping(trx, {
      school_id: held.school.id,
      header_fingerprint: headerFingerprint(ctx, table.header),
      mapping: JSON.stringify(mapping),
      chosen_by_id: actor.personId,
      chosen_at: ctx.now().toISOString(),
    })
  })
}

function tableOf({ content }: GivenFile): { table: CsvTable; mapping: Mapping | undefined } {
  if (content.kind === 'list') throw nothingHere()
  return content
}

function toMapping({ header }: CsvTable, chosen: ColumnChoice['chosen'], level: string): Mapping {
  const places = new Map<string, number>()
  for (const [at, field] of [...chosen].sort(([one], [other]) => one - other)) {
    if (field === NOTHING || header[at] === undefined || isNeverRead(header[at])) continue
    const before = places.get(field)
    if (before !== undefined) throw fieldTwice(field, before, at)
    places.set(field, at)
  }
  const read = Mapping.safeParse({ columns: Object.fromEntries(places), level })
  if (!read.success) throw new DomainError('invalid-request', NOT_OFFERED)
  assertComplete(read.data)
  return read.data
}

const NOT_OFFERED = {
  fr: 'Choisissez ce que sont les colonnes parmi ce que la page propose.',
  en: 'Choose what the columns are among what the page offers.',
}

function fieldTwice(field: string, before: number, at: number): DomainError {
  const { fr, en } = isField(field) ? FIELD_WORDS[field] : { fr: '?', en: '?' }
  return wrongField(`/column-${at}`, {
    fr: `Les colonnes ${before + 1} et ${at + 1} sont toutes deux dites « ${fr} ». Gardez-en une.`,
    en: `Columns ${before + 1} and ${at + 1} are both said to be “${en}”. Keep one of them.`,
  })
}
