import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { subjectInBoth, textInBoth } from '../../mail/both-languages.js'
import { queueLetter } from '../../mail/queue-mail.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import type { Words } from '../../words.js'
import { authorize, may } from '../authorize.js'
import { today } from '../days.js'
import { toEmail } from '../names.js'
import { hashOf, newSecret } from '../secrets.js'
import { textWithin, toFunctionOf, type Length } from '../signed-text.js'
import { findOrganisation, type Organisation } from '../store.js'
import { expiryOf, type ProofKind } from './rules.js'
import { companyFor, declarationDigest, domainsOf } from './see-authority.js'
import {
  findDomainQuestion,
  insertDomainQuestion,
  insertProof,
  useDomainQuestion,
} from './store.js'

const SOURCE: Length = {
  least: 3,
  most: 120,
  cure: {
    fr: 'Dites dans quel registre vous l’avez vu, par exemple « Annuaire des entreprises »',
    en: 'Say in which register you saw it, such as “Annuaire des entreprises”',
  },
}
/** A mail waits this long for its answer. */
const ANSWER_DAYS = 14
const DAY_MS = 86_400_000

/**
 * The platform’s administrator has seen the SIRET of a company in the public register, with its name. It is a person
 * who looked: nothing is fetched.
 *
 * @throws {DomainError} not-found, forbidden, or invalid-request: no SIRET, a day to come
 */
export async function recordSiretSeen(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ organisationId: string; source: string; day: string }>,
): Promise<void> {
  const company = await companyFor(ctx, actor, input.organisationId)
  authorize(actor, 'manage-organisations', { companyIds: [company.id] })
  if (company.siret === null) throw wrong('/source', NO_SIRET)
  const source = textWithin(SOURCE, '/source', input.source)
  if (input.day > today(ctx)) throw wrong('/day', TO_COME)
  if (new Date(expiryOf(new Date(`${input.day}T00:00:00Z`))) <= ctx.now())
    throw wrong('/day', TOO_OLD)
  const proof = { kind: 'siret', value: company.siret, source, day: input.day } as const
  await ctx.db.transaction().execute((trx) => keep(ctx, trx, { company, actor, proof }))
}

/** The company’s administrator declares that they may commit it. @throws {DomainError} */
export async function declareAuthority(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ organisationId: string; function: string; digest: string }>,
): Promise<void> {
  const company = await companyFor(ctx, actor, input.organisationId)
  authorize(actor, 'declare-authority', { companyIds: [company.id] })
  if (actor.personId === null || actor.via !== 'session') throw atPage()
  if (input.digest !== declarationDigest()) throw new DomainError('conflict', OTHER_TEXT)
  const source = await toFunctionOf(ctx, actor.personId, input.function)
  const proof = { kind: 'declaration', value: input.digest, source, day: today(ctx) } as const
  await ctx.db.transaction().execute((trx) => keep(ctx, trx, { company, actor, proof }))
}

/**
 * Sends a mail to an address at a domain of the company: whoever answers it reads mail there. The link is shown to
 * nobody else.
 *
 * @returns the address of the page, in a demo alone, where nobody has a mailbox
 * @throws {DomainError} not-found, forbidden, or invalid-request: an address elsewhere
 */
export async function askDomain(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ organisationId: string; email: string }>,
): Promise<{ url: string | undefined }> {
  const company = await companyFor(ctx, actor, input.organisationId)
  const ofPlatform = may(actor, 'manage-organisations', {})
  const action = ofPlatform ? 'manage-organisations' : 'declare-authority'
  authorize(actor, action, { companyIds: [company.id] })
  const email = toEmail(input.email)
  const domain = email.split('@').at(-1) ?? ''
  if (actor.personId === null) throw atPage()
  const madeById = actor.personId
  if (!(await domainsOf(ctx, company)).includes(domain)) throw wrong('/email', ELSEWHERE)
  if (ctx.config.smtpUrl === undefined && !ctx.config.demo)
    throw new DomainError('rule-refused', NO_MAIL)
  const token = newSecret(ctx)
  const url = `${ctx.config.publicUrl}/d/${token}`
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await insertDomainQuestion(trx, {
      ...{ organisation_id: company.id, domain, token_hash: hashOf(token), made_by_id: madeById },
      made_at: at.toISOString(),
      expires_at: new Date(at.getTime() + ANSWER_DAYS * DAY_MS).toISOString(),
    })
    await queueLetter(trx, ctx, {
      key: `domain-asked ${ctx.newId()}`,
      to: { address: email, language: 'fr' },
      subject: subjectInBoth(LETTER_SUBJECT),
      text: textInBoth(letterText(company.name, url)),
    })
    const line = { at, actor: actor.publicId, action: 'authority.domain-asked' }
    await appendAudit(trx, { ...line, subject: company.publicId })
  })
  return { url: ctx.config.demo ? url : undefined }
}

export type DomainQuestion = Readonly<{ company: Organisation; domain: string }>

