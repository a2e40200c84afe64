import type { Context, Role } from '../context.js'
import { DomainError } from '../errors.js'
import { today } from './days.js'
import { listMembersOf, type Member } from './members-store.js'
import { findPerson } from './store.js'

/**
 * How somebody took a step for a company: at their account there; by a link that was sent to their mailbox; or
 * as the liaison officer of the school, the second person of a company that has one.
 */
export const WAYS = ['account', 'link', 'liaison'] as const
export type Way = (typeof WAYS)[number]

const OF_COMPANY: readonly Role[] = ['company-admin', 'company-endorser']

/** Who can commit a company on this day, each once. */
export async function peopleOfCompany(ctx: Context, companyId: number): Promise<Member[]> {
  return listMembersOf(ctx.db, [companyId], today(ctx), OF_COMPANY)
}

/** Whether a company has one person only: then the school's liaison officer may be the second. */
export async function isAlone(ctx: Context, companyId: number): Promise<boolean> {
  return (await peopleOfCompany(ctx, companyId)).length <= 1
}

/**
 * EN-01: two persons have a place in every commitment. Two accounts that read one mailbox are one person.
 *
 * @throws {DomainError} forbidden
 */
export async function assertSecondPerson(
  ctx: Context,
  first: number | null,
  second: number,
): Promise<void> {
  if (first === null || first === second) throw somebodyElse()
  const [one, other] = [await findPerson(ctx.db, first), await findPerson(ctx.db, second)]
  if (isSameMailbox(one?.email, other?.email)) throw somebodyElse()
}

/**
 * Whether mail to two addresses is read by one person: large and small letters are one, and what stands after a
 * “+” is the reader's own label (RFC 5233).
 */
export function isSameMailbox(
  one: string | null | undefined,
  other: string | null | undefined,
): boolean {
  return one != null && other != null && mailboxOf(one) === mailboxOf(other)
}

function mailboxOf(email: string): string {
  const [local = '', domain = ''] = email.normalize('NFC').trim().toLowerCase().split('@')
  return `${local.split('+')[0] ?? ''}@${domain}`
}

export function somebodyElse(): DomainError {
  return new DomainError('forbidden', {
    fr: 'Une autre personne doit le faire : qui a fait l’étape d’avant ne peut pas faire celle-ci.',
    en: 'Somebody else must do this: who took the step before can’t take this one.',
  })
}
