import type { Context } from '../context.js'
import { DomainError } from '../errors.js'
import type { Known } from '../people/authority/rules.js'
import { howWeKnow } from '../people/authority/see-authority.js'
import { dayAt } from '../people/days.js'
import { hashOf } from '../people/secrets.js'
import type { OurLinks } from '../verifier/fetch-badge.js'
import type { Looked } from '../verifier/lookups.js'
import type { Report } from '../verifier/report.js'
import { verifyBadge } from '../verifier/verify-badge.js'
import type { Language } from '../words.js'
import { isReleased, type ReleasedBadge } from './badge-of-student.js'
import { readSigned, type BadgeShown } from './badge-shown.js'
import { linkUrl, nameInOurUrl, readName } from './link-address.js'
import { codeFingerprint, codeOf } from './link-code.js'
import { revocationOf, type Revocation } from './my-badges.js'
import { isAgreed } from './is-agreed.js'
import { lookupsOf } from './own-lookups.js'
import { getBadge } from './store/badges.js'
import { getDossier } from './store/dossiers.js'
import { findOpenLink, findOpenLinkByCode, type ShareLink } from './store/share-links.js'
import { withdrawnFrom, type WithdrawnEndorsement } from './withdrawals/see-withdrawals.js'

export type PublicBadge = Readonly<{
  report: Report
  /** What was signed; undefined when its signature is not good: then nothing of it is shown. */
  shown: BadgeShown | undefined
  revocation: Revocation | null
  /** What its company has taken back. */
  withdrawn: readonly WithdrawnEndorsement[]
  /** How we know that company. */
  known: readonly Known[] | undefined
  /** Since which day it is held. */
  heldOn: string | null
  link: Readonly<{ url: string; code: string | null }>
}>

/** A shared badge, verified now as anybody would. @throws {DomainError} not-found */
export async function seePublicBadge(
  ctx: Context,
  token: string,
  language: Language,
): Promise<PublicBadge> {
  const { badge, link } = await atOpenLink(ctx, token)
  const around = { lookups: lookupsOf(ctx), now: ctx.now(), language }
  const report = await verifyBadge(Buffer.from(badge.badge_document), around)
  return {
    report,
    shown: report.badge === null ? undefined : readSigned(badge.badge_document),
    revocation: await revocationOf(ctx, badge),
    withdrawn: await withdrawnFrom(ctx, badge),
    known: await howWeKnow(ctx, (await getDossier(ctx.db, badge.dossier_id)).company_id),
    heldOn: badge.held_at && dayAt(new Date(badge.held_at), ctx.config.timeZone),
    link: { url: linkUrl(ctx, token), code: codeOf(ctx, link) },
  }
}

/** The badge that an open link shows. @throws {DomainError} not-found, the same for whatever reason */
export async function sharedBadge(ctx: Context, token: string): Promise<ReleasedBadge> {
  return (await atOpenLink(ctx, token)).badge
}

async function atOpenLink(
  ctx: Context,
  token: string,
): Promise<{ badge: ReleasedBadge; link: ShareLink }> {
  const link = await findOpenLink(ctx.db, hashOf(token))
  const badge = link && (await releasedAt(ctx, link))
  if (link && badge) return { badge, link }
  throw noSuchLink()
}

async function releasedAt(ctx: Context, link: ShareLink): Promise<ReleasedBadge | undefined> {
  const badge = await getBadge(ctx.db, link.badge_id)
  return isReleased(badge) && (await isAgreed(ctx, badge, link)) ? badge : undefined
}

/** What a verification of ours finds in our own store, instead of asking the network. */
export const ourLinks: OurLinks = { atUrl: badgeAtOurLink, atCode: badgeAtCode }

/**
 * The badge behind a link of ours, from the store: what is ours is never asked over the network.
 *
 * @returns undefined for an address that is not one of our links
 */
export async function badgeAtOurLink(
  ctx: Context,
  url: string,
): Promise<Looked<Uint8Array> | undefined> {
  const name = nameInOurUrl(ctx.config.publicUrl, url)
  if (name === undefined) return undefined
  const token = readName(name)?.token
  return badgeOf(ctx, token === undefined ? undefined : await findOpenLink(ctx.db, hashOf(token)))
}

/** The badge behind the open link that has a short code. @param code as we write it */
async function badgeAtCode(ctx: Context, code: string): Promise<Looked<Uint8Array>> {
  return badgeOf(ctx, await findOpenLinkByCode(ctx.db, codeFingerprint(ctx, code)))
}

async function badgeOf(ctx: Context, link: ShareLink | undefined): Promise<Looked<Uint8Array>> {
  const badge = link && (await releasedAt(ctx, link))
  return badge
    ? { outcome: 'found', value: Buffer.from(badge.badge_document) }
    : { outcome: 'missing' }
}

export function noSuchLink(): DomainError {
  return new DomainError('not-found', {
    fr: 'Ce lien n’existe pas, ou la personne qui l’avait ouvert l’a fermé. Demandez-lui un nouveau lien.',
    en: 'This link does not exist, or whoever had opened it has closed it. Ask them for a new link.',
  })
}
