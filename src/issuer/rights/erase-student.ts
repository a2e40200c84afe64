import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../context.js'
import { beginErasure, getStudent, lockStudent } from '../../mentoring/students/store.js'
import { letRecordsGo } from '../../mentoring/consents/store.js'
import { schoolYearOf } from '../../mentoring/school-year.js'
import { dayAt, today } from '../../people/days.js'
import { lockPerson } from '../../people/passkeys/store.js'
import { OPERATOR } from '../../people/operator.js'
import { badgesToEnd, endBadges, type Ending } from './end-badges.js'
import { forgetAnswers } from './forget-answers.js'
import { appendAudit } from '../../store/audit.js'
import { changeRows, deleteRows } from '../../store/rows-of.js'
import { scrub } from '../../store/scrub.js'
import type { Db, Row } from '../../store/schema.js'
import { listBadgesOfStudent } from '../store/badges-of-students.js'
import { listSelections } from '../selections/store.js'
import { eraseLinks, keepErasedToken } from '../store/share-links.js'
import { addAwards, endRequestsOf, findRequest, listAwardsOf, type AwardCount } from './store.js'
import { HELD, STAGES, type Instead, type Of, type Stage } from './tables.data.js'
import { tellWhoStays } from './tell-who-stays.js'
import { whoIs } from './who.js'

export const ERASE_JOB = 'erase-student'

/** The act of the job: two persons have decided. Ended anywhere, it goes on where it was. */
export async function eraseOnRequest(ctx: Context, payload: unknown): Promise<void> {
  const { requestId } = z.object({ requestId: z.string() }).parse(payload)
  const request = await findRequest(ctx.db, requestId)
  if (!request || request.seconded_at === null) throw new Error('Nobody has decided this erasure.')
  if (request.ended_at === null && request.student_id !== null) {
    const student = await getStudent(ctx.db, request.student_id)
    const erasure = { badges: request.badges, request: requestId }
    keepErased(ctx, student.public_id, erasure)
    await eraseStudent(ctx, student, erasure)
  }
  ctx.studentKeys?.scrub()
  if (!(await scrub(ctx.db))) throw new Error('The write-ahead log is being read: later.')
}

type Erasure = Readonly<{
  badges: string
  request: string
  /** Nothing opens any more what a backup had of them. */
  isGone?: true | undefined
}>

/**
 * Outside the store, and before anything else: notes that somebody is erased, and destroys their data key, without which nobody reads
 * them in any backup. While the store still knows their id: later nothing would tell whose key it was.
 */
export function keepErased(
  ctx: Pick<Context, 'erased' | 'studentKeys'>,
  studentId: string,
  erasure: Erasure,
): void {
  ctx.erased?.keep(studentId, JSON.stringify({ student: studentId, ...erasure }))
  ctx.studentKeys?.destroy([studentId])
}

/** Erases a student: a commit a stage, each of which may be done again. What ends is reckoned from the first try. */
export async function eraseStudent(
  ctx: Context,
  student: Row<'students'>,
  erasure: Erasure,
): Promise<void> {
  const since = await beginErasure(ctx.db, student.id, ctx.now())
  const ending = { studentId: student.id, badges: erasure.badges, since }
  await endBadges(ctx, ending)
  const answers = await forgetAnswers(ctx, student)
  for (const stage of STAGES) {
    // A badge that was approved meanwhile is ended, too, before its row goes.
    while (!(await commitStage(ctx, student, { stage, erasure, ending, answers })))
      await endBadges(ctx, ending)
  }
}

type Commit = Readonly<{ stage: Stage; erasure: Erasure; ending: Ending; answers: number }>

/** @returns false where badges must be ended first: nothing was changed */
function commitStage(
  ctx: Context,
  student: Row<'students'>,
  { stage, erasure, ending, answers }: Commit,
): Promise<boolean> {
  return ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    // Of two records of one person that are erased at once, the second to come here takes the account along.
    if (student.person_id !== null) await lockPerson(trx, student.person_id)
    const of = await whoIs(ctx, trx, await getStudent(trx, student.id))
    if (stage === 'doors') await closeLinks(trx, student.id)
    if (stage === 'badges') {
      if ((await badgesToEnd(trx, ending)).length > 0) return false
      await countAwards(ctx, trx, student.id)
    }
    if (stage === 'identity') {
      await tellErased(ctx, trx, { ...erasure, student: student.id, answers })
      await tellWhoStays(ctx, trx, of, erasure.request)
    }
    await letRecordsGo(trx, student.id, async () => {
      await eraseStage(ctx, trx, stage, of)
      // An account that another record needed when the doors were closed may be needed no more.
      if (stage === 'identity') await eraseStage(ctx, trx, 'doors', of)
    })
    return true
  })
}

