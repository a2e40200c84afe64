import { groupRows, suppress, type Hidden, type Noughts } from './suppress.js'

/** Counts of one school by the code of what is counted: base, parts. */
export type SchoolCounts = Readonly<{
  schoolId: number
  department: string
  counts: Readonly<Record<string, number>>
}>

/** Codes of counts that a base falls into, each of it in exactly one. */
export type Split = Readonly<{
  code: string
  parts: readonly string[]
  noughts: Noughts
  /** Not every school says it: those whose parts don't make up the base are left out. */
  partial?: boolean
}>

/** A count by code; undefined where it is not published. */
export type Shown = Readonly<Record<string, number | undefined>>

export type PublishedLine = Readonly<{
  /** One, or several that stand together because they are too small. */
  schoolIds: readonly number[]
  /** Of the base. */
  count: number
  shown: Shown
  /** By the code of a split: of how many of the base it tells; undefined where it tells nothing. */
  of: Shown
  /** All that was counted of the line. Only what is no count of persons may be shown from here. */
  counts: Readonly<Record<string, number>>
}>

export type PublishedDepartment = PublishedLine & Readonly<{ departments: readonly string[] }>

export type Published = Omit<PublishedLine, 'schoolIds'> &
  Readonly<{
    lines: readonly PublishedLine[]
    /** Those that stand alone; the last one several, where some are too small. */
    departments: readonly PublishedDepartment[]
  }>

/** Schools whose totals are published together: a department, or several that are too small. */
type Unit = Readonly<{ departments: readonly string[]; schools: readonly SchoolCounts[] }>
type TableRow = Readonly<{
  unit: number
  schoolIds: readonly number[]
  counts: Readonly<Record<string, number>>
}>

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
  const units = unitsOf(
    schools.filter(({ counts }) => (counts[base] ?? 0) > 0),
    base,
  )
  if (!units) return undefined
  const rows = units.flatMap(({ schools: those }, unit) => rowsOf(those, base, unit))
  const tables = splits.flatMap((split) => tableOf(rows, base, split) ?? [])
  const lineOf = (those: readonly TableRow[], who: Who) => {
    const counts = sumOf(those.map((one) => one.counts))
    const told = tables.map((table) => toldBy(table, base, those, who))
    return {
      count: counts[base] ?? 0,
      counts,
      shown: Object.assign({}, ...told.map(({ shown }) => shown)) as Shown,
      of: Object.fromEntries(told.map(({ code, of }) => [code, of])),
    }
  }
  return {
    ...lineOf(rows, 'all'),
    lines: rows.map((row) => ({ schoolIds: row.schoolIds, ...lineOf([row], row) })),
    departments: units.map(({ departments, schools: those }, unit) => ({
      departments,
      schoolIds: those.map(({ schoolId }) => schoolId),
      ...lineOf(
        rows.filter((row) => row.unit === unit),
        unit,
      ),
    })),
  }
}

function unitsOf(schools: readonly SchoolCounts[], base: string): Unit[] | undefined {
  const countOf = (unit: Unit) => total(unit.schools, base)
  const departments = [...Map.groupBy(schools, ({ department }) => department)]
  const units = departments.map(([code, those]) => ({ departments: [code], schools: those }))
  const grouped = groupRows(units, countOf)
  if (!grouped) return undefined
  const { alone, together } = grouped
  if (together.length === 0) return alone
  return [
    ...alone,
    {
      departments: together.flatMap((unit) => unit.departments),
      schools: together.flatMap((unit) => unit.schools),
    },
  ]
}

function rowsOf(schools: readonly SchoolCounts[], base: string, unit: number): TableRow[] {
  const grouped = groupRows(schools, ({ counts }) => counts[base] ?? 0)
  if (!grouped) return []
  const rowOf = (those: readonly SchoolCounts[]): TableRow => ({
    unit,
    schoolIds: those.map(({ schoolId }) => schoolId),
    counts: sumOf(those.map(({ counts }) => counts)),
  })
  return [
    ...grouped.alone.map((one) => rowOf([one])),
    ...(grouped.together.length > 0 ? [rowOf(grouped.together)] : []),
  ]
}

type SplitTable = Readonly<{ split: Split; rows: readonly TableRow[]; hidden: Hidden }>

function tableOf(rows: readonly TableRow[], base: string, split: Split): SplitTable | undefined {
  const partsOf = ({ counts }: TableRow) => split.parts.map((part) => counts[part] ?? 0)
  const sound = rows.filter((row) => {
    const parts = partsOf(row)
    return sum(parts) === row.counts[base] && parts.every((value) => value >= 0)
  })
  // Counted again between two queries, parts may be of another moment than their base.
  if (sound.length === 0 || (split.partial !== true && sound.length < rows.length)) return undefined
  const hidden = suppress(
    sound.map(partsOf),
    split.noughts,
    sound.map(({ unit }) => unit),
  )
  return { split, rows: sound, hidden }
}

/** A line of a table: one of its rows, a unit by its number, or all. */
type Who = TableRow | number | 'all'

function toldBy(
  { split, rows, hidden }: SplitTable,
  base: string,
  asked: readonly TableRow[],
  who: Who,
) {
  const told = asked.filter((row) => rows.includes(row))
  const counts = sumOf(told.map((row) => row.counts))
  const isHidden = typeof who === 'object' ? hidden.cells[rows.indexOf(who)] : totalsOf(hidden, who)
  const shown = split.parts.map((part, at) => {
    return [part, isHidden?.[at] === false ? (counts[part] ?? 0) : undefined]
  })
  const of = told.length > 0 ? counts[base] : undefined
  return { code: split.code, shown: Object.fromEntries(shown) as Shown, of }
}

function totalsOf({ columns, units }: Hidden, who: number | 'all') {
  return who === 'all' ? columns : units.get(who)
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

/** A department by its code; undefined where it does not stand alone. */
export function departmentOf(
  published: Published | undefined,
  code: string,
): PublishedDepartment | undefined {
  return published?.departments.find(
    ({ departments }) => departments.length === 1 && departments[0] === code,
  )
}

function total(schools: readonly SchoolCounts[], base: string): number {
  return sum(schools.map(({ counts }) => counts[base] ?? 0))
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
