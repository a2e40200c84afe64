import type { Context } from '../../context.js'
import { queueMail } from '../../mail/queue-mail.js'
import { findPerson } from '../../people/store.js'
import type { Db } from '../../store/schema.js'
import { LANGUAGES, type Language } from '../../words.js'
import type { Of } from './tables.data.js'

/** Tells the holder of an account that outlives one of their records that this record is gone, and why they still sign in. */
export async function tellWhoStays(
  ctx: Context,
  trx: Db,
  { personId, isStudentOnly }: Of,
  request: string,
): Promise<void> {
  const person = isStudentOnly ? undefined : await findPerson(trx, personId)
  if (!person || person.email === null || person.disabledAt !== null) return
  const language = LANGUAGES.find((known) => known === person.language) ?? 'fr'
  const to = { personId, language }
  await queueMail(trx, ctx, { key: `account-stays ${request}`, to, ...TEXTS[language] })
}

/** No school is named: which one it was, the account shows by what it still has. */
const TEXTS: Readonly<Record<Language, Readonly<{ subject: string; text: string }>>> = {
  fr: {
    subject: 'Sceau\u00a0: un de vos dossiers d’élève est effacé',
    text: [
      'Bonjour,',
      '',
      'Un de vos dossiers d’élève vient d’être effacé\u00a0: son nom, ses badges et ses liens ne sont plus dans le service.',
      'Votre compte reste, parce que vous en avez encore besoin\u00a0: pour un autre dossier, ou pour une autre fonction. Vous vous connectez comme avant.',
      '',
      'Pour que le compte parte aussi, demandez l’effacement de ce qui reste, à la page «\u00a0Mes données\u00a0».',
      '',
    ].join('\n'),
  },
  en: {
    subject: 'Sceau: one of your student records is erased',
    text: [
      'Hello,',
      '',
      'One of your student records has just been erased: its name, its badges and its links are no longer in the service.',
      'Your account stays, because you still need it: for another record, or for another function. You sign in as before.',
      '',
      'For the account to go, too, ask for the erasure of what is left, at the page “My data”.',
      '',
    ].join('\n'),
  },
}