/** One stage of what is held of somebody. */
export async function eraseStage(ctx: Context, trx: Db, stage: Stage, of: Of): Promise<void> {
  for (const { table, where, erase, stage: when } of HELD) {
    if (when !== stage || erase === 'keep') continue
    const rows = { table, where: where(of) }
    if (erase === 'delete') await deleteRows(trx, rows)
    else
      await changeRows(
        trx,
        rows,
        Object.fromEntries(
          Object.entries(erase).map(([column, what]) => [
            column,
            () => insteadOf(ctx, what, column),
          ]),
        ),
      )
  }
}

/** A grown-up of no day: nothing that is reckoned by age concerns them. */
const NO_BIRTH_DATE = '1900-01-01'
const NO_NAME: Readonly<Record<string, string>> = { given_name: 'Élève', family_name: 'effacé' }

function insteadOf(ctx: Context, what: Instead, column: string): RawBuilder<unknown> {
  switch (what) {
    case 'nothing':
      return sql`null`
    case 'empty':
      return sql`''`
    case 'now':
      return sql`${ctx.now().toISOString()}`
    case 'new-id':
      return sql`${ctx.newId()}`
    case 'no-birth-date':
      return sql`${ctx.vault.seal(NO_BIRTH_DATE)}`
    case 'no-name':
      return sql`${NO_NAME[column] ?? ''}`
    case 'today-if-open':
      return sql`coalesce(${sql.ref(column)}, ${today(ctx)})`
  }
}

/** Their addresses answer as those of closed ones. */
async function closeLinks(trx: Db, studentId: number): Promise<void> {
  const badges = await listBadgesOfStudent(trx, studentId)
  await eraseLinks(
    trx,
    badges.map(({ id }) => id),
  )
  for (const { token_hash } of await listSelections(trx, studentId))
    await keepErasedToken(trx, token_hash)
}

/** Figures of a school go on: how many, of nobody. */
async function countAwards(ctx: Context, trx: Db, studentId: number): Promise<void> {
  const yearOf = (at: string) => schoolYearOf(dayAt(new Date(at), ctx.config.timeZone))
  for (const { schoolId, versionId, ...award } of await listAwardsOf(trx, studentId)) {
    const at = { school_id: schoolId, template_version_id: versionId }
    const none: Omit<AwardCount, 'school_year'> = { ...at, issued: 0, revoked: 0, endorsed: 0 }
    const revoked = award.revokedAt === null ? 0 : 1
    if (award.releasedAt !== null)
      await addAwards(trx, { ...none, school_year: yearOf(award.releasedAt), issued: 1, revoked })
    if (award.endorsedAt !== null)
      await addAwards(trx, { ...none, school_year: yearOf(award.endorsedAt), endorsed: 1 })
  }
}

/** Whose erasure it was, the line does not tell. */
async function tellErased(
  ctx: Context,
  trx: Db,
  { request, badges, answers, student }: Erasure & Readonly<{ answers: number; student: number }>,
): Promise<void> {
  const at = ctx.now()
  await endRequestsOf(trx, student, at.toISOString())
  const details = { badges, answers }
  const line = { at, actor: OPERATOR.publicId, action: 'student.erased', subject: request, details }
  await appendAudit(trx, line)
}

const Kept = z.object({
  student: z.string(),
  request: z.string(),
  badges: z.string(),
  isGone: z.literal(true).optional(),
  isTakenBack: z.literal(true).optional(),
})
export type Kept = z.infer<typeof Kept>

/**
 * Destroys the keys of all who were erased: a copy of the keys from before may have been put back.
 *
 * @returns their ids
 */
export function endKeysOfErased(ctx: Pick<Context, 'erased' | 'studentKeys'>): ReadonlySet<string> {
  const students = readErased(ctx).list.map(({ student }) => student)
  if (students.length > 0) ctx.studentKeys?.destroy(students)
  return new Set(students)
}

/** Notes of some students that nothing opens any more what is in the store of them: there is nothing left to ask. */
export function keepGone(
  ctx: Pick<Context, 'erased' | 'studentKeys'>,
  students: readonly string[],
): void {
  const noted = notesOfErased(ctx)
  for (const student of students) {
    const { badges, request } = noted.get(student) ?? { badges: 'keep', request: 'restore' }
    keepErased(ctx, student, { badges, request, isGone: true })
  }
}

/** The notes that can be read, by the id of the student. */
export function notesOfErased(ctx: Pick<Context, 'erased'>): ReadonlyMap<string, Kept> {
  return new Map(readErased(ctx).list.map((kept) => [kept.student, kept]))
}

/** All who were erased, as far as the notes of them can be read. */
export function readErased({ erased }: Pick<Context, 'erased'>): {
  list: readonly Kept[]
  notRead: number
} {
  const read = (erased?.all() ?? []).map((text) => Kept.safeParse(parsed(text)))
  const list = read.flatMap((kept) => (kept.success ? [kept.data] : []))
  const notRead = read.length - list.length
  return { list: list.filter(({ isTakenBack }) => !isTakenBack), notRead }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
