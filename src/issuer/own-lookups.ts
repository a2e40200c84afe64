import type { Context } from '../context.js'
import { didDocumentOf, didOf } from '../people/keys.js'
import { listOrganisations } from '../people/store.js'
import { keysOfController } from '../verifier/issuer-documents.js'
import type { Lookups } from '../verifier/lookups.js'
import { outsideLookups } from '../verifier/outside-lookups.js'
import { currentStatusList, statusUrl } from './status.js'

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
      const document = await currentStatusList(ctx, url.slice(statusPrefix.length))
      return document === undefined
        ? { outcome: 'missing' }
        : { outcome: 'found', value: JSON.parse(document) as unknown }
    },
    // What is in our own store needs no memory.
    isNewestList: (url, list) =>
      url.startsWith(statusPrefix) || (outside.isNewestList?.(url, list) ?? true),
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
