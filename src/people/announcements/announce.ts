import type { Actor, Context, Role } from '../../context.js'
import { DomainError } from '../../errors.js'
import { appendAudit } from '../../store/audit.js'
import { isSchool, resourceOf } from '../assign-role.js'
import { authorize, nothingHere } from '../authorize.js'
import { today } from '../days.js'
import { textWithin, type Length } from '../signed-text.js'
import { findOrganisation, findOrganisationByPublicId } from '../store.js'
import { assertDays, audienceOf, toText, type AudienceCode } from './rules.js'
import { countOpen, findAnnouncement, insertAnnouncement, markEnded } from './store.js'

/** More, and nobody reads any. */
export const MOST_OPEN = 5
export const MOST_CHARS = 300

export type NewAnnouncement = Readonly<{
  /** Public id of a school; '' for the platform. */
  organisation: string
  to: AudienceCode
  /** Those that are ticked, where `to` says so: of the platform alone. */
  roles: readonly Role[]
  fr: string
  en: string
  fromDay: string
  untilDay: string
}>

/**
 * Says something short to who is signed in, from one day to another: plain text, in both languages. No mail is sent.
 *
 * @returns its public id
 * @throws {DomainError} not-found, forbidden, invalid-request, or rule-refused: too many at once
 */
export async function announce(
  ctx: Context,
  actor: Actor,
  input: NewAnnouncement,
): Promise<string> {
  const school = await schoolFor(ctx, actor, input.organisation)
  if (school && input.to === 'roles') throw ofPlatformAlone()
  const [fr, en] = [oneLine('/fr', input.fr), oneLine('/en', input.en)]
  assertDays(input.fromDay, input.untilDay, today(ctx))
  const audience = audienceOf(input.to, input.roles)
  const id = ctx.newId()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    // First the audit: writers wait for each other on its head, so that the count below holds.
    const details = { organisation: school?.publicId ?? null, audience: input.to }
    const line = { at, actor: actor.publicId, action: 'announcement.made', subject: id, details }
    await appendAudit(trx, line)
    if ((await countOpen(trx, school?.id ?? null, today(ctx))) >= MOST_OPEN) throw tooMany()
    await insertAnnouncement(trx, {
      ...{ public_id: id, organisation_id: school?.id ?? null, audience: toText(audience) },
      ...{ text_fr: fr, text_en: en, from_day: input.fromDay, until_day: input.untilDay },
      made_at: at.toISOString(),
    })
  })
  return id
}

/** Ends one before its last day. @throws {DomainError} not-found, forbidden */
export async function endAnnouncement(ctx: Context, actor: Actor, publicId: string): Promise<void> {
  const found = await findAnnouncement(ctx.db, publicId)
  const ofPlatform = found?.organisationId === null
  const school = found?.organisationId
    ? await findOrganisation(ctx.db, found.organisationId)
    : undefined
  authorize(actor, 'announce', ofPlatform ? {} : resourceOf(school))
  if (!found) throw nothingHere()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await markEnded(trx, found.id, at.toISOString()))) return
    const line = { actor: actor.publicId, action: 'announcement.ended', subject: publicId }
    await appendAudit(trx, { at, ...line })
  })
}

async function schoolFor(ctx: Context, actor: Actor, publicId: string) {
  const found = publicId === '' ? undefined : await findOrganisationByPublicId(ctx.db, publicId)
  const school = found && isSchool(found) ? found : undefined
  authorize(actor, 'announce', resourceOf(school))
  if (publicId !== '' && !school) throw nothingHere()
  return school
}

/** A notice is one paragraph: what is on several lines is put together. */
function oneLine(pointer: string, typed: string): string {
  return textWithin(TEXT, pointer, typed.replace(/\s+/gu, ' '))
}

const TEXT: Length = {
  least: 5,
  most: MOST_CHARS,
  cure: { fr: 'Écrivez une ou deux phrases', en: 'Write one or two sentences' },
}

function ofPlatformAlone(): DomainError {
  const words = {
    fr: 'Un lycée s’adresse à tous, à ses adultes ou à ses élèves : choisissez l’un des trois.',
    en: 'A lycée speaks to everybody, its adults or its students: choose one of the three.',
  }
  return new DomainError('invalid-request', words, { fields: [{ pointer: '/to', words }] })
}

function tooMany(): DomainError {
  return new DomainError('rule-refused', {
    fr: `Il y a déjà ${MOST_OPEN} annonces en cours ou à venir. Terminez-en une, puis recommencez.`,
    en: `There are ${MOST_OPEN} notices now or to come already. End one, then try again.`,
  })
}
