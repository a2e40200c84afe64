import { deflateRawSync } from 'node:zlib'
import { unpack } from './packed.js'
import type { Db } from './schema.js'

export type Details = Readonly<Record<string, string | number | null>>
export type Told = Readonly<{ subject: string; details: Details }>

/** The subject of a line that tells of many. */
export const MANY = '*'

/**
 * What a line of many tells, packed by columns: what is alike stands together, and DEFLATE has a code for each
 * 2,048 signs (memLevel 5). 33 bytes a digest, 17 an id.
 */
export function packMany(told: readonly Told[]): Readonly<{ text: string; packed: Uint8Array }> {
  const names = Object.keys(told[0]?.details ?? {})
  const columns = names.map((name) => told.map(({ details }) => details[name]))
  if (told.some(({ details }) => Object.keys(details).join() !== names.join()))
    throw new Error('One line of audit tells the same kind of details of all its subjects.')
  const text = JSON.stringify({ subjects: told.map(({ subject }) => subject), names, columns })
  return { text, packed: deflateRawSync(text, { level: 6, memLevel: 5 }) }
}

/** The text that was hashed. Of bytes that are damaged: none, so that the chain does not hold. */
export function textOfMany(packed: Uint8Array): string {
  try {
    return unpack(packed, undefined)
  } catch {
    return ''
  }
}

export type FindDetails = (
  action: string,
  subject: string,
  /** When the line of many was written that may tell of it; null: none. */
  at: string | null,
) => Promise<Details | undefined>

/**
 * Finds the details of the last line that tells of an action on a subject: a line of its own, or one of many.
 * The last line of many is remembered: neighbours stand in one.
 */
export function openDetails(db: Db): FindDetails {
  let last: Readonly<{ key: string; told: ReadonlyMap<string, Details> }> | undefined
  return async (action, subject, at) => {
    const line = await db
      .selectFrom('audit')
      .select('details')
      .where('subject', '=', subject)
      .where('action', '=', action)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (line) return JSON.parse(line.details) as Details
    if (at === null) return undefined
    const key = `${action} ${at}`
    if (last?.key !== key) last = { key, told: await readMany(db, action, at) }
    return last.told.get(subject)
  }
}

/** Of all lines of many of one instant. */
async function readMany(db: Db, action: string, at: string): Promise<ReadonlyMap<string, Details>> {
  const lines = await db
    .selectFrom('audit')
    .select('packed')
    .where('action', '=', action)
    .where('at', '=', at)
    .where('packed', 'is not', null)
    .orderBy('id')
    .execute()
  return new Map(
    lines
      .flatMap(({ packed }) => (packed ? unpackMany(packed) : []))
      .map(({ subject, details }) => [subject, details]),
  )
}

type Columns = Readonly<{
  subjects: readonly string[]
  names: readonly string[]
  columns: readonly (readonly (string | number | null)[])[]
}>

/** Whom a line of many tells of, and what. @returns nobody, for bytes that are damaged */
export function unpackMany(packed: Uint8Array): Told[] {
  const text = textOfMany(packed)
  if (text === '') return []
  const { subjects, names, columns } = JSON.parse(text) as Columns
  return subjects.map((subject, row) => ({
    subject,
    details: Object.fromEntries(names.map((name, at) => [name, columns[at]?.[row] ?? null])),
  }))
}
