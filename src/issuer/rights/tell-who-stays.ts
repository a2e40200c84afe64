import type { Context } from '../../context.js'
import { findPerson } from '../../people/store.js'
import { tellPerson, type Told } from '../../people/tell-person.js'
import type { Db } from '../../store/schema.js'
import type { Of } from './tables.data.js'

/** Tells the holder of an account that outlives one of their records that this record is gone, and why they still sign in. */
export async function tellWhoStays(
  ctx: Context,
  trx: Db,
  { personId, accountId }: Of<number>,
  request: string,
): Promise<void> {
  if (accountId === personId) return
  const person = await findPerson(trx, personId)
  await tellPerson(ctx, trx, person, { key: `account-stays ${request}`, ...TOLD })
}

/** No school is named: which one it was, the account shows by what it still has. */
const TOLD: Omit<Told, 'key'> = {
  subject: {
    fr: 'Sceau\u00a0: un de vos dossiers d’élève est effacé',
    en: 'Sceau: one of your student records is erased',
  },
  text: {
    fr: [
      'Bonjour,',
      '',
      'Un de vos dossiers d’élève vient d’être effacé\u00a0: son nom, ses badges et ses liens ne sont plus dans le service.',
      'Votre compte reste, parce que vous en avez encore besoin\u00a0: pour un autre dossier, ou pour une autre fonction. Vous vous connectez comme avant.',
      '',
      'Pour que le compte parte aussi, demandez l’effacement de ce qui reste, à la page «\u00a0Mes données\u00a0».',
      '',
    ].join('\n'),
    en: [
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
