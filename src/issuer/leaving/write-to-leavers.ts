import { z } from 'zod'
import type { Actor, Context } from '../../context.js'
import { queueMail } from '../../mail/queue-mail.js'
import { nothingHere } from '../../mentoring/refusals.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { findOrganisationByPublicId, findPerson } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import { enqueue } from '../../store/jobs.js'
import { toLanguage } from '../../words.js'
import { leaversOf, type FoundLeaver } from './see-leavers.js'
import { findLetter, insertLetter } from './store.js'

export const LETTER_JOB = 'write-to-leavers'

/**
 * A school writes to all of its students who leave, once a day: a job writes to each in their language.
 *
 * @returns false if it has written today: nothing is then sent twice
 * @throws {DomainError} not-found or forbidden
 */
export async function writeToLeavers(
  ctx: Context,
  actor: Actor,
  schoolPublicId: string,
): Promise<boolean> {
  const school = await findOrganisationByPublicId(ctx.db, schoolPublicId)
  if (!school) throw nothingHere()
  authorize(actor, 'manage-leavers', { schoolId: school.id })
  const at = ctx.now()
  const letter = ctx.newId()
  return ctx.db.transaction().execute(async (trx) => {
    const isFirst = await insertLetter(trx, {
      public_id: letter,
      school_id: school.id,
      day: today(ctx),
      made_by_id: actor.personId,
      made_at: at.toISOString(),
    })
    if (!isFirst) return false
    const line = { at, actor: actor.publicId, subject: school.publicId, details: { letter } }
    await appendAudit(trx, { ...line, action: 'leavers.written' })
    const job = { id: ctx.newId(), kind: LETTER_JOB, key: letter, runAt: at }
    await enqueue(trx, { ...job, payload: { letter } })
    return true
  })
}

/** Mails of one commit. */
const CHUNK = 100

/** The job: a mail to each, under a key of the letter and the student, so that a second run adds none. */
export async function sendLeaverLetters(ctx: Context, payload: unknown): Promise<void> {
  const { letter: publicId } = z.object({ letter: z.string() }).parse(payload)
  const letter = await findLetter(ctx.db, publicId)
  if (!letter) return
  const leavers = await leaversOf(ctx, ctx.db, letter.school_id)
  for (let at = 0; at < leavers.length; at += CHUNK) {
    const chunk = leavers.slice(at, at + CHUNK)
    await ctx.db.transaction().execute(async (trx) => {
      for (const one of chunk) await writeTo({ ...ctx, db: trx }, publicId, one)
    })
  }
}

async function writeTo(
  ctx: Context,
  letter: string,
  { student, leaver }: FoundLeaver,
): Promise<void> {
  const person =
    student.person_id === null ? undefined : await findPerson(ctx.db, student.person_id)
  if (!person || person.disabledAt !== null) return
  if (person.email === null && !leaver.hasContact) return
  const language = toLanguage(person.language)
  await queueMail(ctx.db, ctx, {
    key: `leaver-letter ${letter} ${student.public_id}`,
    to: { personId: person.id, language },
    subject: SUBJECT[language],
    text: TEXT[language](ctx.config.publicUrl),
  })
}

const SUBJECT = {
  fr: 'Avant de quitter le lycée : vos badges',
  en: 'Before you leave school: your badges',
} as const
const TEXT = {
  fr: (url: string) =>
    `Bonjour,\n\nVos badges sont à vous, et le restent quand le lycée ferme votre accès. Deux choses prennent cinq minutes :\n\n– donnez une adresse privée, pour pouvoir encore entrer : ${url}/my-contact\n– emportez tous vos badges dans un dossier, ou imprimez-les avec leurs codes : ${url}/my-badges\n\nRien n’est obligatoire.\n`,
  en: (url: string) =>
    `Hello,\n\nYour badges are yours, and stay so when the school closes your access. Two things take five minutes:\n\n– give a private address, so that you can still come in: ${url}/my-contact\n– take all your badges away in one folder, or print them with their codes: ${url}/my-badges\n\nNothing is compulsory.\n`,
} as const
