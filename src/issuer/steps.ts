import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { authorize, type Action } from '../people/authorize.js'
import { appendAudit } from '../store/audit.js'
import type { Db, NewRow } from '../store/schema.js'
import { findDossier, moveDossier, type Dossier, type DossierState } from './store/dossiers.js'

/** A dossier that the actor may take a step with. @throws {DomainError} not-found or forbidden */
export async function dossierFor(
  ctx: Context,
  actor: Actor,
  action: Action,
  publicId: string,
): Promise<Dossier> {
  const dossier = await findDossier(ctx.db, publicId)
  if (!dossier) throw noDossier()
  authorize(actor, action, { schoolId: dossier.school_id, companyIds: [dossier.company_id] })
  return dossier
}

export type Step = Readonly<{
  dossier: Dossier
  from: DossierState
  actor: Actor
  action: string
  at: Date
  changes: Partial<NewRow<'dossiers'>> & { state: DossierState }
}>

/** Takes one step, with its line of audit. @throws {DomainError} conflict when somebody was faster */
export async function takeStep(
  trx: Db,
  { dossier, from, actor, action, at, changes }: Step,
): Promise<void> {
  const moved = await moveDossier(trx, { id: dossier.id, from, digest: dossier.digest }, changes)
  if (!moved) {
    throw new DomainError('conflict', {
      fr: 'Ce dossier n’en est pas à cette étape, ou il vient de changer. Rouvrez-le.',
      en: 'This dossier is not at this step, or it has just changed. Open it again.',
    })
  }
  const details = { digest: changes.digest ?? dossier.digest }
  await appendAudit(trx, { at, actor: actor.publicId, action, subject: dossier.public_id, details })
}

export function noDossier(): DomainError {
  return new DomainError('not-found', {
    fr: 'Ce dossier, cet élève ou ce badge n’existe pas, ou vous n’y avez pas accès.',
    en: 'This dossier, student or badge does not exist, or you have no access to it.',
  })
}

/** Steps are taken by persons, never by programs. @throws {DomainError} forbidden */
export function personOf(actor: Actor): number {
  if (actor.personId !== null && actor.via === 'session') return actor.personId
  throw new DomainError('forbidden', {
    fr: 'Une personne doit le faire elle-même, connectée à son compte.',
    en: 'A person must do this, signed in to their account.',
  })
}

/** 128 random bits as a version 4 UUID. @see RFC 9562 */
export function toUuidUrn(random: Uint8Array): string {
  const bytes = Uint8Array.from(random)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Buffer.from(bytes).toString('hex')
  return `urn:uuid:${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')}`
}
