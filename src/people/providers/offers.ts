import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { useInvitation } from '../access-store.js'
import { nothingHere } from '../authorize.js'
import { assertMayChange } from '../passkeys/may-change.js'
import { lockPerson } from '../passkeys/store.js'
import { hashOf } from '../secrets.js'
import { endSessionsOf } from '../session-store.js'
import type { Device } from '../sessions.js'
import { linkIsGone } from '../set-up.js'
import { enter } from '../sign-in.js'
import { tellOfWayIn } from '../tell-of-way-in.js'
import { findPerson, type Person } from '../store.js'
import { deleteOffer, findOffer, insertIdentity, listIdentities, type Offer } from './store.js'

/** One for each provider is enough; more is a mistake. */
const MOST_IDENTITIES = 10

export type SeenOffer = Readonly<{
  person: Person
  /** As the settings call the provider. */
  provider: string
  /** As the provider calls them. */
  label: string | undefined
  isInvitation: boolean
  /** Somebody else is signed in on this computer. */
  othersSession: boolean
}>

/** What waits for a yes in this browser. @throws {DomainError} not-found */
export async function seeOffer(
  ctx: Context,
  actor: Actor | undefined,
  holder: string,
): Promise<SeenOffer> {
  const { offer, person } = await openOffer(ctx, actor, holder)
  const provider = ctx.config.signInProviders.find(({ id }) => id === offer.provider)
  return {
    person,
    provider: provider?.name ?? offer.provider,
    label: offer.label_sealed === null ? undefined : ctx.vault.open(offer.label_sealed),
    isInvitation: offer.invitation_id !== null,
    othersSession: actor !== undefined && actor.personId !== person.id,
  }
}

/**
 * Says that the identity that waits is one's own: whoever has it gets in from then on, which its person is told by mail.
 * Who was invited is in, and their other sessions end.
 *
 * @param by.session of who is signed in
 * @returns the value of the new session's cookie of who was invited
 * @throws {DomainError} not-found, gone, step-up-required, conflict or rule-refused
 */
export async function acceptOffer(
  ctx: Context,
  actor: Actor | undefined,
  by: Readonly<{ holder: string; session: string | undefined; device?: Device }>,
): Promise<string | undefined> {
  const { offer, person } = await openOffer(ctx, actor, by.holder)
  const { invitation_id: invitation } = offer
  if (invitation === null) {
    if (!actor) throw nothingHere()
    await assertMayChange(ctx, actor, by.session ?? '')
  }
  return ctx.db.transaction().execute(async (trx) => {
    await lockPerson(trx, person.id)
    await link(ctx, trx, offer, person)
    if (invitation === null) return undefined
    const at = ctx.now().toISOString()
    if (!(await useInvitation(trx, invitation, at))) throw linkIsGone()
    await endSessionsOf(trx, person.id, at)
    const { id, publicId: public_id } = person
    const from = { oldToken: by.session, device: by.device }
    return enter(ctx, trx, { id, public_id }, { ...from, proof: 'provider' })
  })
}

async function openOffer(
  ctx: Context,
  actor: Actor | undefined,
  holder: string,
): Promise<{ offer: Offer; person: Person }> {
  const offer = await findOffer(ctx.db, hashOf(holder), ctx.now().toISOString())
  const person = offer && (await findPerson(ctx.db, offer.person_id))
  if (!offer || !person || person.disabledAt !== null) throw nothingHere()
  if (offer.invitation_id === null && actor?.personId !== person.id) throw nothingHere()
  return { offer, person }
}

async function link(ctx: Context, trx: Db, offer: Offer, person: Person): Promise<void> {
  if (!(await deleteOffer(trx, offer.id))) throw nothingHere()
  if ((await listIdentities(trx, person.id)).length >= MOST_IDENTITIES) throw tooMany()
  const row = {
    public_id: ctx.newId(),
    person_id: person.id,
    issuer: offer.issuer,
    subject: offer.subject,
    created_at: ctx.now().toISOString(),
  }
  if (!(await insertIdentity(trx, row))) throw alreadyLinked()
  const details = { identity: row.public_id, provider: offer.provider }
  const line = { at: ctx.now(), actor: person.publicId, subject: person.publicId, details }
  await appendAudit(trx, { ...line, action: 'identity.linked' })
  await tellOfWayIn(ctx, trx, person, 'identity')
}

function alreadyLinked(): DomainError {
  return new DomainError('conflict', {
    fr: 'Ce compte de l’autre service ouvre déjà un compte ici. Retirez-le d’abord à la page « Mon compte » de celui-ci.',
    en: 'This account of the other service opens an account here already. Remove it first on the page “My account” of that one.',
  })
}

function tooMany(): DomainError {
  return new DomainError('rule-refused', {
    fr: `Votre compte est déjà lié à ${MOST_IDENTITIES} comptes d’autres services, le maximum. Retirez-en un.`,
    en: `Your account is linked to ${MOST_IDENTITIES} accounts of other services already, the most. Remove one.`,
  })
}
