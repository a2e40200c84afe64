import type { Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { dayAt } from '../../people/days.js'
import { hashOf } from '../../people/secrets.js'
import { findOrganisation } from '../../people/store.js'
import type { Row } from '../../store/schema.js'
import { toLanguage, type Language, type Words } from '../../words.js'
import { dayInWords } from '../days.js'
import { nothingHere, wrongField } from '../refusals.js'
import { getStudent, lockStudent } from '../students/store.js'
import { digitCodeFingerprint } from '../../people/digit-codes.js'
import { isAdult } from './guardians.js'
import {
  countWrongCode,
  findGuardian,
  findGuardianLink,
  saveLinkAnswered,
  type GuardianLinkRow,
  type GuardianRow,
} from './guardians-store.js'
import { aroundOf } from './may-be-shown.js'
import { PURPOSES, type Purpose } from './purposes.data.js'
import { recordWord, type Scope } from './record.js'
import { inOrder } from './said.js'
import { voicesOf } from './standing.js'
import { listRecords, type ConsentRecord } from './store.js'

/** Wrong codes after which a link answers nothing. */
export const MAX_WRONG_CODES = 5

export type GuardianVisit = Readonly<{
  guardian: GuardianRow
  student: Row<'students'>
  /** Letters by which parents know which child is meant; a mail that was passed on tells no name. */
  initials: string
  schoolName: string
  language: Language
  /** What is asked, or why it is asked no more. */
  asked: Readonly<{ purpose: Purpose; badgeId: number | null; closed: Words | undefined }>
  /** Whether their word counts today: until the student decides alone. */
  isHeard: boolean
  /** What they said themselves, the oldest first. */
  records: readonly ConsentRecord[]
}>

/**
 * What is behind a guardian's link. To look at it uses nothing up. It stays theirs for as long as they are guardian of a
 * minor, so that what was agreed to can be withdrawn until the student decides alone, and seen afterwards.
 *
 * @throws {DomainError} not-found for what is no link; gone once they are guardian no more
 */
export async function visitAsGuardian(ctx: Context, token: string): Promise<GuardianVisit> {
  const { link, guardian, student } = await openLink(ctx, token)
  const records = await listRecords(ctx.db, student.id)
  const purpose = PURPOSES.find((one) => one === link.purpose)
  if (!purpose) throw nothingHere()
  const around = await aroundOf(ctx, ctx.db, { studentId: student.id, purpose }, ctx.now())
  const isHeard = voicesOf(around).includes(guardian.id)
  const school = await findOrganisation(ctx.db, student.school_id)
  const closed = isHeard ? closedBecause(link, ctx) : ALONE
  return {
    guardian,
    student,
    initials: `${student.given_name.slice(0, 1)}. ${student.family_name.slice(0, 1)}.`,
    schoolName: school?.name ?? '',
    language: toLanguage(guardian.language),
    asked: { purpose, badgeId: link.badge_id, closed },
    isHeard,
    records: inOrder(records).filter((one) => one.guardian_id === guardian.id),
  }
}

/**
 * A guardian's yes or no to what their link asks, once, with the code that was handed to them.
 *
 * @throws {DomainError} not-found, gone (answered, replaced, expired, guessed at), or invalid-request for a wrong code
 */
export async function answerAsGuardian(
  ctx: Context,
  input: Readonly<{
    token: string
    code: string
    answer: 'agreed' | 'refused'
    badge: Scope
    language: Language
  }>,
): Promise<void> {
  const { link } = await openLink(ctx, input.token)
  const { guardian, student, asked } = await visitAsGuardian(ctx, input.token)
  if (asked.closed) throw new DomainError('gone', asked.closed)
  const fingerprint = digitCodeFingerprint(ctx, 'guardian-code', {
    linkId: link.public_id,
    code: input.code,
  })
  if (fingerprint !== link.code_fingerprint) {
    if (input.code.trim() !== '') await countWrongCode(ctx.db, link.id)
    throw wrongCode()
  }
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    const at = ctx.now().toISOString()
    const used = { at, fingerprint, maxWrong: MAX_WRONG_CODES }
    if (!(await saveLinkAnswered(trx, link.id, used))) throw new DomainError('gone', ANSWERED)
    await recordWord(ctx, trx, {
      ...{ student, purpose: asked.purpose, badge: input.badge, answer: input.answer, guardian },
      ...{ method: 'link-and-code', language: input.language, actor: guardian.public_id },
    })
  })
}

