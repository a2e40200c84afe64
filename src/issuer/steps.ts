import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { authorize, nothingHere } from '../people/authorize.js'
import { appendAudit, appendOfMany } from '../store/audit.js'
import type { Db, NewRow } from '../store/schema.js'
import { ISSUANCE_ACTS, type IssuanceAct, type IssuanceActName } from './acts.data.js'
import { hold, namedFactsHold, namedFactsOfAll } from './evidence.js'
import { assertFactsHold, factsChanged } from './rules.js'
import { VOID_REASONS } from './store/badge-life.js'
import { findDossier, lockDossiers, moveDossier, moveHeld, type Dossier } from './store/dossiers.js'

type ActOfPersons = Exclude<IssuanceActName, 'issueBadge' | 'voidApproval' | 'reopenDossier'>

/** A dossier that the actor may take a step with. @throws {DomainError} not-found or forbidden */
export async function dossierFor(
  ctx: Context,
  actor: Actor,
  act: ActOfPersons,
  publicId: string,
): Promise<Dossier> {
  return assertMay(actor, act, await findDossier(ctx.db, publicId))
}

/** @throws {DomainError} not-found or forbidden */
export function assertMay(actor: Actor, act: ActOfPersons, dossier: Dossier | undefined): Dossier {
  if (!dossier) throw noDossier()
  authorize(actor, ISSUANCE_ACTS[act].who, {
    schoolId: dossier.school_id,
    companyIds: [dossier.company_id],
  })
  return dossier
}

export type Step = Readonly<{
  act: IssuanceActName
  dossier: Dossier
  actor: Pick<Actor, 'publicId'>
  at: Date
  changes?: Partial<NewRow<'dossiers'>>
  /** Of the line of audit, when it is not the dossier. */
  subject?: string
  /** Of the line of audit, beside the digest. */
  details?: Readonly<Record<string, string>>
}>

/**
 * Takes one step, with its line of audit.
 *
 * @throws {DomainError} conflict when somebody was faster, or a fact does not hold any more
 */
export async function takeStep(trx: Db, step: Step): Promise<void> {
  const { act, dossier, changes } = step
  const { from, to, audit, factsMustHold }: IssuanceAct = ISSUANCE_ACTS[act]
  const here = from.find((state) => state === dossier.state)
  const move = here && { id: dossier.id, from: here, digest: dossier.digest }
  if (!move || !(await moveDossier(trx, move, { ...changes, state: to }))) throw notAtThisStep()
  if (factsMustHold) assertFactsHold(await namedFactsHold(trx, dossier))
  const { actor, at, subject = dossier.public_id } = step
  const line = { at, actor: actor.publicId, action: audit, subject }
  await appendAudit(trx, { ...line, details: detailsOf(step) })
}

function detailsOf({ dossier, changes, details }: Pick<Step, 'dossier' | 'changes' | 'details'>) {
  return { digest: changes?.digest ?? dossier.digest, ...details }
}

/**
 * Takes the same step with many dossiers at once. One that can’t take it stops no other.
 *
 * @param step.changes of each of them
 * @returns why some did not take it, by dossier
 */
export async function takeSteps(
  trx: Db,
  step: Pick<Step, 'act' | 'actor' | 'at' | 'changes'>,
  taken: readonly Pick<Step, 'dossier' | 'subject' | 'details'>[],
): Promise<ReadonlyMap<number, DomainError>> {
  const { from, to, audit, factsMustHold }: IssuanceAct = ISSUANCE_ACTS[step.act]
  const held = await lockDossiers(
    trx,
    taken.map(({ dossier }) => dossier.id),
  )
  const now = new Map(held.map((dossier) => [dossier.id, dossier]))
  const facts = factsMustHold && (await namedFactsOfAll(trx, held))
  const refused = new Map<number, DomainError>()
  for (const { dossier } of taken) {
    const { state, digest } = now.get(dossier.id) ?? {}
    const isHere = state === dossier.state && from.some((one) => one === state)
    if (!isHere || digest !== dossier.digest) refused.set(dossier.id, notAtThisStep())
    else if (facts && !hold(facts.get(dossier.id) ?? [])) refused.set(dossier.id, factsChanged())
  }
  const moved = taken.filter(({ dossier }) => !refused.has(dossier.id))
  const ids = moved.map(({ dossier }) => dossier.id)
  await moveHeld(trx, ids, { ...step.changes, state: to })
  await appendOfMany(
    trx,
    { at: step.at, actor: step.actor.publicId, action: audit },
    moved.map((one) => {
      const { subject = one.dossier.public_id } = one
      return { subject, details: detailsOf({ ...step, ...one }) }
    }),
  )
  return refused
}

export const REOPEN_REASONS = ['withdrawn', ...VOID_REASONS] as const
export type ReopenReason = (typeof REOPEN_REASONS)[number]

/** What a dossier becomes when it goes back: nobody has proposed, assessed, endorsed or approved it. */
export function stepsVoided(
  reason: ReopenReason,
  by: Readonly<{ at: Date; personId: number | null }>,
): Partial<NewRow<'dossiers'>> {
  return {
    digest: null,
    proposed_by_id: null,
    proposed_at: null,
    assessed_by_id: null,
    assessed_function: null,
    assessed_at: null,
    assessed_way: null,
    endorsed_by_id: null,
    endorsed_function: null,
    endorsed_at: null,
    endorsed_way: null,
    endorsement_comment: null,
    approved_by_id: null,
    approved_at: null,
    refused_by_id: null,
    refused_at: null,
    refusal_reason: null,
    reopened_at: by.at.toISOString(),
    reopened_by_id: by.personId,
    reopen_reason: reason,
  }
}

function notAtThisStep(): DomainError {
  return new DomainError('conflict', {
    fr: 'Ce dossier n’en est pas à cette étape, ou il vient de changer. Rouvrez-le.',
    en: 'This dossier is not at this step, or it has just changed. Open it again.',
  })
}

export function noDossier(): DomainError {
  return nothingHere()
}

/** Who commits to a dossier is a person at a page, never a program. @throws {DomainError} forbidden */
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
