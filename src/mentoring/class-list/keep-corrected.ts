import type { IdentityField } from '../corrections/fields.data.js'
import type { ListedStudent } from './rows.js'
import type { KnownStudent } from './plan-import.js'
import { plain } from './values.js'

/** What a list has again although the school has corrected it. */
export const KEPT_FIELDS = ['givenName', 'familyName', 'birthDate', 'sex'] as const
export type KeptField = (typeof KEPT_FIELDS)[number] & IdentityField

/**
 * A list that has what the school has corrected since is older than the correction: the corrected value stays, and people
 * are told. What it never had before is news.
 */
export function keepCorrected(
  listed: ListedStudent,
  known: KnownStudent | undefined,
): Readonly<{ student: ListedStudent; kept: readonly KeptField[] }> {
  if (!known) return { student: listed, kept: [] }
  const kept = KEPT_FIELDS.filter((field) => isFormer(listed, known, field))
  const values = Object.fromEntries(kept.map((field) => [field, known[field]]))
  return { student: { ...listed, ...values }, kept }
}

function isFormer(listed: ListedStudent, known: KnownStudent, field: KeptField): boolean {
  const [said, now] = [listed[field] ?? '', known[field] ?? '']
  const former = known.former.filter((one) => one.field === field).map(({ value }) => value)
  if (said === '' || said === now) return false
  // A list in capitals, or without accents, has the same name.
  return former.some(
    (value) => value === said || (plain(value) === plain(said) && plain(said) !== plain(now)),
  )
}
