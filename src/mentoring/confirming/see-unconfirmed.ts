import type { Actor, Context } from '../../context.js'
import { may, organisationsWith } from '../../people/authorize.js'
import { sidesWith } from '../cohorts/sides.js'
import { nothingHere } from '../refusals.js'
import {
  listPlacementsToConfirm,
  listSessionsToConfirm,
  type Named,
  type Unconfirmed,
} from './unconfirmed-store.js'

/** What waits for the visitor's word, with the names of students as far as the visitor needs them. */
export type ToConfirm = Omit<Unconfirmed, 'students' | 'ledBy'> &
  Readonly<{ students: readonly string[]; ledBy: string }>

/**
 * The sessions and placements that the actor may confirm: recorded by others, in their school or
 * company. A company reads first names and an initial: it was there, and needs no more.
 *
 * @throws {DomainError} not-found for whoever confirms nothing
 */
export async function seeUnconfirmed(ctx: Context, actor: Actor): Promise<ToConfirm[]> {
  if (organisationsWith(actor, 'confirm-session').length === 0) throw nothingHere()
  const unconfirmed = await unconfirmedFor(ctx, actor)
  return unconfirmed.map(({ students, ledBy, ...fact }) => {
    const toName = ({ schoolId, ...student }: Unconfirmed['students'][number]) => {
      const schoolIds = [schoolId, ...(fact.schoolId === null ? [] : [fact.schoolId])]
      return may(actor, 'see-student', { schoolIds }) ? fullName(student) : shortName(student)
    }
    return { ...fact, students: students.map(toName), ledBy: fullName(ledBy) }
  })
}

export type UnconfirmedPage = Readonly<{
  facts: readonly ToConfirm[]
  page: number
  pages: number
  /** On all pages. */
  count: number
}>

const PAGE = 20

/** A page of what waits; the last one for whoever asks beyond. */
export function pageOf(facts: readonly ToConfirm[], asked: number): UnconfirmedPage {
  const pages = Math.max(1, Math.ceil(facts.length / PAGE))
  const page = Math.min(asked, pages)
  return { facts: facts.slice((page - 1) * PAGE, page * PAGE), page, pages, count: facts.length }
}

/** Both kinds, the oldest first; nothing for whoever confirms nothing. */
export async function unconfirmedFor(ctx: Context, actor: Actor): Promise<Unconfirmed[]> {
  const { personId } = actor
  if (personId === null) return []
  const sessionsOf = sidesWith(actor, 'confirm-session')
  const placementsOf = organisationsWith(actor, 'confirm-placement')
  const unconfirmed = [
    ...(await listSessionsToConfirm(ctx.db, sessionsOf, personId)),
    ...(await listPlacementsToConfirm(ctx.db, placementsOf, personId)),
  ]
  return unconfirmed.toSorted((one, other) => one.day.localeCompare(other.day))
}

export function fullName({ givenName, familyName }: Named): string {
  return `${givenName} ${familyName}`.trim()
}

/** What whoever was there needs: « Zoé K. » */
export function shortName({ givenName, familyName }: Named): string {
  const [initial = ''] = familyName
  return `${givenName} ${initial}.`
}
