import type { Context } from '../../context.js'
import { queueLetter } from '../../mail/queue-mail.js'
import { makeInvitation } from '../accept-invitation.js'
import { toLanguage } from '../../words.js'
import { lockPerson } from '../passkeys/store.js'
import { countTry } from '../sign-in.js'
import { findByPrivateAddress } from './find-by-address.js'
import { contactHash, WAY_IN_DAYS } from './rules.js'

/**
 * Sends a link to choose a password to the private address of somebody whose school has closed their account. Whether there is
 * such an account shows nowhere but in its letter box.
 *
 * @throws {DomainError} too-many-requests
 */
export async function sendWayIn(ctx: Context, email: string): Promise<void> {
  const address = email.normalize('NFC').trim().toLowerCase()
  await countTry(ctx, contactHash(ctx, `way in ${address}`))
  await ctx.db.transaction().execute(async (trx) => {
    const person = await findByPrivateAddress(ctx, trx, address)
    if (!person) return
    await lockPerson(trx, person.id)
    const of = { id: person.id, publicId: person.public_id, days: WAY_IN_DAYS }
    const url = await makeInvitation(ctx, trx, { publicId: 'visitor' }, of)
    const language = toLanguage(person.language)
    await queueLetter(trx, ctx, {
      key: `private-contact ${person.public_id} ${ctx.newId()}`,
      to: { address, language },
      subject: { fr: 'Retrouver vos badges', en: 'Get back to your badges' }[language],
      text: TEXT[language](url),
    })
  })
}

const TEXT = {
  fr: (url: string) =>
    `Bonjour,\n\nVous avez demandé à revenir à votre compte Sceau. Choisissez un mot de passe à cette page ; vous vous connecterez ensuite avec cette adresse :\n\n${url}\n\nLe lien vaut un jour et sert une fois. Si vous n’avez rien demandé, ne faites rien.\n`,
  en: (url: string) =>
    `Hello,\n\nYou have asked to come back to your Sceau account. Choose a password on this page; you will then sign in with this address:\n\n${url}\n\nThe link is good for a day and serves once. If you asked for nothing, do nothing.\n`,
} as const
