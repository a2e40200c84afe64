import type { Actor, Context } from '../../context.js'
import { findStudentOf } from '../../mentoring/students/store.js'
import { today } from '../../people/days.js'
import { isOpen, showsOf, USUAL_LIFE, type LinkLife, type LinkShows } from '../link-life.js'
import { seeMyBadges } from '../my-badges.js'
import { usualLifeIn } from '../school-sharing.js'
import { selectionUrl } from './address.js'
import { badgeIdsOf, listSelections } from './store.js'

export type MySelection = Readonly<{
  id: string
  title: string
  label: string
  url: string
  untilDay: string | null
  shows: LinkShows
  badges: number
}>
export type MySelections = Readonly<{
  open: readonly MySelection[]
  /** What is chosen for who chooses nothing. */
  usualLife: LinkLife
  /** What may be chosen, newest first. */
  choices: readonly Readonly<{ id: string; name: string; month: string }>[]
}>

/** The pages of the student who asks, and the badges that one may be made of. @throws {DomainError} forbidden for others */
export async function seeMySelections(ctx: Context, actor: Actor): Promise<MySelections> {
  const badges = await seeMyBadges(ctx, actor)
  const student = actor.personId === null ? undefined : await findStudentOf(ctx.db, actor.personId)
  const day = today(ctx)
  const all = student ? await listSelections(ctx.db, student.id) : []
  const open = all.filter((one) => isOpen(one, day))
  return {
    usualLife: student ? await usualLifeIn(ctx, student.school_id) : USUAL_LIFE,
    open: await Promise.all(
      open.map(async (one) => ({
        ...{ id: one.public_id, title: one.title, label: one.label, untilDay: one.until_day },
        url: selectionUrl(ctx, ctx.vault.open(one.token_sealed)),
        shows: showsOf(one),
        badges: (await badgeIdsOf(ctx.db, one.id)).length,
      })),
    ),
    choices: badges.map(({ id, shown }) => {
      return { id, name: shown.name, month: shown.validFrom.slice(0, 7) }
    }),
  }
}
