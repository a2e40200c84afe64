import { queueMail } from '../../mail/queue-mail.js'
import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { listMembersOf } from '../../people/members-store.js'
import { findPerson } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db, Row } from '../../store/schema.js'
import { LANGUAGES, type Language } from '../../words.js'
import { nothingHere, wrongField } from '../refusals.js'
import { insertOpening, openUntil } from './openings-store.js'
import { findStudent, lockStudent } from './store.js'

/** How long a record that was opened stays open. */
export const OPENING_MINUTES = 30
const REASON_CHARS = { least: 10, most: 500 }

/**
 * Lets an administrator of the platform, who reads no student's record otherwise, read one for half an hour: with a
 * reason that the school and the student may hold against them, told to the school's approvers at once. While it is
 * open, asking again changes nothing.
 *
 * @throws {DomainError} forbidden, not-found, or invalid-request
 */
export async function openRecord(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ studentId: string; reason: string }>,
): Promise<void> {
  authorize(actor, 'open-record', {})
  const { personId } = actor
  if (personId === null) throw notAPerson()
  const reason = toReason(input.reason)
  const student = await findStudent(ctx.db, input.studentId.trim())
  if (!student) throw nothingHere()
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    const now = ctx.now()
    const at = now.toISOString()
    if (await openUntil(trx, { studentId: student.id, personId, at })) return
    const until = new Date(now.getTime() + OPENING_MINUTES * 60_000).toISOString()
    await insertOpening(trx, {
      ...{ student_id: student.id, person_id: personId, opened_at: at, until_at: until },
      reason_sealed: ctx.vault.seal(reason),
    })
    const line = { at: now, actor: actor.publicId, subject: student.public_id }
    await appendAudit(trx, { ...line, action: 'student.record-opened', details: { until } })
    await tellApprovers(trx, ctx, student)
  })
}

/**
 * Until when this actor reads a record by having opened it; undefined else. The role must still be held.
 */
export async function openedUntil(
  ctx: Context,
  actor: Actor,
  { id }: Pick<Row<'students'>, 'id'>,
): Promise<string | undefined> {
  const isAdministrator = actor.assignments.some(({ role }) => role === 'platform-admin')
  if (actor.via !== 'session' || actor.personId === null || !isAdministrator) return undefined
  const at = ctx.now().toISOString()
  return openUntil(ctx.db, { studentId: id, personId: actor.personId, at })
}

async function tellApprovers(trx: Db, ctx: Context, student: Row<'students'>): Promise<void> {
  const approvers = await listMembersOf(trx, [student.school_id], today(ctx), ['school-approver'])
  for (const { personId } of approvers) {
    const person = await findPerson(trx, personId)
    if (!person || person.email === null) continue
    const language = LANGUAGES.find((known) => known === person.language) ?? 'fr'
    await queueMail(trx, ctx, {
      key: `record-opened ${ctx.newId()}`,
      to: { personId, language },
      ...mailOf(language, `${ctx.config.publicUrl}/students/${student.public_id}`),
    })
  }
}

/** Without the student's name and without the reason, which may have one in it: both stand on the page. */
function mailOf(language: Language, page: string): { subject: string; text: string } {
  const { subject, said, see } = MAIL[language]
  return { subject, text: `${said}\n\n${see}\n${page}\n` }
}

const MAIL = {
  fr: {
    subject: 'Sceau\u00a0: un dossier d’élève a été ouvert par la plateforme',
    said: `L’administration de la plateforme a ouvert, pour ${OPENING_MINUTES} minutes, le dossier d’un élève de votre lycée. Elle a dû dire pourquoi.`,
    see: 'Le dossier et la raison, après connexion\u00a0:',
  },
  en: {
    subject: 'Sceau: a student’s record was opened by the platform',
    said: `The administration of the platform has opened, for ${OPENING_MINUTES} minutes, the record of a student of your lycée. It had to say why.`,
    see: 'The record and the reason, once signed in:',
  },
} as const satisfies Record<Language, object>

function toReason(text: string): string {
  const reason = text.trim()
  if (reason.length >= REASON_CHARS.least && reason.length <= REASON_CHARS.most) return reason
  throw wrongField('/reason', {
    fr: `Donnez la raison, en ${REASON_CHARS.least} à ${REASON_CHARS.most} caractères : le lycée la lira.`,
    en: `Give the reason, in ${REASON_CHARS.least} to ${REASON_CHARS.most} characters: the lycée will read it.`,
  })
}

function notAPerson(): DomainError {
  return new DomainError('forbidden', {
    fr: 'Seule une personne connectée ouvre un dossier : la ligne de commande et les jetons n’en lisent aucun.',
    en: 'Only a person who is signed in opens a record: the command line and tokens read none.',
  })
}
