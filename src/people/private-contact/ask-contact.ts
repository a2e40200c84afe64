import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { queueLetter } from '../../mail/queue-mail.js'
import { appendAudit } from '../../store/audit.js'
import type { Language } from '../../words.js'
import { dayAfter, today } from '../days.js'
import { toEmail } from '../names.js'
import { assertMayChange } from '../passkeys/may-change.js'
import { lockPerson } from '../passkeys/store.js'
import { hashOf, newSecret } from '../secrets.js'
import { countTry } from '../sign-in.js'
import { saveLanguage } from '../people-store.js'
import { findPerson } from '../store.js'
import { ASK_AGAIN_DAYS, contactHash, LINK_DAYS } from './rules.js'
import { closeFormer } from './close-former.js'
import { deleteContact, findContact, findLinkOf, saveContact, saveLink } from './store.js'

const DAY_MS = 86_400_000

export type MyContact = Readonly<{
  /** What is confirmed. */
  address: string | undefined
  /** What waits for its confirmation. */
  asked: string | undefined
  /** They said “not now” a short while ago. */
  putOff: boolean
}>

/** The private address of who asks. */
export async function seeContact(ctx: Context, actor: Actor): Promise<MyContact> {
  const row = await findContact(ctx.db, actor.personId ?? -1)
  const link = await findLinkOf(ctx.db, actor.personId ?? -1)
  const isOpen = link !== undefined && link.expires_at > ctx.now().toISOString()
  const opened = (sealed: string | null | undefined) =>
    sealed ? ctx.vault.open(sealed) : undefined
  return {
    address: opened(row?.address_sealed),
    asked: isOpen ? opened(link.address_sealed) : undefined,
    putOff: row?.not_before != null && row.not_before > today(ctx),
  }
}

/**
 * Sends a link to the private address that somebody gives. It counts once they have confirmed it; until then the one
 * before does. Whether an account has this address shows nowhere.
 *
 * @param by.token of their session
 * @returns the address of the page, in a demo alone, where nobody has a mailbox
 * @throws {DomainError} step-up-required, invalid-request, too-many-requests or rule-refused
 */
export async function askContact(
  ctx: Context,
  actor: Actor,
  by: Readonly<{ token: string; email: string; language: Language }>,
): Promise<{ url: string | undefined }> {
  const { personId } = await assertMayChange(ctx, actor, by.token)
  const address = toEmail(by.email)
  const person = await findPerson(ctx.db, personId)
  if (person?.email === address) throw ofSchool()
  await countTry(ctx, contactHash(ctx, `asked by ${personId}`))
  const token = newSecret(ctx)
  const at = ctx.now()
  const url = `${ctx.config.publicUrl}/private-contact/${token}`
  await ctx.db.transaction().execute(async (trx) => {
    await lockPerson(trx, personId)
    await saveLink(trx, personId, {
      address_sealed: ctx.vault.seal(address),
      token_hash: hashOf(token),
      expires_at: new Date(at.getTime() + LINK_DAYS * DAY_MS).toISOString(),
    })
    await saveLanguage(trx, personId, by.language)
    await queueLetter(trx, ctx, {
      key: `private-contact ${actor.publicId} ${ctx.newId()}`,
      to: { address, language: by.language },
      subject: SUBJECT[by.language],
      text: TEXT[by.language](url),
    })
    const line = { actor: actor.publicId, subject: actor.publicId }
    await appendAudit(trx, { at, ...line, action: 'contact.asked' })
  })
  return { url: ctx.config.demo ? url : undefined }
}

/** Asked for an address, somebody says “not now”. */
export async function putOffContact(ctx: Context, actor: Actor): Promise<void> {
  const not_before = dayAfter(today(ctx), ASK_AGAIN_DAYS)
  await saveContact(ctx.db, actor.personId ?? -1, { not_before })
}

/**
 * Forgets the private address, and the one that waits; who said “not now” is asked again.
 *
 * @param token of their session
 * @throws {DomainError} step-up-required or not-found
 */
export async function removeContact(ctx: Context, actor: Actor, token: string): Promise<void> {
  const { personId } = await assertMayChange(ctx, actor, token)
  await ctx.db.transaction().execute(async (trx) => {
    await lockPerson(trx, personId)
    const before = await findContact(trx, personId)
    if (!(await deleteContact(trx, personId))) throw none()
    await closeFormer(ctx, trx, { personId, publicId: actor.publicId, before })
    const line = { actor: actor.publicId, subject: actor.publicId }
    await appendAudit(trx, { at: ctx.now(), ...line, action: 'contact.removed' })
  })
}

const SUBJECT = {
  fr: 'Confirmez votre adresse privée',
  en: 'Confirm your private address',
} as const
const TEXT = {
  fr: (url: string) =>
    `Bonjour,\n\nCette adresse a été donnée comme adresse privée d’un compte Sceau, pour garder des badges après le lycée. Si c’est la vôtre, ouvrez cette page, connectez-vous et confirmez :\n\n${url}\n\nL’ouvrir n’engage à rien. Le lien vaut ${LINK_DAYS} jours et ne sert qu’à cela. Si ce n’est pas vous, ne faites rien : l’adresse ne sera pas gardée.\n`,
  en: (url: string) =>
    `Hello,\n\nThis address was given as the private address of a Sceau account, to keep badges after school. If it is yours, open this page, sign in and confirm:\n\n${url}\n\nOpening it commits you to nothing. The link is good for ${LINK_DAYS} days and for nothing else. If it was not you, do nothing: the address will not be kept.\n`,
} as const

function ofSchool(): DomainError {
  const words = {
    fr: 'Cette adresse ouvre déjà ce compte. Donnez-en une qui reste à vous après le lycée.',
    en: 'This address opens this account already. Give one that stays yours after school.',
  }
  return new DomainError('invalid-request', words, { fields: [{ pointer: '/email', words }] })
}

function none(): DomainError {
  return new DomainError('not-found', {
    fr: 'Aucune adresse privée n’est gardée ici. Il n’y a rien à retirer.',
    en: 'No private address is kept here. There is nothing to remove.',
  })
}
