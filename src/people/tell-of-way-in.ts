import type { Context } from '../context.js'
import type { Db } from '../store/schema.js'
import type { Words } from '../words.js'
import type { Person } from './store.js'
import { tellPerson } from './tell-person.js'

const SAID: Readonly<Record<'passkey' | 'identity', Readonly<{ subject: Words; said: Words }>>> = {
  passkey: {
    subject: {
      fr: 'Une clé d’accès a été ajoutée à votre compte',
      en: 'A passkey was added to your account',
    },
    said: {
      fr: 'Une clé d’accès vient d’être ajoutée à votre compte Sceau.',
      en: 'A passkey has just been added to your Sceau account.',
    },
  },
  identity: {
    subject: {
      fr: 'Un moyen de connexion a été ajouté à votre compte',
      en: 'A way to sign in was added to your account',
    },
    said: {
      fr: 'Un compte d’un autre service ouvre désormais votre compte Sceau.',
      en: 'An account of another service opens your Sceau account from now on.',
    },
  },
}

/** A way in that its owner did not make would be found out by this. */
export function tellOfWayIn(
  ctx: Context,
  trx: Db,
  person: Person | undefined,
  way: keyof typeof SAID,
): Promise<void> {
  const { subject, said } = SAID[way]
  const page = `${ctx.config.publicUrl}/account`
  const text = {
    fr: `${said.fr}\n\nSi ce n’était pas vous, prévenez aussitôt l’administrateur de la plateforme, puis retirez-le à la page « Mon compte » : ${page}\n`,
    en: `${said.en}\n\nIf it was not you, tell the platform’s administrator at once, then remove it on the page “My account”: ${page}\n`,
  }
  return tellPerson(ctx, trx, person, { key: `${way} ${ctx.newId()}`, subject, text })
}
