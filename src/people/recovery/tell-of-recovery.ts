import type { Context } from '../../context.js'
import type { Db } from '../../store/schema.js'
import type { Words } from '../../words.js'
import type { Person } from '../store.js'
import { tellPerson } from '../tell-person.js'

/** A recovery that its owner did not ask for would be found out by this. */
export function tellOfRecovery(ctx: Context, trx: Db, person: Person, text: Words): Promise<void> {
  const subject = { fr: 'Accès à votre compte', en: 'Access to your account' }
  return tellPerson(ctx, trx, person, { key: `recovery ${ctx.newId()}`, subject, text })
}
