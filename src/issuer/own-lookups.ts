import type { Context } from '../context.js'
import { skeleton } from '../credential/skeleton.js'
import { DomainError } from '../errors.js'
import { didDocumentOf, didOf } from '../people/keys.js'
import { serviceDid, serviceDidDocument } from '../people/service-keys.js'
import { listOrganisations } from '../people/store.js'
import { asService } from '../store/scope.js'
import { workOf } from '../verifier/apart/badge-work.js'
import { keysOfController } from '../verifier/issuer-documents.js'
import type { Lookups, Resembled } from '../verifier/lookups.js'
import { outsideLookups } from '../verifier/outside-lookups.js'
import { knownByLists, listedLike } from '../verifier/trust/known.js'
import type { OwnDocument } from '../verifier/vc-api/resolve-did.js'
import { loggedSince } from './logged.js'
import { statusUrl } from './status.js'
import { findStanding } from './store/lineage.js'
import { signedListAt } from './vc-api/status-list.js'

/** What is ours is looked up in the store, never over the network; the rest is asked outside. */
export function lookupsOf(ctx: Context): Lookups {
  const outside = outsideLookups(ctx.outside)
  const ownPrefix = didOf(ctx.config.publicUrl, '')
  const statusPrefix = statusUrl(ctx, '')
  const slugOf = (did: string) =>
    did.startsWith(ownPrefix) ? did.slice(ownPrefix.length) : undefined
  return {
    issuerKeys: async (issuerId, method) => {
      const slug = slugOf(issuerId)
      if (slug === undefined) return outside.issuerKeys(issuerId, method)
      const document = await didDocumentOf(ctx, slug).catch(() => undefined)
      return document ? keysOfController(document, issuerId) : { outcome: 'missing' }
    },
    statusList: async (url, options) => {
      if (!url.startsWith(statusPrefix)) return outside.statusList(url, options)
      const document = await signedListAt(ctx, url.slice(statusPrefix.length))
      return document === undefined
        ? { outcome: 'missing' }
        : { outcome: 'found', value: JSON.parse(document) as unknown }
    },
    document: outside.document,
    work: workOf(ctx.apart),
    // What is in our own store needs no memory.
    isNewestList: (url, list) =>
      url.startsWith(statusPrefix) || (outside.isNewestList?.(url, list) ?? true),
    logged: async (issuerId, credential) =>
      slugOf(issuerId) === undefined
        ? undefined
        : asService('verification', () => loggedSince(ctx, credential)),
    standing: async (issuerId, credentialId) =>
      slugOf(issuerId) === undefined
        ? undefined
        : asService('verification', () => findStanding(ctx.db, credentialId)),
    ...trustLookupsOf(ctx, slugOf),
  }
}

/** Who an issuer is, and whom its name looks like. */
function trustLookupsOf(
  ctx: Context,
  slugOf: (did: string) => string | undefined,
): Pick<Lookups, 'knows' | 'resembles'> {
  return {
    knows: async (issuerId, issuedAt) => {
      const slug = slugOf(issuerId)
      if (slug === undefined) return knownByLists(ctx, issuerId, issuedAt)
      const own = (await listOrganisations(ctx.db)).find((one) => one.slug === slug)
      return own && { name: own.name, standing: 'counts' }
    },
    resembles: (name, issuerId) => ownLike(ctx, name, issuerId),
  }
}

/** Whom a reader may take a stranger of this name for: one of ours, or one of a list. */
async function ownLike(
  ctx: Context,
  name: string,
  issuerId: string,
): Promise<Resembled | undefined> {
  const look = skeleton(name)
  const own = (await listOrganisations(ctx.db)).find((one) => skeleton(one.name) === look)
  const { host } = new URL(ctx.config.publicUrl)
  return own ? { name: own.name, domain: host } : listedLike(ctx, look, issuerId)
}

/**
 * For a look at many badges that are about to be released: what is asked for one is remembered for the others. It grows old: not for
 * longer than that.
 *
 * @returns lookups for one badge, whose work is bounded by itself
 */
export function openLookups(ctx: Context): () => Lookups {
  // What is not released yet, the book has nothing on.
  const { standing: _, ...lookups } = lookupsOf(ctx)
  const keys = once(lookups.issuerKeys)
  const lists = once(lookups.statusList)
  const known = once((issuer: string, at: string) => lookups.knows(issuer, new Date(at)))
  return () => ({
    ...lookups,
    issuerKeys: (...asked) => keys(...asked),
    statusList: (...asked) => lists(...asked),
    knows: (issuerId, issuedAt) => known(issuerId, issuedAt.toISOString()),
    work: workOf(ctx.apart),
  })
}

function once<Args extends readonly unknown[], Answer>(ask: (...args: Args) => Promise<Answer>) {
  const answers = new Map<string, Promise<Answer>>()
  return (...args: Args): Promise<Answer> => {
    const key = JSON.stringify(args)
    const answer = answers.get(key) ?? ask(...args)
    answers.set(key, answer)
    return answer
  }
}

/** The DID documents that are ours: of the service, and of its organisations. */
export function ownDidDocument(ctx: Context): OwnDocument {
  const { publicUrl } = ctx.config
  const ownPrefix = didOf(publicUrl, '')
  return async (did) => {
    if (did === serviceDid(publicUrl)) return serviceDidDocument(ctx)
    if (!did.startsWith(ownPrefix)) return undefined
    return didDocumentOf(ctx, did.slice(ownPrefix.length)).catch(nothingThere)
  }
}

function nothingThere(error: unknown): 'notFound' {
  if (error instanceof DomainError && error.code === 'not-found') return 'notFound'
  throw error
}
