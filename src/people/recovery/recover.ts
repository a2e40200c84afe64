import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { savePassword } from '../access-store.js'
import { assertSteppedUp, nothingHere } from '../authorize.js'
import { today } from '../days.js'
import { lockPerson } from '../passkeys/store.js'
import { assertStrongPassword, hashPassword } from '../passwords.js'
import { hashOf, newSecret } from '../secrets.js'
import { endSessionsOf } from '../session-store.js'
import { linkIsGone } from '../set-up.js'
import { findPerson, listAssignments } from '../store.js'
import { areEnough, LINK_HOURS, mayBeOne, mayConfirmSomebody, type Confirmer } from './rules.js'
import * as store from './store.js'
import { tellOfRecovery } from './tell-of-recovery.js'

const HOUR_MS = 60 * 60_000
/** On a page. */
const MOST_SHOWN = 200

export type WaitingRecovery = Readonly<{
  id: string
  name: string
  askedAt: string
  firstDone: boolean
}>

/** The requests that somebody may confirm as one of two. @throws {DomainError} not-found for who confirms nobody */
export async function seeRecoveries(ctx: Context, actor: Actor): Promise<WaitingRecovery[]> {
  if (!mayConfirmSomebody(actor.assignments)) throw nothingHere()
  const who = await confirmerOf(ctx, ctx.db, actor.personId ?? 0)
  const found: WaitingRecovery[] = []
  for await (const one of waitingFor(ctx, who)) {
    if ([one.person_id, one.first_by_id].includes(actor.personId)) continue
    const concerned = await store.listConcerned(ctx.db, one.person_id, today(ctx))
    if (!mayBeOne(concerned, who)) continue
    const name = `${one.givenName} ${one.familyName}`
    const firstDone = one.first_by_id !== null
    found.push({ id: one.public_id, name, askedAt: one.asked_at, firstDone })
    if (found.length === MOST_SHOWN) break
  }
  return found
}

/** What somebody does not confirm takes no place of what they do. */
async function* waitingFor(ctx: Context, { assignments, liaisonOf }: Confirmer) {
  const isPlatforms = assignments.some(({ role }) => role === 'platform-admin')
  const own = [...assignments.flatMap((one) => one.organisationId ?? []), ...liaisonOf]
  const of = { now: ctx.now().toISOString(), organisationIds: isPlatforms ? undefined : own }
  let after = 0
  for (;;) {
    const part = await store.listWaiting(ctx.db, { ...of, after })
    yield* part
    if (part.length < store.PART) return
    after = part.at(-1)?.id ?? after
  }
}

/**
 * Confirms, as one of two, that it is the person who asked: the first time somebody does, nothing opens; the second time
 * a link is made, to be handed to that person only.
 *
 * @returns the link, once there are two
 * @throws {DomainError} not-found, step-up-required, rule-refused or conflict
 */
