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
import { contactHash } from './rules.js'
import {
  confirmAsked,
  findContactByLink,
  findPersonByContact,
  type PrivateContact,
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
  return toLink(ctx, await linkFor(ctx, ctx.db, actor, token))
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
    if (row.asked_sealed === null) return
    const address = ctx.vault.open(row.asked_sealed)
    const addressHash = contactHash(ctx, address)
    await assertNobodyElses(trx, { personId: row.person_id, address, addressHash })
    const at = ctx.now()
    if (!(await confirmAsked(trx, row, { addressHash, at: at.toISOString() }))) throw linkIsGone()
    const line = { actor: actor.publicId, subject: actor.publicId }
    await appendAudit(trx, { at, ...line, action: 'contact.confirmed' })
    await tellByMail(ctx, trx, row.person_id)
  })
}

async function linkFor(
  ctx: Context,
  db: Db,
  actor: Actor,
  token: string,
): Promise<PrivateContact> {
  const row = await findContactByLink(db, hashOf(token))
  if (!row || row.person_id !== actor.personId) throw nothingHere()
  if (row.expires_at === null || row.expires_at <= ctx.now().toISOString()) throw linkIsGone()
  return row
}

function toLink({ vault }: Context, row: PrivateContact): ContactLink {
  const sealed = row.asked_sealed ?? row.address_sealed
  if (sealed === null) throw linkIsGone()
  return { address: vault.open(sealed), isConfirmed: row.asked_sealed === null }
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
