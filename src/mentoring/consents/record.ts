import type { Context } from '../../context.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import { enqueue } from '../../store/jobs.js'
import type { Db } from '../../store/schema.js'
import type { Language } from '../../words.js'
import { isDay } from '../days.js'
import { ASKINGS, INFORMATION, type NoticeName, type Purpose } from './purposes.data.js'
import { insertRecord } from './store.js'

/** A badge that a word is about; null is every badge. */
export type Scope = Readonly<{ id: number; publicId: string }> | null
export type Answer = 'agreed' | 'refused' | 'withdrawn' | 'read'

export type Word = Readonly<{
  student: Readonly<{ id: number; public_id: string }>
  purpose: Purpose | NoticeName
  badge: Scope
  answer: Answer
  /** Null: the student. 'paper': a guardian of whom there is only paper. */
  guardian: Readonly<{ id: number; public_id: string }> | 'paper' | null
  method: 'account' | 'link-and-code' | 'link' | 'paper'
  language: Language
  /** Who did it, for the audit. */
  actor: string
  /** Who of the staff copied it from paper. */
  recordedById?: number | null
  paperOn?: string
}>

/** Writes down what somebody said, with its line of audit. What they had said before stays as it is. */
export async function recordWord(ctx: Context, trx: Db, word: Word): Promise<void> {
  const { student, purpose, badge, answer, guardian, method, language } = word
  const at = ctx.now()
  const publicId = ctx.newId()
  const day = today(ctx)
  const guardianRow = guardian === null || guardian === 'paper' ? null : guardian
  const capacity = guardian === null ? 'student' : 'guardian'
  const text_hash = hashOfText(purpose, language)
  await insertRecord(trx, {
    ...{ public_id: publicId, student_id: student.id, purpose, badge_id: badge?.id ?? null },
    ...{ answer, capacity, guardian_id: guardianRow?.id ?? null, method, text_hash, language, day },
    at: at.toISOString(),
    expires_on: expiryOf(word, word.paperOn ?? day),
    recorded_by_id: word.recordedById ?? null,
    paper_on: word.paperOn ?? null,
  })
  await appendAudit(trx, {
    at,
    actor: word.actor,
    action: `consent.${answer}`,
    subject: student.public_id,
    details: {
      ...{ record: publicId, purpose, badge: badge?.publicId ?? null, capacity, method },
      ...{ guardian: guardianRow?.public_id ?? null, text: text_hash },
    },
  })
  if (purpose === 'public-page' && (answer === 'refused' || answer === 'withdrawn')) {
    const payload = { studentId: student.id, badgeId: badge?.id ?? null }
    await enqueue(trx, { id: ctx.newId(), kind: SAID_NO_JOB, key: publicId, payload, runAt: at })
  }
}

/** The job by which links that show nothing any more are closed in the book too. */
export const SAID_NO_JOB = 'consent-said-no'

export function hashOfText(purpose: Purpose | NoticeName, language: Language): string {
  return (purpose === 'information' ? INFORMATION : ASKINGS[purpose]).sha256[language]
}

/** The first day on which an agreement counts no more. */
function expiryOf({ purpose, answer }: Word, fromDay: string): string | null {
  if (purpose === 'information' || answer !== 'agreed') return null
  return monthsAfter(fromDay, ASKINGS[purpose].lastsMonths)
}

/** The same day some months later, or the last of that month. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 8)
  const found = [date, 30, 29, 28]
    .map((one) => `${first}${String(one).padStart(2, '0')}`)
    .find(isDay)
  return found ?? `${first}28`
}
