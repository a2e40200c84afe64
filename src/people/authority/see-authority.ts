import { createHash } from 'node:crypto'
import type { Actor, Context } from '../../context.js'
import { assertAllowed, may } from '../authorize.js'
import { hostOf, ownDomainOf } from '../mail-domains.js'
import { peopleOfCompany } from '../second-person.js'
import {
  findOrganisation,
  findOrganisationByPublicId,
  findPerson,
  type Organisation,
} from '../store.js'
import { DECLARATION, knownOf, type Known } from './rules.js'
import { listProofs } from './store.js'

/** SHA-256 of the declaration as it is asked for today, in French: the text that is signed. */
export function declarationDigest(): string {
  return createHash('sha256').update(DECLARATION.fr).digest('hex')
}

/** How we know a company; for anybody. Undefined for what is no company. */
export async function howWeKnow(
  ctx: Context,
  organisationId: number,
): Promise<Known[] | undefined> {
  const organisation = await findOrganisation(ctx.db, organisationId)
  return organisation?.kind === 'company' ? knownCompany(ctx, organisation) : undefined
}

async function knownCompany(ctx: Context, organisation: Organisation): Promise<Known[]> {
  const proofs = await listProofs(ctx.db, organisation.id)
  const domains = await domainsOf(ctx, organisation)
  const company = { siret: organisation.siret, domains, text: declarationDigest() }
  return knownOf(proofs, company, ctx.now())
}

/** The domains that a company calls its own: of its website, and of its people’s addresses. */
export async function domainsOf(ctx: Context, { id, website }: Organisation): Promise<string[]> {
  const members = await peopleOfCompany(ctx, id)
  const people = await Promise.all(members.map(({ personId }) => findPerson(ctx.db, personId)))
  const found = people.map((one) => (one?.email ? ownDomainOf(one.email) : undefined))
  return [...new Set([hostOf(website), ...found].flatMap((one) => one ?? []))]
}

export type Authority = Readonly<{
  organisation: Organisation
  known: Known[]
  domains: string[]
  /** What the reader may do. */
  maySee: boolean
  mayDeclare: boolean
}>

/** The proofs of one company, for its administrator and the platform’s. @throws {DomainError} not-found or forbidden */
export async function seeAuthority(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<Authority> {
  const organisation = await companyFor(ctx, actor, publicId)
  return {
    organisation,
    known: await knownCompany(ctx, organisation),
    domains: await domainsOf(ctx, organisation),
    maySee: may(actor, 'manage-organisations', {}),
    mayDeclare: may(actor, 'declare-authority', { companyIds: [organisation.id] }),
  }
}

/** Whom a reader of its proofs may read about; what they change asks `authorize` for itself. @throws {DomainError} not-found or forbidden */
export async function companyFor(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<Organisation> {
  const found = await findOrganisationByPublicId(ctx.db, publicId)
  const organisation = found?.kind === 'company' ? found : undefined
  const ofPlatform = may(actor, 'manage-organisations', {})
  if (!organisation || !ofPlatform)
    assertAllowed(actor, 'declare-authority', organisation ? { companyIds: [organisation.id] } : {})
  if (!organisation) throw new Error('Nobody may do anything with no company.')
  return organisation
}
