import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import type { Db, Row } from '../../store/schema.js'
import type { Language } from '../../words.js'
import { nothingHere } from '../refusals.js'
import { findStudentOf, lockStudent } from '../students/store.js'
import { aroundOf } from './may-be-shown.js'
import type { NoticeName, Purpose } from './purposes.data.js'
import { recordWord, type Answer, type Scope } from './record.js'
import { dayOfWord, ownWords, saidIn } from './said.js'
import { standingOf } from './standing.js'
import { listRecords, listRecordsFor } from './store.js'

/**
 * The student says yes or no, takes a yes back, or says that they read a notice: at their own account, in person.
 *
 * @param input.badge one of theirs, or every one
 * @throws {DomainError} forbidden or not-found for others
 */
export async function sayWord(
  ctx: Context,
  actor: Actor,
  input: Readonly<{
    purpose: Purpose | NoticeName
    badge: Scope
    answer: Answer
    language: Language
  }>,
): Promise<void> {
  const student = await studentOf(ctx.db, actor)
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    const { purpose, badge, answer, language } = input
    if (purpose === 'information' && answer !== 'read') throw nothingHere()
    if (purpose !== 'information' && answer === 'read') throw nothingHere()
    if (await wasSaid(trx, { student, purpose, badge, answer, day: today(ctx) })) return
    await recordWord(ctx, trx, {
      ...{ student, purpose, badge, answer, language },
      ...{ guardian: null, method: 'account', actor: actor.publicId },
    })
  })
}

/**
 * What opening a link, or one with the name, says: a student of 15 or over agrees by it; before, student and guardian must have agreed. In the
 * transaction of whoever opens it.
 *
 * @throws {DomainError} rule-refused while an agreement is missing
 */
export async function agreeBySharing(
  ctx: Context,
  trx: Db,
  actor: Actor,
  asked: Readonly<{ badge: Row<'badges'>; language: Language; purpose?: Purpose }>,
): Promise<void> {
  const { badge, language, purpose = 'public-page' } = asked
  const student = await studentOf(trx, actor)
  await lockStudent(trx, student.id)
  const of = { studentId: student.id, purpose, badgeId: badge.id }
  const said = saidIn(await listRecordsFor(trx, of))
  const around = await aroundOf(ctx, trx, of, ctx.now())
  if (standingOf(said, around).state === 'agreed') return
  const { day } = around
  const yes = { voice: 'student', answer: 'agreed', day, at: '', expiresOn: null } as const
  if (standingOf([...said, yes], around).state !== 'agreed')
    throw purpose === 'named-link' ? noNameYet() : notYet()
  await recordWord(ctx, trx, {
    ...{ student, purpose: of.purpose, badge: { id: badge.id, publicId: badge.public_id } },
    ...{ answer: 'agreed', guardian: null, method: 'account', language, actor: actor.publicId },
  })
}

/** The record of the student who asks, who may speak for themselves. @throws {DomainError} not-found or forbidden */
export async function studentOf(db: Db, actor: Actor): Promise<Row<'students'>> {
  const student = actor.personId === null ? undefined : await findStudentOf(db, actor.personId)
  if (!student) throw nothingHere()
  authorize(actor, 'give-consent', {
    schoolId: student.school_id,
    studentPersonId: student.person_id,
  })
  return student
}

/** Whether it would say again what was said last, which is then not written twice. */
async function wasSaid(
  trx: Db,
  asked: Readonly<{
    student: Row<'students'>
    purpose: Purpose | NoticeName
    badge: Scope
    answer: Answer
    day: string
  }>,
): Promise<boolean> {
  const { student, purpose, badge, answer, day } = asked
  // A notice may be read again: its text may be another.
  if (purpose === 'information') return false
  const all = await listRecords(trx, student.id)
  const { about, within } = ownWords(all, { purpose, badgeId: badge?.id ?? null })
  if (answer === 'withdrawn') {
    // To take back what was never given says nothing.
    if (badge !== null) return about?.answer !== 'agreed'
    return !all.some((one) => one.purpose === purpose && one.answer === 'agreed')
  }
  if (about?.answer !== answer || about !== within) return false
  return answer === 'refused' || dayOfWord(about) === day
}

function notYet(): DomainError {
  return new DomainError('rule-refused', {
    fr: 'Avant 15 ans, un badge ne se montre que si vous et un de vos parents (ou qui en a la charge) êtes d’accord. Dites votre accord dans « Mes accords » ; votre lycée demande le leur.',
    en: 'Before the age of 15, a badge is shown only if you and one of your parents (or guardians) agree. Say that you agree in “My consents”; your school asks for theirs.',
  })
}

function noNameYet(): DomainError {
  const words = {
    fr: 'Avant 15 ans, votre nom ne s’ajoute à un lien que si vous et un de vos parents (ou qui en a la charge) êtes d’accord. Dites votre accord dans « Mes accords » ; votre lycée demande le leur. Un lien sans nom s’ouvre déjà.',
    en: 'Before the age of 15, your name is added to a link only if you and one of your parents (or guardians) agree. Say that you agree in “My consents”; your school asks for theirs. A link without a name can be opened already.',
  }
  return new DomainError('rule-refused', words, { fields: [{ pointer: '/shows', words }] })
}
