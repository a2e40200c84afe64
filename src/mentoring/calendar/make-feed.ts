import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { hashOf, newSecret } from '../../people/secrets.js'
import { appendAudit } from '../../store/audit.js'
import { cleanText } from '../../web/tables/cell-text.js'
import type { Language } from '../../words.js'
import type { AnyCohort } from '../cohorts/store.js'
import { personOf } from '../facts/confirmation.js'
import { nothingHere, wrongField } from '../refusals.js'
import { insertFeed, listOpenFeeds, saveRevoked, type Feed } from './feed-store.js'
import { reachOf } from './reach.js'

/** More than that, and nobody remembers what each was for. */
export const MAX_FEEDS = 10
const MAX_LABEL = 80

/**
 * Makes a private address at which a program reads the calendar of a cohort, for as long as the person may.
 *
 * @param input.label for which program or device it is
 * @returns the address: it holds a secret, of which we keep the hash only
 * @throws {DomainError} forbidden, not-found, invalid-request, or rule-refused (too many)
 */
export async function makeFeed(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ cohortId: string; label: string; language: Language }>,
): Promise<{ url: string; cohort: AnyCohort }> {
  const { cohort } = await reachOf(ctx, actor, input.cohortId)
  const personId = personOf(actor)
  const label = cleanText(input.label).replaceAll(/\s+/g, ' ').trim()
  if (label === '' || label.length > MAX_LABEL) throw noLabel()
  const publicId = ctx.newId()
  const token = newSecret(ctx)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    // First the audit: writers wait for each other on its head, so that the count below holds.
    const details = { cohort: cohort.publicId }
    const action = 'feed.made'
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId, details })
    const { length: count } = await listOpenFeeds(trx, { personId, cohortId: cohort.id })
    if (count >= MAX_FEEDS) throw tooMany()
    await insertFeed(trx, {
      public_id: publicId,
      token_hash: hashOf(token),
      cohort_id: cohort.id,
      person_id: personId,
      label,
      language: input.language,
      made_at: at.toISOString(),
    })
  })
  return { url: `${ctx.config.publicUrl}/feeds/${token}.ics`, cohort }
}

/**
 * Makes the address of a feed worthless at once.
 *
 * @throws {DomainError} forbidden, or not-found (no feed of the person's, or revoked already)
 */
export async function revokeFeed(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ cohortId: string; feedId: string }>,
): Promise<void> {
  const { cohort } = await reachOf(ctx, actor, input.cohortId)
  const feed = { publicId: input.feedId, personId: personOf(actor), cohortId: cohort.id }
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await saveRevoked(trx, feed, at))) throw nothingHere()
    const line = { at, actor: actor.publicId, action: 'feed.revoked' }
    await appendAudit(trx, { ...line, subject: feed.publicId })
  })
}

/**
 * The feeds of a cohort that the actor has made: never their addresses.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function seeFeeds(
  ctx: Context,
  actor: Actor,
  cohortId: string,
): Promise<{ cohort: AnyCohort; feeds: Feed[] }> {
  const { cohort } = await reachOf(ctx, actor, cohortId)
  const of = { personId: personOf(actor), cohortId: cohort.id }
  return { cohort, feeds: await listOpenFeeds(ctx.db, of) }
}

function noLabel(): DomainError {
  return wrongField('/label', {
    fr: `Dites pour quel appareil ou quel agenda est ce lien, en ${MAX_LABEL} caractères au plus.`,
    en: `Say for which device or calendar this link is, in ${MAX_LABEL} characters at most.`,
  })
}

function tooMany(): DomainError {
  const words = {
    fr: `Vous avez déjà ${MAX_FEEDS} liens vers ce calendrier. Révoquez ceux qui ne servent plus, puis recommencez.`,
    en: `You have ${MAX_FEEDS} links to this calendar already. Revoke those that serve no more, then try again.`,
  }
  return new DomainError('rule-refused', words, { fields: [{ pointer: '/label', words }] })
}
