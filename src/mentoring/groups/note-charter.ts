import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import { toName } from '../../people/names.js'
import { appendAudit } from '../../store/audit.js'
import { dayInWords, toDay } from '../days.js'
import { nothingHere, wrongField } from '../refusals.js'
import { assertOpen, runGroup } from './known-group.js'
import { lockGroup, saveCharter, type Group } from './store.js'

/**
 * Notes when the charter of an open group was signed, and how it is filed; or corrects what was noted.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request or conflict (it is closed)
 */
export async function noteCharter(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ groupId: string; charterOn: string; charterReference: string }>,
): Promise<void> {
  const group = await groupWithCharter(ctx, actor, input.groupId)
  const charterOn = toDay(input.charterOn, '/charterOn')
  if (charterOn > today(ctx)) throw notYet(today(ctx))
  const said = input.charterReference.trim()
  const charterReference = said === '' ? null : toName(said, '/charterReference')
  await ctx.db.transaction().execute(async (trx) => {
    assertOpen(await lockGroup(trx, group.id))
    await saveCharter(trx, group.id, { charterOn, charterReference })
    await appendAudit(trx, {
      at: ctx.now(),
      actor: actor.publicId,
      action: 'group.charter-noted',
      subject: group.publicId,
      details: { before: group.charterOn, charterOn },
    })
  })
}

/**
 * A group whose charter the actor may note.
 *
 * @throws {DomainError} forbidden, not-found or conflict (it is closed)
 */
export async function groupWithCharter(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<Group> {
  const { group, scheme } = await runGroup(ctx, actor, publicId)
  if (scheme.ofOne) throw nothingHere()
  return group
}

function notYet(today: string) {
  const last = dayInWords(today)
  return wrongField('/charterOn', {
    fr: `Donnez le jour où la charte a été signée, le ${last.fr} au plus tard.`,
    en: `Give the day on which the charter was signed, ${last.en} at the latest.`,
  })
}
