import type { Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { dayAt } from '../../people/days.js'
import { hashOf, newSecret } from '../../people/secrets.js'
import type { Db, Row } from '../../store/schema.js'
import type { Words } from '../../words.js'
import { dayInWords } from '../days.js'
import {
  findAnswerLink,
  insertAnswerLink,
  saveAnswered,
  saveRevoked,
  type Purpose,
  type Question,
} from './store.js'

export type { Purpose, Question } from './store.js'

/** A link waits this long for its answer: two weeks, in which a school asks again. */
export const ANSWER_DAYS = 14
const DAY_MS = 24 * 60 * 60 * 1000

/** The page that asks, by what it asks. */
export function answerPath(purpose: Purpose, token: string): string {
  return purpose === 'confirm-session' ? `/a/${token}` : `/a/${token}/placement`
}

export type MadeLink = Readonly<{
  /** 256 random bits: only their hash is kept, so that nobody reads it a second time. */
  token: string
  /** Address of the page that asks; it holds the token, and is shown once. */
  url: string
  publicId: string
  /** ISO 8601 */
  expiresAt: string
}>

/**
 * Makes a link by which one person answers one question without an account, within the transaction of whoever
 * has authorised it. The links that the same person had to the same question are revoked.
 *
 * @param input.madeById the person who asks
 */
export async function makeAnswerLink(
  ctx: Context,
  trx: Db,
  input: Question & Readonly<{ personId: number; madeById: number | null }>,
): Promise<MadeLink> {
  const { purpose, personId, madeById } = input
  const token = newSecret(ctx)
  const publicId = ctx.newId()
  const at = ctx.now()
  const expiresAt = new Date(at.getTime() + ANSWER_DAYS * DAY_MS).toISOString()
  await saveRevoked(trx, input, { at: at.toISOString(), personId })
  await insertAnswerLink(trx, {
    public_id: publicId,
    token_hash: hashOf(token),
    purpose,
    session_id: purpose === 'confirm-session' ? input.sessionId : null,
    placement_id: purpose === 'assess-placement' ? input.placementId : null,
    person_id: personId,
    made_by_id: madeById,
    made_at: at.toISOString(),
    expires_at: expiresAt,
  })
  return { token, url: `${ctx.config.publicUrl}${answerPath(purpose, token)}`, publicId, expiresAt }
}

/** A link that may still be answered. `factId` is a session's or a placement's, as its purpose says. */
export type AnswerLink = Readonly<{
  id: number
  publicId: string
  factId: number
  /** Who answers. */
  personId: number
  madeById: number | null
  expiresAt: string
}>

/**
 * The link of a token. To look at it uses nothing up: scanners of mail open every link that they see.
 *
 * @throws {DomainError} not-found for what is no link of this purpose; gone for one that was used or revoked, or has expired
 */
export async function openAnswerLink(
  ctx: Context,
  token: string,
  purpose: Purpose,
): Promise<AnswerLink> {
  const link = await findAnswerLink(ctx.db, hashOf(token))
  const factId = link?.session_id ?? link?.placement_id ?? null
  if (!link || link.purpose !== purpose || factId === null) {
    throw new DomainError('not-found', UNKNOWN)
  }
  const closed = closedBecause(link, ctx)
  if (closed) throw new DomainError('gone', closed)
  return {
    id: link.id,
    publicId: link.public_id,
    factId,
    personId: link.person_id,
    madeById: link.made_by_id,
    expiresAt: link.expires_at,
  }
}

/**
 * Uses a link up, in the transaction of the answer: of two answers at the same moment, one counts.
 *
 * @throws {DomainError} gone if it was used, revoked or has expired
 */
export async function useAnswerLink(trx: Db, id: number, at: Date): Promise<void> {
  if (!(await saveAnswered(trx, id, at.toISOString()))) throw new DomainError('gone', ANSWERED)
}

/** Revokes every link to a question, whoever has one: what was asked has changed, or was answered otherwise. */
export async function revokeAnswerLinks(trx: Db, question: Question, at: Date): Promise<void> {
  await saveRevoked(trx, question, { at: at.toISOString() })
}

const UNKNOWN: Words = {
  fr: 'Ce lien n’existe pas. Vérifiez que vous l’avez copié en entier, ou demandez-en un nouveau à l’établissement.',
  en: 'This link does not exist. Check that you copied all of it, or ask the school for a new one.',
}
const ANSWERED: Words = {
  fr: 'Une réponse a déjà été donnée par ce lien : il n’y a plus rien à faire. Si elle est fausse, dites-le à l’établissement.',
  en: 'An answer was given by this link already: there is nothing more to do. If it is wrong, tell the school.',
}
const REPLACED: Words = {
  fr: 'Ce lien ne sert plus : un plus récent l’a remplacé, ou ce qu’il demandait a changé. Ouvrez le dernier lien reçu, ou demandez-en un à l’établissement.',
  en: 'This link serves no more: a newer one has replaced it, or what it asked has changed. Open the last link that you received, or ask the school for one.',
}

function closedBecause(link: Row<'answer_links'>, ctx: Context): Words | undefined {
  if (link.used_at !== null) return ANSWERED
  if (link.revoked_at !== null) return REPLACED
  const end = new Date(link.expires_at)
  if (ctx.now() < end) return undefined
  const on = dayInWords(dayAt(end, ctx.config.timeZone))
  return {
    fr: `Ce lien a expiré le ${on.fr}. Demandez-en un nouveau à l’établissement qui vous l’a envoyé.`,
    en: `This link expired on ${on.en}. Ask the school that sent it to you for a new one.`,
  }
}
