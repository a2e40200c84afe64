import type { Context } from '../context.js'
import { queueMail } from '../mail/queue-mail.js'
import type { Db } from '../store/schema.js'
import { LANGUAGES, type Words } from '../words.js'
import type { Person } from './store.js'

export type Told = Readonly<{
  /** What it is about: a second one of the same key is not written. */
  key: string
  subject: Words
  text: Words
}>

/** Writes to a person in their language, where their account has an address, within the transaction of what it tells. */
export async function tellPerson(
  ctx: Context,
  trx: Db,
  person: Person | undefined,
  { key, subject, text }: Told,
): Promise<void> {
  if (!person || person.email === null || person.disabledAt !== null) return
  const language = LANGUAGES.find((one) => one === person.language) ?? 'fr'
  const to = { personId: person.id, language }
  await queueMail(trx, ctx, { key, to, subject: subject[language], text: text[language] })
}