/** What a link of such a mail asks. To look at it uses nothing up. @throws {DomainError} not-found or gone */
export async function seeDomainQuestion(ctx: Context, token: string): Promise<DomainQuestion> {
  const { question, company } = await openQuestion(ctx, token)
  return { company, domain: question.domain }
}

/** Somebody who reads mail at the domain says that it is the company’s, once. @throws {DomainError} not-found or gone */
export async function answerDomain(ctx: Context, token: string): Promise<void> {
  const { question, company } = await openQuestion(ctx, token)
  const at = ctx.now().toISOString()
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await useDomainQuestion(trx, question.id, at))) throw new DomainError('gone', CLOSED)
    const proof = {
      kind: 'domain',
      value: question.domain,
      source: 'mail',
      day: today(ctx),
    } as const
    await keep(ctx, trx, { company, actor: { publicId: 'mailbox', personId: null }, proof })
  })
}

async function openQuestion(ctx: Context, token: string) {
  const question = await findDomainQuestion(ctx.db, hashOf(token))
  const company = question && (await findOrganisation(ctx.db, question.organisation_id))
  if (!question || !company) throw new DomainError('not-found', UNKNOWN)
  if (question.used_at !== null || ctx.now() >= new Date(question.expires_at))
    throw new DomainError('gone', CLOSED)
  return { question, company }
}

type Keeping = Readonly<{
  company: Organisation
  actor: Pick<Actor, 'publicId' | 'personId'>
  proof: Readonly<{ kind: ProofKind; value: string; source: string; day: string }>
}>

async function keep(ctx: Context, trx: Db, { company, actor, proof }: Keeping): Promise<void> {
  const at = ctx.now()
  await insertProof(trx, {
    ...proof,
    organisation_id: company.id,
    by_id: actor.personId,
    at: at.toISOString(),
    // What was seen on a day proves that day, however late it is written down.
    expires_at: expiryOf(proof.kind === 'siret' ? new Date(`${proof.day}T00:00:00Z`) : at),
  })
  await appendAudit(trx, {
    at,
    actor: actor.publicId,
    action: 'authority.proved',
    subject: company.publicId,
    details: { kind: proof.kind },
  })
}

const LETTER_SUBJECT: Words = {
  fr: 'Cette adresse est-elle bien à votre entreprise ?',
  en: 'Is this address your company’s?',
}

function letterText(company: string, url: string): Words {
  return {
    fr: `Bonjour,

« ${company} » donne cette adresse comme étant la sienne sur un service de badges de compétences. Si c’est bien le cas, ouvrez cette page et confirmez-le :

${url}

L’ouvrir n’engage à rien. Le lien sert une fois et vaut ${ANSWER_DAYS} jours. Si ce n’est pas le cas, ne faites rien.`,
    en: `Hello,

“${company}” gives this address as its own on a service of badges of competency. If it is, open this page and confirm it:

${url}

To open it commits you to nothing. The link serves once and lasts ${ANSWER_DAYS} days. If it is not, do nothing.`,
  }
}

function wrong(pointer: string, words: Words): DomainError {
  return new DomainError('invalid-request', words, { fields: [{ pointer, words }] })
}

function atPage(): DomainError {
  return new DomainError('forbidden', {
    fr: 'Une personne doit le faire elle-même, connectée à son compte.',
    en: 'A person must do this, signed in to their account.',
  })
}

const NO_SIRET: Words = {
  fr: 'Cette entreprise n’a pas de SIRET ici : il n’y a rien à vérifier.',
  en: 'This company has no SIRET here: there is nothing to look up.',
}
const TO_COME: Words = {
  fr: 'Ce jour est à venir : donnez celui où vous avez regardé.',
  en: 'This day is to come: give the one on which you looked.',
}
const TOO_OLD: Words = {
  fr: 'Ce jour date de plus d’un an : la preuve ne vaudrait plus. Regardez de nouveau dans le registre, et donnez le jour d’aujourd’hui.',
  en: 'This day is more than a year ago: the proof would count no more. Look in the register again, and give today’s day.',
}
const OTHER_TEXT: Words = {
  fr: 'Le texte de la déclaration a changé : relisez-le.',
  en: 'The text of the declaration has changed: read it again.',
}
const ELSEWHERE: Words = {
  fr: 'Cette adresse n’est à aucun domaine de l’entreprise : ni celui de son site, ni celui de ses personnes.',
  en: 'This address is at no domain of the company: neither its website’s nor its people’s.',
}
const NO_MAIL: Words = {
  fr: 'Ce service n’envoie pas de courriel : un domaine ne peut pas être prouvé.',
  en: 'This service sends no mail: a domain can’t be proved.',
}
const UNKNOWN: Words = {
  fr: 'Ce lien n’existe pas. Vérifiez que vous l’avez copié en entier.',
  en: 'This link does not exist. Check that you copied all of it.',
}
const CLOSED: Words = {
  fr: 'Ce lien a déjà servi, ou il a expiré.',
  en: 'This link has served already, or has expired.',
}
