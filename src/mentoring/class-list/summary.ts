import type { Words } from '../../words.js'
import type { LevelCode } from '../levels.js'
import type { KeptField } from './keep-corrected.js'
import type { Leaver, Plan } from './plan-import.js'
import type { Fault } from './rows.js'

/** What an import would do, or did: totals first. Without any name, INE or birth date: it is kept and printed. */
export type ImportSummary = Readonly<{
  /** SHA-256 of the file, in hex. */
  fileDigest: string
  /** By the year that it starts in. */
  schoolYear: number
  totals: Readonly<{
    new: number
    updated: number
    unchanged: number
    ignored: number
    refused: number
  }>
  /** Of the ignored: who has left, and who is at a level that this service does not follow. */
  ignored: Readonly<{ left: number; level: number }>
  /** Of the updated: who comes from another school of the service. */
  moved: number
  divisions: readonly Readonly<{ division: string; level: LevelCode; students: number }>[]
  /** The first of them. */
  refused: readonly Fault[]
  /** How many more there are; receipts of before have them all. */
  refusedMore?: number
  /** Students of the school who are not in the list any more: for people to look at. Nothing is done to them. */
  leavers: readonly Leaver[]
  /** Students of whom the list has again what the school has corrected: the corrected value stays. Receipts of before don't say. */
  kept?: readonly Readonly<{ studentId: string; fields: readonly KeptField[] }>[]
  /** Made in summer, when nobody is proposed for being absent from a list; receipts of before don't say. */
  isSummer?: boolean
  warnings: readonly Words[]
}>

/** Nobody mends more by hand, and a receipt is kept for years. */
const MOST_FAULTS = 1_000

/** Whose names a page of it shows to their school. */
export function namedIn({ leavers, kept = [] }: ImportSummary): string[] {
  return [...leavers, ...kept].map(({ studentId }) => studentId)
}

export function summarise(plan: Plan, fileDigest: string, schoolYear: number): ImportSummary {
  const count = (outcome: string) => plan.changes.filter((one) => one.outcome === outcome).length
  const moved = plan.changes.filter((one) => one.moved).length
  const { ignored, leavers } = plan
  return {
    fileDigest,
    schoolYear,
    totals: {
      new: count('new'),
      updated: count('updated'),
      unchanged: count('unchanged'),
      ignored: ignored.left + ignored.level,
      refused: plan.refusedRows,
    },
    ignored,
    moved,
    divisions: divisionsOf(plan),
    refused: plan.faults.slice(0, MOST_FAULTS),
    refusedMore: Math.max(0, plan.faults.length - MOST_FAULTS),
    leavers,
    kept: plan.changes.flatMap(({ known, kept }) =>
      known && kept.length > 0 ? [{ studentId: known.publicId, fields: kept }] : [],
    ),
    isSummer: plan.isSummer,
    warnings: moved > 0 ? [movedWarning(moved)] : [],
  }
}

function divisionsOf({ changes }: Plan): ImportSummary['divisions'] {
  const found = new Map<string, { division: string; level: LevelCode; students: number }>()
  for (const { student } of changes) {
    const { division, level } = student
    const key = `${level} ${division}`
    found.set(key, { division, level, students: (found.get(key)?.students ?? 0) + 1 })
  }
  return [...found.values()].sort((a, b) => (a.division < b.division ? -1 : 1))
}

function movedWarning(count: number): Words {
  if (count === 1) {
    return {
      fr: 'Un élève est connu dans un autre lycée de ce service. L’import le fait passer dans le vôtre et termine sa scolarité là-bas ; sa cohorte ne change pas.',
      en: 'One student is known at another lycée of this service. The import moves them to yours and ends their schooling there; their cohort does not change.',
    }
  }
  return {
    fr: `${count} élèves sont connus dans un autre lycée de ce service. L’import les fait passer dans le vôtre et termine leur scolarité là-bas ; leur cohorte ne change pas.`,
    en: `${count} students are known at another lycée of this service. The import moves them to yours and ends their schooling there; their cohort does not change.`,
  }
}
