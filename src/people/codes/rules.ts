import type { Context } from '../../context.js'

/** No vowels, so that no words come about, and nothing that looks like something else in print. */
const LETTERS = '23456789bcdfghjkmnpqrstvwxz'
const LENGTH = 8
const FORM = new RegExp(`^[${LETTERS}]{4}-[${LETTERS}]{4}$`)

/** A code lives so long, and dies with the last of so many tries. */
export const CODE_DAYS = 14
export const MOST_TRIES = 5

/** Eight random letters, 38 bits, as people read them: 'b3kf-7m2q'. It says nothing of whose it is. */
export function newPrinted(ctx: Pick<Context, 'randomBytes'>): string {
  const most = 256 - (256 % LETTERS.length)
  let text = ''
  while (text.length < LENGTH)
    for (const byte of ctx.randomBytes(LENGTH))
      if (byte < most && text.length < LENGTH) text += LETTERS[byte % LETTERS.length]
  return `${text.slice(0, 4)}-${text.slice(4)}`
}

/** What somebody typed from paper, as it was printed; undefined if nothing like it ever was. */
export function readPrinted(typed: string): string | undefined {
  const letters = typed.toLowerCase().replaceAll(/[\s\p{Pd}]+/gu, '')
  const text = `${letters.slice(0, 4)}-${letters.slice(4)}`
  return FORM.test(text) ? text : undefined
}
