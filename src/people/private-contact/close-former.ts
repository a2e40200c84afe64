import type { Context } from '../../context.js'
import { queueLetter } from '../../mail/queue-mail.js'
import type { Db } from '../../store/schema.js'
import { toLanguage } from '../../words.js'
import { withdrawInvitations } from '../access-store.js'
import { findPerson } from '../store.js'
import type { PrivateContact } from './store.js'

/**
 * Takes from a private address that is no more what it opened: links that were sent there. It is told, for whoever did not
 * do this would find out by it.
 */
export async function closeFormer(
  ctx: Context,
  trx: Db,
  of: Readonly<{ personId: number; publicId: string; before: PrivateContact | undefined }>,
): Promise<void> {
  if (of.before?.address_sealed == null) return
  await withdrawInvitations(
    trx,
    { purpose: 'invite', personId: of.personId },
    ctx.now().toISOString(),
  )
  const language = toLanguage((await findPerson(trx, of.personId))?.language)
  await queueLetter(trx, ctx, {
    key: `private-contact ${of.publicId} ${ctx.newId()}`,
    to: { address: ctx.vault.open(of.before.address_sealed), language },
    subject: SUBJECT[language],
    text: TEXT[language],
  })
}

const SUBJECT = {
  fr: 'Cette adresse n’ouvre plus votre compte',
  en: 'This address opens your account no more',
} as const
const TEXT = {
  fr: 'Cette adresse n’est plus l’adresse privée de votre compte Sceau : elle a été retirée ou remplacée, et les liens envoyés ici ne servent plus.\n\nSi ce n’était pas vous, prévenez aussitôt votre lycée.\n',
  en: 'This address is the private address of your Sceau account no more: it was removed or replaced, and links that were sent here serve no more.\n\nIf it was not you, tell your lycée at once.\n',
} as const