/**
 * A guardian takes their agreement back: as easily as it was given, so that the link alone is enough.
 *
 * @throws {DomainError} not-found, or gone once the student decides alone
 */
export async function withdrawAsGuardian(
  ctx: Context,
  input: Readonly<{ token: string; purpose: string; badge: Scope; language: Language }>,
): Promise<void> {
  const { guardian, student, records, isHeard } = await visitAsGuardian(ctx, input.token)
  if (!isHeard) throw new DomainError('gone', ALONE)
  const purpose = PURPOSES.find((one) => one === input.purpose)
  const badgeId = input.badge?.id ?? null
  const last = records.findLast((one) => one.purpose === purpose && one.badge_id === badgeId)
  if (!purpose || !last) throw nothingHere()
  if (last.answer !== 'agreed') return
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    await recordWord(ctx, trx, {
      ...{ student, purpose, badge: input.badge, answer: 'withdrawn', guardian },
      ...{ method: 'link', language: input.language, actor: guardian.public_id },
    })
  })
}

async function openLink(ctx: Context, token: string) {
  const link = await findGuardianLink(ctx.db, hashOf(token))
  const guardian = link && (await findGuardian(ctx.db, link.guardian_id))
  if (!link || !guardian) throw new DomainError('not-found', UNKNOWN)
  const student = await getStudent(ctx.db, guardian.student_id)
  if (guardian.ended_on !== null || isAdult(ctx, student)) throw new DomainError('gone', ENDED)
  return { link, guardian, student }
}

function closedBecause(link: GuardianLinkRow, ctx: Context): Words | undefined {
  if (link.answered_at !== null) return ANSWERED
  if (link.revoked_at !== null) return REPLACED
  if (link.wrong_codes >= MAX_WRONG_CODES) return GUESSED
  const end = new Date(link.expires_at)
  if (ctx.now() < end) return undefined
  const on = dayInWords(dayAt(end, ctx.config.timeZone))
  return {
    fr: `Le temps pour répondre par ce lien a pris fin le ${on.fr}. Demandez-en un nouveau au lycée.`,
    en: `The time to answer by this link ended on ${on.en}. Ask the lycée for a new one.`,
  }
}

const UNKNOWN: Words = {
  fr: 'Ce lien n’existe pas. Vérifiez que vous l’avez copié en entier, ou demandez-en un nouveau au lycée.',
  en: 'This link does not exist. Check that you copied all of it, or ask the lycée for a new one.',
}
const ENDED: Words = {
  fr: 'Ce lien ne sert plus : l’élève est majeur, ou vous n’êtes plus indiqué comme son responsable légal. Le lycée vous répond.',
  en: 'This link serves no more: the student is of age, or you are not named as their guardian any more. The lycée will answer you.',
}
const ANSWERED: Words = {
  fr: 'Vous avez répondu par ce lien. Pour changer de réponse, retirez votre accord ci-dessous, ou demandez un nouveau lien au lycée.',
  en: 'You have answered by this link. To change your answer, withdraw your agreement below, or ask the lycée for a new link.',
}
const REPLACED: Words = {
  fr: 'Un lien plus récent a remplacé celui-ci : répondez par le dernier message reçu.',
  en: 'A newer link has replaced this one: answer by the last message that you received.',
}
const GUESSED: Words = {
  fr: `Un code faux a été donné ${MAX_WRONG_CODES} fois : par sûreté, ce lien n’accepte plus de réponse. Demandez-en un nouveau au lycée.`,
  en: `A wrong code was given ${MAX_WRONG_CODES} times: to be safe, this link takes no answer any more. Ask the lycée for a new one.`,
}
const ALONE: Words = {
  fr: 'Votre enfant a 15 ans ou plus : la loi le laisse décider seul. Rien ne vous est plus demandé.',
  en: 'Your child is 15 or older: the law lets them decide alone. Nothing is asked of you any more.',
}

function wrongCode(): DomainError {
  return wrongField('/code', {
    fr: 'Ce code n’est pas celui de ce lien. Recopiez les 8 chiffres que votre enfant ou le lycée vous a donnés.',
    en: 'This code is not that of this link. Copy the 8 digits that your child or the lycée gave you.',
  })
}
