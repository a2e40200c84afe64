import type { Context } from '../context.js'
import { didDocument, jwks, toDidWeb, type OwnKey } from '../credential/did.js'
import type { Signer } from '../credential/sign-credential.js'
import { DomainError } from '../errors.js'
import { findOrganisation, findOrganisationBySlug, listKeys, type Organisation } from './store.js'

/** The identifier under which an organisation signs: `did:web:sceau.example:orgs:lycee-voltaire`. */
export function didOf(publicUrl: string, slug: string): string {
  return toDidWeb(publicUrl, ['orgs', slug])
}

/**
 * What signs for an organisation now: its newest key that is neither retired nor revoked.
 *
 * @throws {Error} when it has none, or when the key is in the database and not in the key ring
 */
export async function activeSigner(ctx: Context, organisationId: number): Promise<Signer> {
  const organisation = await findOrganisation(ctx.db, organisationId)
  if (!organisation) throw new Error(`There is no organisation ${organisationId}.`)
  const keys = await keysOf(ctx, organisation)
  const active = keys.findLast((key) => key.retiredAt === null && key.revokedAt === null)
  if (!active) throw new Error(`The organisation ${organisation.publicId} has no key in use.`)
  const { publicKeyMultibase } = active
  if (!(await ctx.keys.has(publicKeyMultibase))) {
    throw new Error(`The key ${publicKeyMultibase} is not in the key ring: restore its file.`)
  }
  const controller = didOf(ctx.config.publicUrl, organisation.slug)
  return {
    id: `${controller}#${publicKeyMultibase}`,
    controller,
    publicKeyMultibase,
    sign: (bytes) => ctx.keys.sign(publicKeyMultibase, bytes),
  }
}

/** What `/orgs/{slug}/did.json` answers. @throws {DomainError} not-found */
export async function didDocumentOf(ctx: Context, slug: string): Promise<Record<string, unknown>> {
  const organisation = await published(ctx, slug)
  return didDocument(didOf(ctx.config.publicUrl, slug), await keysOf(ctx, organisation))
}

/** What `/orgs/{slug}/jwks.json` answers. @throws {DomainError} not-found */
export async function jwksOf(
  ctx: Context,
  slug: string,
): Promise<{ keys: Record<string, string>[] }> {
  const organisation = await published(ctx, slug)
  return jwks(didOf(ctx.config.publicUrl, slug), await keysOf(ctx, organisation))
}

async function published(ctx: Context, slug: string): Promise<Organisation> {
  const organisation = await findOrganisationBySlug(ctx.db, slug)
  if (organisation) return organisation
  throw new DomainError('not-found', {
    fr: 'Aucune organisation n’a cette adresse.',
    en: 'No organisation has this address.',
  })
}

async function keysOf(ctx: Context, { id }: Organisation): Promise<OwnKey[]> {
  const rows = await listKeys(ctx.db, id)
  return rows.map((row) => ({
    publicKeyMultibase: row.public_key_multibase,
    retiredAt: row.retired_at,
    revokedAt: row.revoked_at,
  }))
}
