import { z } from 'zod'
import type { Context } from '../context.js'
import { valueOf } from '../settings/read.js'
import { isAddress } from './rules.js'
import { deliver } from './smtp.js'
import { findMail, markGivenUp, markSent, saveRefused, type Mail } from './store.js'

/** What is older tells nothing new any more: mail may have been off for long. */
const MAIL_DAYS = 7
const DAY_MS = 24 * 60 * 60 * 1000

/**
 * The job that sends a mail: at least once, under a Message-ID that stays the same. What a server
 * refuses for good is given up, and an address that it refuses is remembered.
 *
 * @throws {Error} when it is to be tried later
 */
export async function sendMail(ctx: Context, payload: unknown): Promise<void> {
  const { mail: publicId } = z.object({ mail: z.string() }).parse(payload)
  const { smtpUrl, mailFrom } = ctx.config
  const mail = await findMail(ctx.db, publicId, ctx.now().toISOString().slice(0, 10))
  if (!mail || mail.sentAt !== null || mail.givenUpAt !== null) return
  if (smtpUrl === undefined || mailFrom === undefined) return
  if (ctx.now().getTime() - Date.parse(mail.createdAt) > MAIL_DAYS * DAY_MS) {
    return markGivenUp(ctx.db, mail.id, 'too-old', ctx.now())
  }
  const { address, text } = contentOf(ctx, mail)
  if (address === null || !isAddress(address)) {
    return markGivenUp(ctx.db, mail.id, 'no-address', ctx.now())
  }
  if (address === mail.refusedAddress) {
    return markGivenUp(ctx.db, mail.id, 'refused', ctx.now())
  }
  await send(ctx, { mail, address, text, smtpUrl, mailFrom })
}

type Content = Readonly<{ address: string | null; text: string }>

/** To whom and what: of a person, or under the key of the vault. */
function contentOf(ctx: Context, mail: Mail): Content {
  if (mail.letterSealed === null) {
    const { privateSealed } = mail
    return {
      address: privateSealed === null ? mail.address : ctx.vault.open(privateSealed),
      text: mail.body,
    }
  }
  const Letter = z.object({ address: z.string(), text: z.string() })
  return Letter.parse(JSON.parse(ctx.vault.open(mail.letterSealed)))
}

type Sending = Readonly<{
  mail: Mail
  address: string
  text: string
  smtpUrl: string
  mailFrom: string
}>

async function send(
  ctx: Context,
  { mail, address, text, smtpUrl, mailFrom }: Sending,
): Promise<void> {
  const outcome = await deliver(smtpUrl, {
    from: { name: await valueOf(ctx, 'mail-sender'), address: mailFrom },
    to: address,
    messageId: `<${mail.publicId}@${new URL(ctx.config.publicUrl).hostname}>`,
    language: mail.language,
    subject: mail.subject,
    text,
    date: new Date(mail.createdAt),
  })
  const at = ctx.now()
  if (outcome === 'taken') return markSent(ctx.db, mail.id, at)
  await ctx.db.transaction().execute(async (trx) => {
    await markGivenUp(trx, mail.id, 'refused', at)
    // A private address is kept nowhere else than under the key of the vault.
    if (outcome === 'address' && mail.personId !== null && mail.privateSealed === null) {
      await saveRefused(trx, mail.personId, address, at)
    }
  })
}
