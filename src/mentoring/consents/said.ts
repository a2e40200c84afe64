import type { Purpose } from './purposes.data.js'
import type { Said } from './standing.js'
import type { ConsentRecord } from './store.js'

export function saidIn(records: readonly ConsentRecord[]): Said[] {
  return inOrder(records).flatMap((one) => {
    const answer = (['agreed', 'refused', 'withdrawn'] as const).find((of) => of === one.answer)
    if (!answer) return []
    const voice = one.capacity === 'student' ? 'student' : (one.guardian_id ?? 'paper')
    return [{ voice, answer, day: dayOfWord(one), at: one.at, expiresOn: one.expires_on }]
  })
}

/** A paper says what it says on the day that stands on it, whenever it was written down. */
export function dayOfWord({ paper_on, day }: ConsentRecord): string {
  return paper_on ?? day
}

/**
 * In the order in which it was said. A paper has a day and no hour: its yes goes before what else was said on that day, so that it
 * outweighs no no.
 */
export function inOrder(records: readonly ConsentRecord[]): ConsentRecord[] {
  const place = (one: ConsentRecord) =>
    `${dayOfWord(one)} ${one.method === 'paper' && one.answer === 'agreed' ? 0 : 1}`
  return records.toSorted(
    (one, other) => place(one).localeCompare(place(other)) || one.id - other.id,
  )
}

type OwnWords = Readonly<{
  /** The last about this badge, or about every badge. */
  about: ConsentRecord | undefined
  /** For every badge, the last about any: an answer to one may have come after. */
  within: ConsentRecord | undefined
}>

/** What the student said last of a purpose and a badge, or of every badge (null). */
export function ownWords(
  records: readonly ConsentRecord[],
  { purpose, badgeId }: Readonly<{ purpose: Purpose; badgeId: number | null }>,
): OwnWords {
  const own = inOrder(records).filter(
    (one) => one.purpose === purpose && one.capacity === 'student',
  )
  const about = own.findLast((one) => one.badge_id === null || one.badge_id === badgeId)
  return { about, within: badgeId === null ? own.at(-1) : about }
}
