import { groupRows, suppress, type Noughts } from './suppress.js'

/** Counts of one school by the code of what is counted: base, parts. */
export type SchoolCounts = Readonly<{ schoolId: number; counts: Readonly<Record<string, number>> }>

/** Codes of counts that a base falls into, each of it in exactly one. */
export type Split = Readonly<{ code: string; parts: readonly string[]; noughts: Noughts }>

/** A count by code; undefined where it is not published. */
export type Shown = Readonly<Record<string, number | undefined>>

export type PublishedLine = Readonly<{
  /** One, or several that stand together because they are too small. */
  schoolIds: readonly number[]
  /** Of the base. */
  count: number
  shown: Shown
  /** All that was counted of the line. Only what is no count of persons may be shown from here. */
  counts: Readonly<Record<string, number>>
}>

export type Published = Omit<PublishedLine, 'schoolIds'> &
  Readonly<{ lines: readonly PublishedLine[] }>

/**
 * What is shown of a base and its parts for the schools of an academy: the same for every reader, whatever
 * part of it their page shows, so that pages laid beside each other tell no more than one.
 *
 * @returns undefined when all schools together are too small
 */
export function publish(
  schools: readonly SchoolCounts[],
  base: string,
  splits: readonly Split[],
): Published | undefined {
  const present = schools.filter(({ counts }) => (counts[base] ?? 0) > 0)
  const grouped = groupRows(present, ({ counts }) => counts[base] ?? 0)
  if (!grouped) return undefined
  const rows = [
    ...grouped.alone.map(({ schoolId, counts }) => ({ schoolIds: [schoolId], counts })),
    ...(grouped.together.length > 0 ? [asOne(grouped.together)] : []),
  ]
  const hidden = splits.map(({ parts, noughts }) => {
    const table = rows.map(({ counts }) => parts.map((part) => counts[part] ?? 0))
    // Counted again between two queries, parts may be of another moment than their base.
    const addsUp = rows.every(({ counts }, row) => sum(table[row] ?? []) === counts[base])
    return addsUp ? suppress(table, noughts) : undefined
  })
  const shownOf = (counts: Readonly<Record<string, number>>, row: number | 'total'): Shown =>
    Object.fromEntries(
      splits.flatMap(({ parts }, at) =>
        parts.map((part, column) => {
          const cells = row === 'total' ? hidden[at]?.columns : hidden[at]?.cells[row]
          return [part, cells?.[column] === false ? (counts[part] ?? 0) : undefined]
        }),
      ),
    )
  const counts = sumOf(present.map((one) => one.counts))
  return {
    count: counts[base] ?? 0,
    counts,
    shown: shownOf(counts, 'total'),
    lines: rows.map((row, at) => ({
      ...row,
      count: row.counts[base] ?? 0,
      shown: shownOf(row.counts, at),
    })),
  }
}

/** What a school sees of itself; undefined where it does not stand alone. */
export function lineOf(
  published: Published | undefined,
  schoolId: number,
): PublishedLine | undefined {
  return published?.lines.find(
    ({ schoolIds }) => schoolIds.length === 1 && schoolIds[0] === schoolId,
  )
}

function asOne(schools: readonly SchoolCounts[]) {
  return {
    schoolIds: schools.map(({ schoolId }) => schoolId),
    counts: sumOf(schools.map(({ counts }) => counts)),
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}

/** Adds counts to those of a total, in place. */
export function addTo(
  total: Record<string, number>,
  counts: Readonly<Record<string, number>>,
): Record<string, number> {
  for (const code in counts) total[code] = (total[code] ?? 0) + (counts[code] ?? 0)
  return total
}

function sumOf(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  return all.reduce<Record<string, number>>(addTo, {})
}
