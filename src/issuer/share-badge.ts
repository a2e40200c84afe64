import { z } from 'zod'
import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { agreeBySharing } from '../mentoring/consents/say-word.js'
import { today } from '../people/days.js'
import { hashOf } from '../people/secrets.js'
import { appendAudit } from '../store/audit.js'
import type { Db } from '../store/schema.js'
import { told, validate } from '../web/validate.js'
import type { Language } from '../words.js'
import type { ReleasedBadge } from './badge-of-student.js'
import { linkUrl } from './link-address.js'
import { newCode } from './link-code.js'
import {
  isOpen,
  lastDayOf,
  LINK_LIVES,
  LINK_SHOWS,
  type LinkLife,
  type LinkShows,
} from './link-life.js'
import { assertMayOpenLink, usualLifeOf } from './school-sharing.js'
import { insertLink, listLinks } from './store/share-links.js'

/** Open links that a badge may have: more than that, nobody remembers for whom they were. */
export const MAX_OPEN_LINKS = 20
export const MAX_LABEL = 80

const LABEL = told({
  fr: `Dites pour qui est ce lien, en ${MAX_LABEL} caractères au plus : « Stage chez… ».`,
  en: `Say for whom this link is, in ${MAX_LABEL} characters at most: “Placement at…”.`,
})
export const Label = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1, LABEL)
  .max(MAX_LABEL, LABEL)
  .refine((text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text), LABEL)

const LIFE = told({
  fr: 'Choisissez jusqu’à quand ce lien s’ouvre.',
  en: 'Choose until when this link opens.',
})
const SHOWS = told({ fr: 'Choisissez ce que ce lien montre.', en: 'Choose what this link shows.' })
export const Life = z.enum(Object.keys(LINK_LIVES) as LinkLife[], LIFE).optional()
export const Shows = z.enum(Object.keys(LINK_SHOWS) as LinkShows[], SHOWS).default('evidence')
const Wanted = z.object({
  label: Label,
  life: Life,
  shows: Shows,
  nameCheck: z.boolean().default(false),
})
export type WantedLink = Readonly<{
  badgeId: string
  label: string
  /** One of LINK_LIVES; what the school or the service proposes if nothing is said. */
  life?: string | undefined
  /** One of LINK_SHOWS; the badge and its evidence if nothing is said. */
  shows?: string | undefined
  /** Whether who has its code may ask if the badge is that of a name. */
  nameCheck?: boolean | undefined
  /** In which they read what showing it means; French if nothing is said. */
  language?: Language | undefined
}>

/**
 * Opens a link to the public page of a badge: private until then. Revoked and expired badges may be
 * shared too, and say what they are.
 *
 * @returns the address, which holds the token; we keep its hash, and itself sealed for its owner
 * @throws {DomainError} not-found or forbidden (not the student's own), invalid-request, rule-refused (too many, an
 *   agreement is missing, or no links are opened)
 */
export async function shareBadge(
  ctx: Context,
  actor: Actor,
  input: WantedLink,
): Promise<{ url: string; linkId: string }> {
  const badge = await assertMayOpenLink(ctx, actor, input.badgeId)
  const wanted = await untilUsual(ctx, badge, validate(Wanted, input))
  const language = input.language ?? 'fr'
  return ctx.db
    .transaction()
    .execute((trx) => openLink(ctx, trx, actor, { badge, wanted, language }))
}

/** What is wanted, until when its school says, where nothing is said. */
export async function untilUsual<Wished extends Readonly<{ life?: LinkLife | undefined }>>(
  ctx: Context,
  badge: ReleasedBadge,
  wished: Wished,
): Promise<Wished & Readonly<{ life: LinkLife }>> {
  return { ...wished, life: wished.life ?? (await usualLifeOf(ctx, badge)) }
}

type Opening = Readonly<{
  badge: ReleasedBadge
  wanted: z.output<typeof Wanted> & Readonly<{ life: LinkLife }>
  language: Language
}>

/** The same within the transaction of whoever has looked whose badge it is. @throws {DomainError} rule-refused */
export async function openLink(
  ctx: Context,
  trx: Db,
  actor: Actor,
  { badge, wanted: { label, life, shows, nameCheck }, language }: Opening,
): Promise<{ url: string; linkId: string }> {
  const at = ctx.now()
  const day = today(ctx)
  const linkId = ctx.newId()
  const token = ctx.newId()
  const agreed = { badge, language }
  await agreeBySharing(ctx, trx, actor, agreed)
  if (shows === 'named') await agreeBySharing(ctx, trx, actor, { ...agreed, purpose: 'named-link' })
  // First the audit: writers wait for each other on its head, so that the count below holds.
  await appendAudit(trx, {
    at,
    actor: actor.publicId,
    action: 'badge.shared',
    subject: badge.public_id,
    details: { link: linkId, life, shows, nameCheck: nameCheck ? 1 : 0 },
  })
  const open = (await listLinks(trx, [badge.id])).filter((one) => isOpen(one, day))
  if (open.length >= MAX_OPEN_LINKS) throw tooMany()
  const link = {
    public_id: linkId,
    badge_id: badge.id,
    token_hash: hashOf(token),
    token_sealed: ctx.vault.seal(token),
    label,
    created_at: at.toISOString(),
    until_day: lastDayOf(life, day),
    shows,
    name_check: nameCheck ? 1 : 0,
  }
  // Two links never have one code: the constraint decides, and another code is drawn.
  while (!(await insertLink(trx, { ...link, ...newCode(ctx) })));
  return { url: linkUrl(ctx, token), linkId }
}

function tooMany(): DomainError {
  const words = {
    fr: `Ce badge a déjà ${MAX_OPEN_LINKS} liens ouverts. Fermez ceux qui ne servent plus, puis recommencez.`,
    en: `This badge has ${MAX_OPEN_LINKS} open links already. Close those that serve no more, then try again.`,
  }
  return new DomainError('rule-refused', words, { fields: [{ pointer: '/label', words }] })
}
