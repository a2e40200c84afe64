import { createTransport } from 'nodemailer'
import { judgeRefusal } from './rules.js'

/** A mail as it goes out. */
export type Letter = Readonly<{
  from: Readonly<{ name: string; address: string }>
  to: string
  /** The same each time that it is tried: whoever gets it twice can tell. */
  messageId: string
  language: string
  subject: string
  text: string
  date: Date
}>

const CONNECT_MS = 10_000
const SILENT_MS = 20_000

/**
 * Hands a mail to the server, once.
 *
 * @param smtpUrl `smtp://user:password@host:587` or `smtps://…`
 * @returns 'taken', or what was refused for good
 * @throws {Error} when it may work later; its message holds no address
 */
export async function deliver(
  smtpUrl: string,
  { to, language, ...letter }: Letter,
): Promise<'taken' | 'address' | 'mail'> {
  const transport = createTransport(optionsOf(new URL(smtpUrl)))
  try {
    await transport.sendMail({
      ...letter,
      to: { name: '', address: to },
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    return 'taken'
  } catch (error) {
    const fault = faultOf(error)
    const judged = judgeRefusal(fault)
    if (judged !== 'later') return judged
    // What the server says may repeat the address: only codes go into the log.
    throw new Error(
      `The mail server did not take the mail: ${[fault.code, fault.command, fault.reply].filter(Boolean).join(' ')}.`,
    )
  } finally {
    transport.close()
  }
}

const LOCAL = ['localhost', '127.0.0.1', '[::1]']

function optionsOf(url: URL) {
  const secure = url.protocol === 'smtps:'
  const auth = {
    user: decodeURIComponent(url.username),
    pass: decodeURIComponent(url.password),
  }
  return {
    host: url.hostname,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    // Passwords and addresses cross no network in the clear.
    requireTLS: !secure && !LOCAL.includes(url.hostname),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    ...(auth.user === '' ? {} : { auth }),
  }
}

function faultOf(error: unknown) {
  const found = Object(error) as Readonly<Record<string, unknown>>
  const { code, command, responseCode, response } = found
  return {
    code: typeof code === 'string' ? code : undefined,
    command: typeof command === 'string' ? command : undefined,
    reply: typeof responseCode === 'number' ? responseCode : undefined,
    text: typeof response === 'string' ? response : '',
  }
}
