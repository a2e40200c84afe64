import { ROLES, type Assignment, type Role } from '../../context.js'
import { DomainError } from '../../errors.js'
import type { Words } from '../../words.js'

/** For whom: everybody who is signed in, or who holds one of some roles. */
export type Audience = '*' | readonly Role[]

export type Announcement = Readonly<{
  publicId: string
  /** Null: of the platform. */
  organisationId: number | null
  audience: Audience
  words: Words
  /** First and last day, YYYY-MM-DD. */
  fromDay: string
  untilDay: string
  endedAt: string | null
}>

/** Whom a person may choose; 'roles' of the platform alone. */
export const AUDIENCES = {
  all: { fr: 'Tous ceux qui ont un compte', en: 'Everybody who has an account' },
  staff: { fr: 'Les adultes', en: 'The adults' },
  students: { fr: 'Les élèves', en: 'The students' },
  roles: { fr: 'Les rôles cochés ci-dessous', en: 'The roles ticked below' },
} as const satisfies Record<string, Words>
export type AudienceCode = keyof typeof AUDIENCES

/** Longer, nobody reads it any more. */
export const MOST_DAYS = 90

/** Whether somebody of these roles is meant: a school means those who hold a role there. */
export function concerns(
  { audience, organisationId }: Pick<Announcement, 'audience' | 'organisationId'>,
  assignments: readonly Assignment[],
): boolean {
  return assignments.some(
    (held) =>
      (audience === '*' || audience.includes(held.role)) &&
      (organisationId === null || held.organisationId === organisationId),
  )
}

/** @throws {DomainError} invalid-request: nobody was ticked */
export function audienceOf(code: AudienceCode, ticked: readonly Role[]): Audience {
  if (code === 'all') return '*'
  if (code === 'students') return ['student']
  const roles = code === 'staff' ? ROLES.filter((role) => role !== 'student') : ticked
  if (roles.length > 0) return roles
  const words = { fr: 'Cochez un rôle au moins.', en: 'Tick one role at least.' }
  throw new DomainError('invalid-request', words, { fields: [{ pointer: '/roles', words }] })
}

/** As it is kept, and read again: what is no role any more is nobody. */
export const toText = (audience: Audience): string => (audience === '*' ? '*' : audience.join(' '))

export function toAudience(text: string): Audience {
  if (text === '*') return '*'
  const named = text.split(' ')
  return ROLES.filter((role) => named.includes(role))
}

/** @throws {DomainError} invalid-request with the day that is wrong */
export function assertDays(fromDay: string, untilDay: string, today: string): void {
  if (fromDay < today) throw wrongDay('/fromDay', PAST)
  if (daysBetween(today, fromDay) > MOST_DAYS) throw wrongDay('/fromDay', FAR)
  if (untilDay < fromDay) throw wrongDay('/untilDay', BEFORE)
  if (daysBetween(fromDay, untilDay) > MOST_DAYS) throw wrongDay('/untilDay', LONG)
}

const DAY_MS = 86_400_000

function daysBetween(from: string, until: string): number {
  return (Date.parse(until) - Date.parse(from)) / DAY_MS
}

function wrongDay(pointer: string, words: Words): DomainError {
  return new DomainError('invalid-request', words, { fields: [{ pointer, words }] })
}

const PAST: Words = {
  fr: 'Ce jour est passé : l’annonce commence aujourd’hui ou plus tard.',
  en: 'This day is past: the notice begins today or later.',
}
const FAR: Words = {
  fr: `L’annonce commence dans les ${MOST_DAYS} jours : choisissez un jour plus proche.`,
  en: `The notice begins within ${MOST_DAYS} days: choose a nearer day.`,
}
const BEFORE: Words = {
  fr: 'Le dernier jour est avant le premier : échangez-les.',
  en: 'The last day is before the first: swap them.',
}
const LONG: Words = {
  fr: `Une annonce dure ${MOST_DAYS} jours au plus : choisissez un jour plus proche.`,
  en: `A notice lasts ${MOST_DAYS} days at most: choose a nearer day.`,
}
