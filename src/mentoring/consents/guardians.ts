import { z } from 'zod'
import type { Actor, Context } from '../../context.js'
import { isAddress } from '../../mail/rules.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import type { Db, Row } from '../../store/schema.js'
import { LANGUAGES } from '../../words.js'
import { told, validate } from '../../web/validate.js'
import { ageOn } from '../days.js'
import { nothingHere, refusedBy, wrongField } from '../refusals.js'
import { findStudent, lockStudent } from '../students/store.js'
import {
  insertGuardian,
  listGuardians,
  revokeGuardianLinks,
  saveGuardianEnd,
  type GuardianRow,
} from './guardians-store.js'
import { ADULT_AGE } from './purposes.data.js'

export const MAX_GUARDIANS = 2

const NAME = told({
  fr: 'Donnez le nom de cette personne, en 100 caractères au plus.',
  en: 'Give this person’s name, in 100 characters at most.',
})
const EMAIL = told({
  fr: 'Donnez une adresse électronique, comme nom@exemple.fr.',
  en: 'Give an e-mail address, such as name@example.org.',
})
const Guardian = z.object({
  name: z
    .string()
    .trim()
    .normalize('NFC')
    .min(1, NAME)
    .max(100, NAME)
    .refine((text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text), NAME),
  email: z.string().trim().refine(isAddress, EMAIL),
  language: z.enum(LANGUAGES),
})

type Input = Readonly<{ studentId: string; name: string; email: string; language: string }>

/**
 * Names a holder of parental authority of a minor: who they are lies sealed, and two have nothing of each other.
 *
 * @returns their public id
 * @throws {DomainError} forbidden, not-found, invalid-request or rule-refused (an adult, or a third guardian)
 */
export async function addGuardian(ctx: Context, actor: Actor, input: Input): Promise<string> {
  const student = await managed(ctx.db, actor, input.studentId)
  const { name, email, language } = validate(Guardian, input)
  const publicId = ctx.newId()
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    const known = activeOf(await listGuardians(trx, student.id))
    if (isAdult(ctx, student)) throw isOfAge()
    if (known.length >= MAX_GUARDIANS) throw tooMany()
    if (known.some((one) => one.email_sealed && ctx.vault.open(one.email_sealed) === email)) {
      throw sameAddress()
    }
    await insertGuardian(trx, {
      ...{ public_id: publicId, student_id: student.id, language, added_by_id: actor.personId },
      name_sealed: ctx.vault.seal(name),
      email_sealed: ctx.vault.seal(email),
      added_at: ctx.now().toISOString(),
    })
    await appendAudit(trx, {
      ...{ at: ctx.now(), actor: actor.publicId, action: 'guardian.added' },
      ...{ subject: student.public_id, details: { guardian: publicId } },
    })
  })
  return publicId
}

/**
 * Takes a guardian off, who was named by mistake or is one no more: who they were is forgotten, their links answer
 * nothing, and what they agreed to counts no more.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function removeGuardian(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ studentId: string; guardianId: string }>,
): Promise<void> {
  const student = await managed(ctx.db, actor, input.studentId)
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    const known = await listGuardians(trx, student.id)
    const guardian = known.find((one) => one.public_id === input.guardianId)
    if (!guardian) throw nothingHere()
    await endGuardian(ctx, trx, guardian, { why: 'removed', actor: actor.publicId })
  })
}

export async function endGuardian(
  ctx: Context,
  trx: Db,
  { id, public_id }: Pick<GuardianRow, 'id' | 'public_id'>,
  { why, actor }: Readonly<{ why: 'removed' | 'adult'; actor: string }>,
): Promise<void> {
  if (!(await saveGuardianEnd(trx, id, { on: today(ctx), why }))) return
  await revokeGuardianLinks(trx, id, { at: ctx.now().toISOString() })
  await appendAudit(trx, {
    ...{ at: ctx.now(), actor, action: 'guardian.ended', subject: public_id, details: { why } },
  })
}

/** A student whose consents the actor looks after. @throws {DomainError} forbidden or not-found */
export async function managed(db: Db, actor: Actor, studentId: string): Promise<Row<'students'>> {
  const student = await findStudent(db, studentId)
  if (!student) throw nothingHere()
  authorize(actor, 'manage-consents', { schoolId: student.school_id })
  return student
}

export function activeOf<G extends Pick<GuardianRow, 'ended_on'>>(guardians: readonly G[]): G[] {
  return guardians.filter(({ ended_on }) => ended_on === null)
}

export function isAdult(ctx: Context, student: Pick<Row<'students'>, 'birth_date_sealed'>) {
  return ageOn(ctx.vault.open(student.birth_date_sealed), today(ctx)) >= ADULT_AGE
}

function tooMany() {
  return refusedBy('CONSENT-01', '/name', {
    fr: `Cet élève a déjà ${MAX_GUARDIANS} responsables légaux. Retirez d’abord celui qui ne l’est plus.`,
    en: `This student has ${MAX_GUARDIANS} guardians already. First take off the one who is one no more.`,
  })
}

function isOfAge() {
  return refusedBy('CONSENT-02', '/name', {
    fr: 'Cet élève est majeur : il décide seul, et n’a plus de responsable légal.',
    en: 'This student is of age: they decide alone, and have no guardian any more.',
  })
}

function sameAddress() {
  return wrongField('/email', {
    fr: 'L’autre responsable a déjà cette adresse. Chacun répond à la sienne ; sinon, recueillez son accord sur papier.',
    en: 'The other guardian has this address already. Each answers at their own; otherwise, take their agreement on paper.',
  })
}
