import type { Context } from '../context.js'
import { hashOf } from '../people/secrets.js'
import { asService } from '../store/scope.js'
import type { OurBadge, OurLinks } from '../verifier/fetch-badge.js'
import type { Looked } from '../verifier/lookups.js'
import { checkName } from './check-name.js'
import { nameInOurUrl, readName } from './link-address.js'
import { codeFingerprint } from './link-code.js'
import { showsEvidence } from './link-life.js'
import { badgeAt } from './public-badge.js'
import { findLinkByCode, findLinkByToken, type ShareLink } from './store/share-links.js'

/** What a verification of ours finds in our own store, instead of asking the network; whoever asks, and of whatever school. */
export const ourLinks: OurLinks = {
  atUrl: (ctx, url) => asService('verification', () => badgeAtOurLink(ctx, url)),
  atCode: (ctx, code) => asService('verification', () => badgeAtCode(ctx, code)),
  checkName: (ctx, asked) => asService('verification', () => checkName(ctx, asked)),
}

/**
 * The badge behind a link of ours, from the store: what is ours is never asked over the network.
 *
 * @returns undefined for an address that is not one of our links
 */
export async function badgeAtOurLink(
  ctx: Context,
  url: string,
): Promise<Looked<OurBadge> | undefined> {
  const name = nameInOurUrl(ctx.config.publicUrl, url)
  if (name === undefined) return undefined
  const token = readName(name)?.token
  return badgeOf(
    ctx,
    token === undefined ? undefined : await findLinkByToken(ctx.db, hashOf(token)),
  )
}

/** The badge behind the open link that has a short code. @param code as we write it */
async function badgeAtCode(ctx: Context, code: string): Promise<Looked<OurBadge>> {
  return badgeOf(ctx, await findLinkByCode(ctx.db, codeFingerprint(ctx, code)))
}

async function badgeOf(ctx: Context, link: ShareLink | undefined): Promise<Looked<OurBadge>> {
  const badge = link && (await badgeAt(ctx, link))
  if (!badge) return { outcome: 'missing' }
  const bytes = Buffer.from(badge.badge_document)
  return { outcome: 'found', value: { bytes, mayTravel: showsEvidence(link) } }
}
