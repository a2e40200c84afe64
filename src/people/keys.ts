import type { Context } from '../context.js'
import { didDocument, jwks, toDidWeb, type OwnKey, type RsaJwk } from '../credential/did.js'
import { SKEW_MS } from '../credential/instant.js'
import type { Signer } from '../credential/sign-credential.js'
import { DomainError } from '../errors.js'
import type { Db } from '../store/schema.js'
import {
  findKey,
  handleOf,
  holdActive,
  kindOfKey,
  stageOfKey,
  type KeyKind,
  type StoredKey,
} from './key-store.js'
import { findOrganisation, findOrganisationBySlug, listKeys, type Organisation } from './store.js'

/** Others may keep a copy of our keys this long. */
export const KEY_CACHE_SECONDS = 300
/** From its announcement a key waits until every copy without it has ended, on any clock that we take for right. */
export const ANNOUNCED_MS = KEY_CACHE_SECONDS * 1000 + SKEW_MS

/** The identifier under which an organisation signs: `did:web:sceau.example:orgs:lycee-voltaire`. */
export function didOf(publicUrl: string, slug: string): string {
  return toDidWeb(publicUrl, ['orgs', slug])
}

/**
 * What signs badges, endorsements and lists for an organisation now: its one active Ed25519 key.
 *
 * @throws {Error} when it has none
 */
export async function activeSigner(ctx: Context, organisationId: number): Promise<Signer> {
  const organisation = await findOrganisation(ctx.db, organisationId)
  if (!organisation) throw new Error(`There is no organisation ${organisationId}.`)
  const active = await activeKey(ctx.db, organisation.id, 'Ed25519')
  if (!active) throw new Error(`The organisation ${organisation.publicId} has no key in use.`)
  const key = handleOf(active)
  const controller = didOf(ctx.config.publicUrl, organisation.slug)
  return {
    id: `${controller}#${key.name}`,
    controller,
    publicKeyMultibase: key.name,
    sign: (bytes) => ctx.keys.sign(key, bytes),
  }
}

/** The key of a kind that signs for an organisation now; it may have no RSA key yet. */
export async function activeKey(
  db: Db,
  organisationId: number,
  kind: KeyKind,
): Promise<StoredKey | undefined> {
  const keys = await listKeys(db, organisationId)
  return keys.find((key) => kindOfKey(key) === kind && stageOfKey(key) === 'active')
}

/** The key that signed was retired or revoked before its signature was kept: another signs now. */
export class KeyChanged extends Error {
  override readonly name = 'KeyChanged'

  /** @param what of what, for whoever reads the log */
  constructor(what: string) {
    super(`key-changed: ${what}`)
  }
}

/**
 * Keeps what was signed, in one transaction with the assurance that the key named in it still signs: what an
 * ended key has signed last is never kept, so it never leaves.
 *
 * @param document a credential of one of our organisations, signed
 * @throws {KeyChanged} nothing was kept: sign again
 */
export function whileItSigns<Kept>(
  ctx: Context,
  document: string,
  keep: (trx: Db) => Promise<Kept>,
): Promise<Kept> {
  return whileKeySigns(ctx, keyNamedIn(document), keep)
}

/** The same for what names its key elsewhere. @param key its name */
export function whileKeySigns<Kept>(
  ctx: Context,
  key: string,
  keep: (trx: Db) => Promise<Kept>,
): Promise<Kept> {
  return ctx.db.transaction().execute(async (trx) => {
    if (!(await holdActive(trx, key))) throw new KeyChanged(`the key ${key} signs no more`)
    return keep(trx)
  })
}

/**
 * The same for what several keys have signed.
 *
 * @param signed.key the public half of the key that has signed it
 * @param keep what is kept of those whose key still signs
 * @returns those of which nothing was kept, because their key signs no more: sign them again
 */
export async function whileTheySign<One extends Readonly<{ key: string }>>(
  ctx: Context,
  signed: readonly One[],
  keep: (trx: Db, held: readonly One[]) => Promise<void>,
): Promise<One[]> {
  if (signed.length === 0) return []
  const byKey = Map.groupBy(signed, ({ key }) => key)
  return ctx.db.transaction().execute(async (trx) => {
    const ended = new Set<string>()
    // In one order for all: of two that hold several keys neither waits for the other.
    for (const key of [...byKey.keys()].toSorted())
      if (!(await holdActive(trx, key))) ended.add(key)
    await keep(
      trx,
      signed.filter(({ key }) => !ended.has(key)),
    )
    return signed.filter(({ key }) => ended.has(key))
  })
}

/** Whether the key that signed a document of ours was revoked since: then nobody need believe it. */
export async function isOfRevokedKey(db: Db, document: string): Promise<boolean> {
  const key = await findKey(db, keyNamedIn(document))
  return key !== undefined && stageOfKey(key) === 'revoked'
}

/** @returns '' for what is signed by nobody */
function keyNamedIn(document: string): string {
  const { proof } = JSON.parse(document) as { proof?: [{ verificationMethod: string }] }
  return proof?.[0].verificationMethod.split('#')[1] ?? ''
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
    ...publicHalfOf(row),
    retiredAt: row.retired_at,
    revokedAt: row.revoked_at,
  }))
}

function publicHalfOf({ public_key_multibase: name, public_key_jwk: jwk }: StoredKey) {
  return jwk === null
    ? { publicKeyMultibase: name }
    : { thumbprint: name, rsa: JSON.parse(jwk) as RsaJwk }
}
