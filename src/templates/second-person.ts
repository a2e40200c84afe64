import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { authorize, may, organisationsWith } from '../people/authorize.js'
import { today } from '../people/days.js'
import { assertSecondPerson, isAlone, peopleOfCompany, type Way } from '../people/second-person.js'
import { listPartnerships } from './partners-store.js'
import type { Proposal, Version } from './store.js'

/** EN-08: a proposal waits this long for the second person. */
export function isStale({ at }: Proposal, days: number, now: Date): boolean {
  return now.getTime() > Date.parse(at) + days * DAY_MS
}
const DAY_MS = 86_400_000

/**
 * As what somebody may publish a version of a company: as one of its people; or, while it has one only, as the
 * liaison officer of a partner school.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function wayToPublish(ctx: Context, actor: Actor, companyId: number): Promise<Way> {
  if (await mayStandIn(ctx, actor, companyId)) return 'liaison'
  authorize(actor, 'publish-template', { companyIds: [companyId] })
  return 'account'
}

/** Whether somebody may publish only because the company has nobody else. */
export async function mayStandIn(ctx: Context, actor: Actor, companyId: number): Promise<boolean> {
  if (may(actor, 'publish-template', { companyIds: [companyId] })) return false
  const schools = organisationsWith(actor, 'stand-in-for-company')
  const partners = await listPartnerships(ctx.db, schools, today(ctx))
  return partners.some((one) => one.companyId === companyId) && (await isAlone(ctx, companyId))
}

/**
 * The proposal that a second person may follow: somebody else's, who is still of the company.
 *
 * @throws {DomainError} conflict (there is none), gone (EN-08), forbidden (EN-01, EN-06)
 */
export async function proposalFor(
  ctx: Context,
  version: Version,
  personId: number,
): Promise<Proposal> {
  const { proposal, creatorId } = version
  const days = ctx.config.limits.approvalDays
  if (proposal === null || proposal.digest !== version.digest) throw notProposed()
  await assertSecondPerson(ctx, proposal.byId, personId)
  if (isStale(proposal, days, ctx.now())) throw waitedTooLong(days)
  const people = await peopleOfCompany(ctx, creatorId)
  if (!people.some((one) => one.personId === proposal.byId)) throw hasLeft()
  return proposal
}

/** Why somebody can’t publish it now; undefined: they can. */
export async function whyNotPublish(
  ctx: Context,
  version: Version,
  personId: number,
): Promise<DomainError | undefined> {
  try {
    await proposalFor(ctx, version, personId)
    return undefined
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
}

export function notProposed(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette version attend une seconde personne : l’une la propose, une autre de l’entreprise la publie. Personne ne l’a encore proposée telle qu’elle est.',
    en: 'This version waits for a second person: one proposes it, another of the company publishes it. Nobody has proposed it yet as it is.',
  })
}

function waitedTooLong(days: number): DomainError {
  return new DomainError('gone', {
    fr: `Cette proposition attend depuis plus de ${days} jours : proposez de nouveau la version.`,
    en: `This proposal has waited for more than ${days} days: propose the version again.`,
  })
}

function hasLeft(): DomainError {
  return new DomainError('forbidden', {
    fr: 'La personne qui a proposé cette version n’est plus de l’entreprise : proposez-la de nouveau.',
    en: 'Whoever proposed this version is of the company no more: propose it again.',
  })
}
