import type { Context } from '../context.js'
import { DomainError } from '../errors.js'
import { didDocumentOf, didOf } from '../people/keys.js'
import { serviceDid, serviceDidDocument } from '../people/service-keys.js'
import { listOrganisations } from '../people/store.js'
import { workOf } from '../verifier/apart/badge-work.js'
import type { Lookups } from '../verifier/lookups.js'
import type { OwnDocument } from '../verifier/vc-api/resolve-did.js'
import { keysOfController, outsideLookups } from '../verifier/outside-lookups.js'
import { currentStatusList, statusUrl } from './status.js'

/** What is ours is looked up in the store, never over the network; the rest is asked outside. */
export function lookupsOf(ctx: Context): Lookups {
  const outside = outsideLookups(ctx.outside)
  const ownPrefix = didOf(ctx.config.publicUrl, '')
  const statusPrefix = statusUrl(ctx, '')
  const slugOf = (did: string) =>
    did.startsWith(ownPrefix) ? did.slice(ownPrefix.length) : undefined
  return {
    issuerKeys: async (issuerId) => {
      const slug = slugOf(issuerId)
      if (slug === undefined) return outside.issuerKeys(issuerId)
      const document = await didDocumentOf(ctx, slug).catch(() => undefined)
      return document ? keysOfController(document, issuerId) : { outcome: 'missing' }
    },
    statusList: async (url, options) => {
      if (!url.startsWith(statusPrefix)) return outside.statusList(url, options)
      const document = await currentStatusList(ctx, url.slice(statusPrefix.length))
      return document === undefined
        ? { outcome: 'missing' }
        : { outcome: 'found', value: JSON.parse(document) as unknown }
    },
    work: workOf(ctx.apart),
    // What is in our own store needs no memory.
    lastSeenList: (url, validFrom) =>
      url.startsWith(statusPrefix)
        ? validFrom
        : (outside.lastSeenList?.(url, validFrom) ?? validFrom),
    knows: async (issuerId) => {
      const slug = slugOf(issuerId)
      const known =
        slug === undefined
          ? undefined
          : (await listOrganisations(ctx.db)).find((one) => one.slug === slug)
      return known?.name
    },
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
