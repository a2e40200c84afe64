import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { queueMail } from '../../mail/queue-mail.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { toLanguage } from '../../words.js'
import { nothingHere } from '../authorize.js'
import { lockPerson } from '../passkeys/store.js'
import { hashOf } from '../secrets.js'
import { linkIsGone } from '../set-up.js'
import { findPerson, findPersonByEmail } from '../store.js'
import { closeFormer } from './close-former.js'
import { contactHash } from './rules.js'
import {
  findContact,
  findLinkByToken,
  findPersonByContact,
  saveContact,
  useLink,
  type ContactLinkRow,
} from './store.js'

export type ContactLink = Readonly<{ address: string; isConfirmed: boolean }>

/**
 * What a link asks of whoever is signed in. Looking at it changes nothing.
 *
 * @throws {DomainError} not-found for everybody else, or gone
 */
export async function seeContactLink(
  ctx: Context,
  actor: Actor,
  token: string,
): Promise<ContactLink> {
  const { address_sealed: asked, person_id } = await linkFor(ctx, ctx.db, actor, token)
  const sealed = asked ?? (await findContact(ctx.db, person_id))?.address_sealed
  if (sealed == null) throw linkIsGone()
  return { address: ctx.vault.open(sealed), isConfirmed: asked === null }
}

/**
 * Says, by the link that was sent there, that a private address is one's own: the mailbox is shown by the link, the person by
 * their session. Said again, it is answered alike. The person is told at their account's address.
 *
 * @throws {DomainError} not-found, gone, or conflict for an address that opens another account
 */
export async function confirmContact(ctx: Context, actor: Actor, token: string): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await lockPerson(trx, actor.personId ?? -1)
    const row = await linkFor(ctx, trx, actor, token)
    const { address_sealed, person_id: personId } = row
    if (address_sealed === null) return
    const address = ctx.vault.open(address_sealed)
    const addressHash = contactHash(ctx, address)
    await assertNobodyElses(trx, { personId, address, addressHash })
    const at = ctx.now()
    if (!(await useLink(trx, row))) throw linkIsGone()
    const before = await findContact(trx, personId)
    if (before?.address_hash !== addressHash)
      await closeFormer(ctx, trx, { personId, publicId: actor.publicId, before })
    await saveContact(trx, personId, {
      ...{ address_sealed, address_hash: addressHash },
      ...{ confirmed_at: at.toISOString(), not_before: null },
    })
    const line = { actor: actor.publicId, subject: actor.publicId }
    await appendAudit(trx, { at, ...line, action: 'contact.confirmed' })
    await tellByMail(ctx, trx, personId)
  })
}

async function linkFor(ctx: Context, db: Db, actor: Actor, token: string): Promise<ContactLinkRow> {
  const row = await findLinkByToken(db, hashOf(token))
  if (!row || row.person_id !== actor.personId) throw nothingHere()
  if (row.expires_at <= ctx.now().toISOString()) throw linkIsGone()
  return row
}

/** Whoever reads the mailbox may know that it opens another account. @throws {DomainError} conflict */
async function assertNobodyElses(
  trx: Db,
  of: Readonly<{ personId: number; address: string; addressHash: string }>,
): Promise<void> {
  const others = [
    await findPersonByEmail(trx, of.address),
    await findPersonByContact(trx, of.addressHash),
  ]
  if (others.some((one) => one !== undefined && one.id !== of.personId)) throw takenElsewhere()
}

/** A way in that its owner did not make would be found out by this. */
async function tellByMail(ctx: Context, trx: Db, personId: number): Promise<void> {
  const person = await findPerson(trx, personId)
  if (!person || person.email === null) return
  const language = toLanguage(person.language)
  const { publicUrl } = ctx.config
  await queueMail(trx, ctx, {
    key: `contact-confirmed ${ctx.newId()}`,
    to: { personId, language },
    subject: {
      fr: 'Une adresse privée a été ajoutée à votre compte',
      en: 'A private address was added to your account',
    }[language],
    text: {
      fr: `Une adresse privée est désormais gardée avec votre compte Sceau. Elle vous laissera entrer quand votre lycée aura fermé votre accès.\n\nSi ce n’était pas vous, retirez-la aussitôt et prévenez votre lycée : ${publicUrl}/my-contact\n`,
      en: `A private address is now kept with your Sceau account. It will let you in once your school has closed your access.\n\nIf it was not you, remove it at once and tell your school: ${publicUrl}/my-contact\n`,
    }[language],
  })
}

function takenElsewhere(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette adresse ouvre déjà un autre compte ici. Donnez-en une autre à la page « Mon adresse privée ».',
    en: 'This address opens another account here already. Give another on the page “My private address”.',
  })
}
