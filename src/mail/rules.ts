/** The text of a header field: one line, so that it is one field. */
const ONE_LINE = /^[^\p{Cc}\u2028\u2029]{1,200}$/u
/** One address, of which no part is a list, a comment, a quotation or a second line. */
const ADDRESS = /^[^\s\p{Cc}@<>,;:"()[\]\\]{1,64}@[^\s\p{Cc}@<>,;:"()[\]\\]{1,190}$/u

/** @throws {Error} for a subject that is no line: our own words, so a fault of ours */
export function assertSubject(subject: string): void {
  if (!ONE_LINE.test(subject)) throw new Error('The subject of a mail is one line of text.')
}

export function isAddress(text: string): boolean {
  return ADDRESS.test(text)
}

/** What a server said of a mail that it did not take. */
export type Refusal = Readonly<{
  /** SMTP reply, three digits; undefined when there was none. */
  reply: number | undefined
  /** The command that it answers: 'RCPT TO' */
  command: string | undefined
  /** Its text, which begins with the reply. */
  text: string
}>

/**
 * What to do about it: `address` the address is no good, `mail` this mail is not taken, neither ever;
 * `later` all else, our own settings among them.
 */
export function judgeRefusal({ reply, command, text }: Refusal): 'address' | 'mail' | 'later' {
  if (reply === undefined || reply < 500) return 'later'
  // RFC 3463, 5.7: a policy, such as not relaying for us, and no fault of the address.
  if (/^\d{3}[ -]5\.7\./.test(text)) return 'later'
  if (command === 'RCPT TO') return 'address'
  return command === 'DATA' ? 'mail' : 'later'
}
