import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { subjectInBoth, textInBoth } from '../../mail/both-languages.js'
import { queueLetter } from '../../mail/queue-mail.js'
import { digitCodeFingerprint, newDigitCode } from '../../people/digit-codes.js'
import type { Db } from '../../store/schema.js'
import { assessAs, type Assessment } from '../assess.js'
import type { Committing } from '../committer.js'
import { endorseAs, type Commitment } from '../endorse.js'
import { CODE_SUBJECT, codeText } from './letters.js'
import { countWrongCode, saveCode, useCompanyLink } from './store.js'
import { MAX_WRONG_CODES, USED, visitByLink, type CompanyVisit } from './visit.js'

/** A code serves while its reader has the page open. */
export const CODE_MINUTES = 15
/** Of one link: who needs more asks for another link. */
const MAX_CODES = 5
const MINUTE_MS = 60_000

/**
 * Sends a code to the mailbox that the link went to: who types it reads that mailbox now, and does not just hold
 * a link that somebody passed on.
 *
 * @param visitor who is signed in where the link is opened, if anybody is
 * @returns the code, in a demo alone, where nobody has a mailbox
 * @throws {DomainError} not-found, gone, forbidden, or conflict after some of them
 */
export async function sendCode(
  ctx: Context,
  visitor: Actor | undefined,
  token: string,
): Promise<{ code: string | undefined }> {
  const { link, person } = await visitFor(ctx, visitor, token)
  if (person.email === null) throw noMailbox()
  const address = person.email
  const code = newDigitCode(ctx)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const fingerprint = digitCodeFingerprint(ctx, 'company-code', {
      linkId: link.public_id,
      code,
    })
    const kept = { fingerprint, at: at.toISOString(), most: MAX_CODES }
    if (!(await saveCode(trx, link.id, kept))) throw tooMany()
    await queueLetter(trx, ctx, {
      // Each code goes out: of two asked for at once the later counts.
      key: `company-code ${ctx.newId()}`,
      to: { address, language: 'fr' },
      subject: subjectInBoth(CODE_SUBJECT),
      text: textInBoth(codeText(code, CODE_MINUTES)),
    })
  })
  return { code: ctx.config.demo ? code : undefined }
}

/** Somebody assesses by their link, once. @throws {DomainError} as `assess`, not-found or gone */
export async function assessByLink(
  ctx: Context,
  visitor: Actor | undefined,
  input: Assessment & Readonly<{ token: string }>,
): Promise<void> {
  const visit = await visitFor(ctx, visitor, input.token)
  if (visit.step !== 'assess') throw notThisStep()
  await assessAs(ctx, committing(visit), input, useUp(visit, undefined))
}

/**
 * Somebody commits the company by their link, once, with the code that was sent to their mailbox.
 *
 * @throws {DomainError} as `endorse`, not-found, gone, or invalid-request for a wrong code
 */
export async function endorseByLink(
  ctx: Context,
  visitor: Actor | undefined,
  input: Commitment & Readonly<{ token: string; code: string }>,
): Promise<void> {
  const visit = await visitFor(ctx, visitor, input.token)
  if (visit.step !== 'endorse') throw notThisStep()
  const { link } = visit
  const fingerprint = digitCodeFingerprint(ctx, 'company-code', {
    linkId: link.public_id,
    code: input.code,
  })
  const sentAt = Date.parse(link.code_sent_at ?? '')
  const inTime = ctx.now().getTime() <= sentAt + CODE_MINUTES * MINUTE_MS
  if (!inTime || fingerprint !== link.code_fingerprint) {
    if (inTime && input.code.trim() !== '') await countWrongCode(ctx.db, link.id)
    throw wrongCode()
  }
  await endorseAs(ctx, committing(visit), input, useUp(visit, fingerprint))
}

/**
 * EN-07: a link is answered by the person that it was sent to: no program does it, nor somebody who is signed in
 * as another.
 */
async function visitFor(
  ctx: Context,
  visitor: Actor | undefined,
  token: string,
): Promise<CompanyVisit> {
  const visit = await visitByLink(ctx, token)
  if (visitor && (visitor.via !== 'session' || visitor.personId !== visit.person.id))
    throw signedInAsAnother()
  return visit
}

function committing({ dossier, person }: CompanyVisit): Committing {
  return { dossier, by: { personId: person.id, publicId: person.publicId, way: 'link' } }
}

/** Of two answers at the same moment one counts. */
function useUp({ link }: CompanyVisit, fingerprint: string | undefined) {
  return async (trx: Db, at: Date): Promise<void> => {
    const use = { at: at.toISOString(), maxWrong: MAX_WRONG_CODES, fingerprint }
    if (!(await useCompanyLink(trx, link.id, use))) throw new DomainError('gone', USED)
  }
}

function wrongCode(): DomainError {
  const words = {
    fr: `Ce code n’est pas le bon, ou il a plus de ${CODE_MINUTES} minutes : regardez le dernier courriel, ou demandez un nouveau code.`,
    en: `This code is not the right one, or is more than ${CODE_MINUTES} minutes old: look at the latest mail, or ask for a new code.`,
  }
  return new DomainError('invalid-request', words, { fields: [{ pointer: '/code', words }] })
}

function tooMany(): DomainError {
  return new DomainError('conflict', {
    fr: 'Trop de codes ont été demandés par ce lien : demandez un nouveau lien à qui vous l’a fait envoyer.',
    en: 'Too many codes were asked for by this link: ask whoever had it sent to you for a new one.',
  })
}

function noMailbox(): DomainError {
  return new DomainError('conflict', {
    fr: 'Cette personne n’a plus d’adresse ici : demandez un nouveau lien.',
    en: 'This person has no address here any more: ask for a new link.',
  })
}

function notThisStep(): DomainError {
  return new DomainError('conflict', {
    fr: 'Ce lien ne demande pas cela. Rouvrez-le.',
    en: 'This link does not ask for that. Open it again.',
  })
}

function signedInAsAnother(): DomainError {
  return new DomainError('forbidden', {
    fr: 'Ce lien est pour une autre personne que celle qui est connectée ici. Déconnectez-vous, ou laissez la personne l’ouvrir elle-même.',
    en: 'This link is for somebody else than who is signed in here. Sign out, or let the person open it themselves.',
  })
}
