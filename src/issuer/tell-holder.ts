import type { Context } from '../context.js'
import { queueMail } from '../mail/queue-mail.js'
import { getStudent } from '../mentoring/students/store.js'
import { hasContact } from '../people/private-contact/store.js'
import { findPerson } from '../people/store.js'
import type { Db } from '../store/schema.js'
import { toLanguage } from '../words.js'
import { mailOf } from './notice-words.js'
import type { Award } from './sign-badge.js'
import { insertNotice, type NoticeAct } from './store/notices.js'

export type Doing = Readonly<{
  act: NoticeAct
  /** As the list of the act has it. */
  reason?: string
  /** For staff alone. */
  note?: string | null
  byId: number | null
  at: Date
}>

/**
 * Tells the holder what is done to their badge, in the transaction that does it: on its page in any case, and
 * by mail where their account has an address.
 */
export async function tellHolder(
  trx: Db,
  ctx: Context,
  { badge, dossier }: Award,
  { act, reason, note, byId, at }: Doing,
): Promise<void> {
  const notice = { act, reason: reason ?? null, note: note ?? null }
  const since = { badge_id: badge.id, by_id: byId, at: at.toISOString() }
  await insertNotice(trx, { ...notice, ...since })
  const { person_id } = await getStudent(trx, dossier.student_id)
  const person = person_id === null ? undefined : await findPerson(trx, person_id)
  if (!person || person.disabledAt !== null) return
  if (person.email === null && !(await hasContact(trx, person.id))) return
  const language = toLanguage(person.language)
  await queueMail(trx, ctx, {
    key: `badge-notice ${ctx.newId()}`,
    to: { personId: person.id, language },
    ...mailOf(notice, language, `${ctx.config.publicUrl}/my-badges/${badge.public_id}`),
  })
}
