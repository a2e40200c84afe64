import type { Actor, Context } from '../context.js'
import { listGivenUp, outboxState, type GivenUpMail, type OutboxState } from '../mail/store.js'
import { authorize } from './authorize.js'

export type OutboxView = OutboxState &
  Readonly<{
    /** A server to send by is set. */
    isOn: boolean
    /** The latest of them. */
    givenUpMails: readonly GivenUpMail[]
  }>

const SHOWN = 50

/** What became of the mail of this service; not to whom it was. @throws {DomainError} forbidden or not-found */
export async function seeOutbox(ctx: Context, actor: Actor): Promise<OutboxView> {
  authorize(actor, 'see-audit', {})
  const givenUpMails = await listGivenUp(ctx.db, SHOWN)
  return { ...(await outboxState(ctx.db)), isOn: ctx.config.smtpUrl !== undefined, givenUpMails }
}
