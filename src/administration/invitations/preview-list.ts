import type { Actor, Context } from '../../context.js'
import { toOrganisation } from '../../people/invite-person.js'
import type { Organisation } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import { countList } from './count-list.js'
import type { ListInput } from './invite-list.js'
import { judgeList, type Judged } from './judge-list.js'
import { readList } from './read-list.js'

export type Preview = Judged & Readonly<{ organisation: Organisation | undefined }>

/**
 * What inviting a list would do now. Nobody is written down; that a list was looked at is a line of the audit.
 *
 * @throws {DomainError} as inviteList; and as readList
 */
export async function previewList(ctx: Context, actor: Actor, input: ListInput): Promise<Preview> {
  const organisation = await toOrganisation(ctx, actor, input.organisation)
  const list = readList(input.text)
  await countList(ctx, actor, 'looked at')
  const judged = await judgeList(ctx, actor, { list, organisation })
  await tellLooking(ctx, actor, { organisation, rows: list.rows.length })
  return { ...judged, organisation }
}

type Looked = Readonly<{ organisation: Organisation | undefined; rows: number }>

/** The operator at the command line writes nothing: the service may be running beside. */
async function tellLooking(
  ctx: Context,
  { publicId, via }: Actor,
  { organisation, rows }: Looked,
): Promise<void> {
  if (via === 'operator') return
  const line = { actor: publicId, action: 'people.list-looked-at' }
  const subject = organisation?.publicId ?? 'platform'
  await ctx.db
    .transaction()
    .execute((trx) => appendAudit(trx, { at: ctx.now(), ...line, subject, details: { rows } }))
}
