import type { Context } from '../context.js'
import { enqueue } from '../store/jobs.js'
import type { Db } from '../store/schema.js'
import type { Language } from '../words.js'
import { assertSubject } from './rules.js'
import { insertMail, listStranded } from './store.js'

export const SEND_JOB = 'send-mail'

export type MailToQueue = Readonly<{
  /** What it is about: a second one of the same key is not written. */
  key: string
  to: Readonly<{ personId: number; language: Language }>
  /** One line, without a personal datum. */
  subject: string
  /** Plain text; never the name of a student. */
  text: string
}>

/**
 * Writes a mail in the transaction of what it tells, and orders that it be sent. While mail is off
 * it is kept.
 *
 * @throws {Error} for a subject of several lines
 */
export async function queueMail(trx: Db, ctx: Context, mail: MailToQueue): Promise<void> {
  assertSubject(mail.subject)
  const public_id = ctx.newId()
  const at = ctx.now()
  const inserted = await insertMail(trx, {
    public_id,
    key: mail.key,
    to_person_id: mail.to.personId,
    language: mail.to.language,
    subject: mail.subject,
    body: mail.text,
    created_at: at.toISOString(),
  })
  if (inserted) await orderIfOn(trx, ctx, public_id)
}

export type LetterToQueue = Omit<MailToQueue, 'to'> &
  Readonly<{ to: Readonly<{ address: string; language: Language }> }>

/**
 * The same to somebody who is no person of ours: their address, and a text that may hold a link, lie sealed.
 *
 * @throws {Error} for a subject of several lines
 */
export async function queueLetter(trx: Db, ctx: Context, letter: LetterToQueue): Promise<void> {
  assertSubject(letter.subject)
  const public_id = ctx.newId()
  const { address, language } = letter.to
  const inserted = await insertMail(trx, {
    public_id,
    key: letter.key,
    to_person_id: null,
    language,
    subject: letter.subject,
    body: '',
    letter_sealed: ctx.vault.seal(JSON.stringify({ address, text: letter.text })),
    created_at: ctx.now().toISOString(),
  })
  if (inserted) await orderIfOn(trx, ctx, public_id)
}

async function orderIfOn(trx: Db, ctx: Context, public_id: string): Promise<void> {
  if (ctx.config.smtpUrl !== undefined) await order(trx, ctx, public_id, public_id)
}

/** Orders what was kept while mail was off. Does nothing while it is. */
export async function startMail(ctx: Context): Promise<void> {
  if (ctx.config.smtpUrl === undefined) return
  for (const id of await listStranded(ctx.db, SEND_JOB)) {
    await order(ctx.db, ctx, id, `${id} ${ctx.newId()}`)
  }
}

function order(db: Db, ctx: Context, mail: string, key: string): Promise<void> {
  return enqueue(db, {
    id: ctx.newId(),
    kind: SEND_JOB,
    key,
    payload: { mail },
    runAt: ctx.now(),
  })
}