export async function confirmRecovery(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<string | undefined> {
  const byId = actor.personId
  if (actor.via !== 'session' || byId === null) throw nothingHere()
  const at = ctx.now()
  const recovery = await store.findWaiting(ctx.db, publicId, at.toISOString())
  if (!recovery) throw nothingHere()
  if (recovery.person_id === byId) throw notOneself()
  const concerned = await store.listConcerned(ctx.db, recovery.person_id, today(ctx))
  const who = await confirmerOf(ctx, ctx.db, byId)
  if (!mayBeOne(concerned, who)) throw nothingHere()
  assertSteppedUp(actor)
  const first = recovery.first_by_id
  if (first === byId) throw notTwice()
  if (first !== null && !areEnough(concerned, await confirmerOf(ctx, ctx.db, first), who))
    throw notThisPair()
  return ctx.db.transaction().execute(async (trx) => {
    const person = await findPerson(trx, recovery.person_id)
    if (!person) throw nothingHere()
    const line = { at, actor: actor.publicId, subject: person.publicId }
    if (first === null) {
      if (!(await store.saveFirst(trx, recovery.id, byId, at.toISOString()))) throw meanwhile()
      await appendAudit(trx, { ...line, action: 'recovery.confirmed' })
      return undefined
    }
    const token = newSecret(ctx)
    const linkExpiresAt = new Date(at.getTime() + LINK_HOURS * HOUR_MS).toISOString()
    const by = { byId, at: at.toISOString(), tokenHash: hashOf(token), linkExpiresAt }
    if (!(await store.saveSecond(trx, recovery, by))) throw meanwhile()
    await appendAudit(trx, { ...line, action: 'recovery.seconded' })
    await tellOfRecovery(ctx, trx, person, SECONDED)
    return `${ctx.config.publicUrl}/recover/${token}`
  })
}

/** Looking at a link does not use it. @throws {DomainError} gone */
export async function readRecovery(ctx: Context, token: string) {
  const recovery = await store.findByLink(ctx.db, hashOf(token), ctx.now().toISOString())
  const person = recovery && (await findPerson(ctx.db, recovery.person_id))
  if (!person || person.disabledAt !== null) throw linkIsGone()
  return { id: recovery.id, person }
}

/**
 * Chooses a password by the link that two people gave, once. Every session, passkey and account elsewhere that opened the
 * account is gone: whoever took them is out.
 *
 * @throws {DomainError} gone or invalid-request
 */
export async function useRecovery(ctx: Context, token: string, password: string): Promise<void> {
  const { id, person } = await readRecovery(ctx, token)
  assertStrongPassword(password)
  const hash = await hashPassword(password)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await lockPerson(trx, person.id)
    if (!(await store.saveUse(trx, id, at.toISOString()))) throw linkIsGone()
    await savePassword(trx, person.id, hash)
    await store.deleteWaysIn(trx, person.id, at.toISOString())
    await endSessionsOf(trx, person.id, at.toISOString())
    const { publicId } = person
    await appendAudit(trx, { at, actor: publicId, action: 'recovery.used', subject: publicId })
    await tellOfRecovery(ctx, trx, person, USED)
  })
}

async function confirmerOf(ctx: Context, db: Db, personId: number): Promise<Confirmer> {
  const day = today(ctx)
  const assignments = await listAssignments(db, personId, day)
  // Whoever is liaison officer no more speaks for no company, whatever classes still name them.
  const isLiaison = assignments.some(({ role }) => role === 'liaison-officer')
  return { assignments, liaisonOf: isLiaison ? await store.liaisonOf(db, personId, day) : [] }
}

const SECONDED = {
  fr: 'Deux personnes ont confirmé que vous avez perdu l’accès à votre compte Sceau : l’une d’elles vous remet un lien, valable 24 heures.\n\nSi vous n’avez rien demandé, prévenez-les aussitôt, et l’administrateur de la plateforme.\n',
  en: 'Two people have confirmed that you lost access to your Sceau account: one of them hands you a link, good for 24 hours.\n\nIf you asked for nothing, tell them at once, and the platform’s administrator.\n',
}
const USED = {
  fr: 'Un nouveau mot de passe vient d’être choisi pour votre compte Sceau. Vos clés d’accès, vos comptes liés et vos sessions d’avant n’ouvrent plus rien.\n\nSi ce n’était pas vous, prévenez aussitôt l’administrateur de la plateforme.\n',
  en: 'A new password has just been chosen for your Sceau account. Your passkeys, linked accounts and sessions of before open nothing any more.\n\nIf it was not you, tell the platform’s administrator at once.\n',
}

const notOneself = () =>
  new DomainError('rule-refused', {
    fr: 'Personne ne confirme sa propre demande. Deux autres personnes doivent le faire.',
    en: 'Nobody confirms a request of their own. Two other people must.',
  })
const notTwice = () =>
  new DomainError('rule-refused', {
    fr: 'Vous avez déjà confirmé. Une deuxième personne doit le faire aussi.',
    en: 'You have confirmed already. A second person must as well.',
  })
const notThisPair = () =>
  new DomainError('rule-refused', {
    fr: 'Vos deux fonctions ne suffisent pas ensemble : au lycée, l’une des deux personnes approuve les badges ; en entreprise, l’une administre l’entreprise (ou en est, si personne d’autre ne l’administre), l’autre est le chargé de liaison ou l’administrateur de la plateforme ; tous deux, si l’entreprise n’a personne d’autre.',
    en: 'Your two functions are not enough together: at a school, one of the two approves badges; at a company, one administers it (or is of it, if nobody else administers it), the other is the liaison officer or the platform’s administrator; these two, if the company has nobody else.',
  })
const meanwhile = () =>
  new DomainError('conflict', {
    fr: 'Quelqu’un d’autre a confirmé entre-temps. Rechargez la page.',
    en: 'Somebody else has confirmed meanwhile. Load the page again.',
  })
