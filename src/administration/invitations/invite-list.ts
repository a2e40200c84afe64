import { createHash } from 'node:crypto'
import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { assertRoleFits } from '../../people/assign-role.js'
import { toOrganisation } from '../../people/invite-person.js'
import type { Organisation } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { within } from '../../store/within.js'
import { countList } from './count-list.js'
import { judgeList } from './judge-list.js'
import { readList } from './read-list.js'
import { findRunByKey, insertRun } from './store.js'
import { takeRow, type HandedLink } from './take-row.js'

export type ListInput = Readonly<{
  /** Public id; '' for the platform itself. */
  organisation: string
  /** The list, as text. */
  text: string
}>

export type Sent = Readonly<{
  runId: string
  /** Empty where mail takes them, and where the list was sent before. */
  links: readonly HandedLink[]
  /** The same list had been taken: nothing was done. */
  again: boolean
}>

/**
 * Invites everybody in a list: accounts, roles, invitations and letters in one transaction, all or none. The same list
 * for the same organisation is taken once, whoever sends it again. Who is known here already is given their role; whose
 * account can't be given one from here is passed over, and nothing in the answer says so.
 *
 * @throws {DomainError} not-found, forbidden, too-many-requests, or invalid-request: a row is refused; nothing is then written
 */
export async function inviteList(ctx: Context, actor: Actor, input: ListInput): Promise<Sent> {
  const organisation = await toOrganisation(ctx, actor, input.organisation)
  const key = keyOf(input)
  const before = await findRunByKey(ctx.db, key)
  if (before) return { runId: before.public_id, links: [], again: true }
  const list = readList(input.text)
  await countList(ctx, actor, 'sent')
  const runId = ctx.newId()
  return ctx.db.transaction().execute(async (trx) => {
    const inside = { ...ctx, db: within(trx) }
    const { rows, faults } = await judgeList(inside, actor, { list, organisation })
    for (const { role } of rows) assertRoleFits(actor, role, organisation)
    if (faults.length > 0) throw refusedRows(faults.length)
    const run = await beginRun(inside, trx, actor, { key, runId, organisation })
    const links: HandedLink[] = []
    for (const row of rows) {
      const link = await takeRow(inside, trx, actor, { row, run, runId, organisation })
      if (link) links.push(link)
    }
    return { runId, links: ctx.config.smtpUrl === undefined ? links : [], again: false }
  })
}

/** Of the list as it was sent, whatever its line ends, and of whom it is for. */
function keyOf({ organisation, text }: ListInput): string {
  const lines = text.normalize('NFC').replace(/\r\n?/g, '\n').trim()
  return createHash('sha256').update(`${organisation}\n${lines}`).digest('hex')
}

type Beginning = Readonly<{ key: string; runId: string; organisation: Organisation | undefined }>

async function beginRun(
  ctx: Context,
  trx: Db,
  actor: Actor,
  { key, runId, organisation }: Beginning,
): Promise<number> {
  const at = ctx.now()
  await appendAudit(trx, {
    ...{ at, actor: actor.publicId, action: 'people.invited-together', subject: runId },
    details: { organisation: organisation?.publicId ?? null },
  })
  const run = await insertRun(trx, {
    ...{ public_id: runId, key, organisation_id: organisation?.id ?? null },
    ...{ made_by_id: actor.personId, made_at: at.toISOString() },
  })
  if (run === undefined) throw justTaken()
  return run
}

function refusedRows(count: number): DomainError {
  return new DomainError('invalid-request', {
    fr: `${count} ligne(s) de cette liste sont refusées : rien n’a été envoyé. Corrigez la liste, puis regardez-la de nouveau.`,
    en: `${count} row(s) of this list are refused: nothing was sent. Mend the list, then look at it again.`,
  })
}

function justTaken(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette liste vient d’être envoyée. Rouvrez la page des invitations pour la voir.',
    en: 'This list has just been sent. Open the page of invitations again to see it.',
  })
}
