import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { subjectInBoth, textInBoth } from '../../mail/both-languages.js'
import { queueLetter } from '../../mail/queue-mail.js'
import { hasWayIn } from '../../people/access-store.js'
import { authorize, may } from '../../people/authorize.js'
import { addPerson } from '../../people/create-person.js'
import { today } from '../../people/days.js'
import { domainsOf } from '../../people/authority/see-authority.js'
import { ownDomainOf } from '../../people/mail-domains.js'
import { toEmail } from '../../people/names.js'
import { assertSecondPerson, isSameMailbox, somebodyElse } from '../../people/second-person.js'
import { hashOf, newSecret } from '../../people/secrets.js'
import { toFunctionOf } from '../../people/signed-text.js'
import {
  findOrganisation,
  findPerson,
  findPersonByEmail,
  listAssignments,
  type Person,
} from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { findVersion } from '../../templates/store.js'
import { personalDataOf } from '../../mentoring/students/personal-data.js'
import { ISSUANCE_ACTS } from '../acts.data.js'
import { isStale } from '../next-move.js'
import { expiredWords } from '../rules.js'
import { noDossier, personOf } from '../steps.js'
import { findDossier, type Dossier } from '../store/dossiers.js'
import { ASKED_SUBJECT, askedText } from './letters.js'
import { insertCompanyLink, LINK_STEPS, revokeCompanyLinks, type LinkStep } from './store.js'

/** A link waits this long: as long as a step of a dossier. */
export const LINK_DAYS = 14
const DAY_MS = 86_400_000

export type CompanyQuestion = Readonly<{
  dossierId: string
  givenName: string
  familyName: string
  email: string
  /** In the company, as who asks puts it: the person may correct it. */
  function: string
}>

/**
 * Asks somebody of the company who has no account to take the next step of a dossier, by a link that is sent to
 * their mailbox and shown to nobody else. It is bound to the dossier as it is now. Asked anew, the link before
 * it closes.
 *
 * @returns the address, in a demo alone, where nobody has a mailbox
 * @throws {DomainError} not-found, forbidden, invalid-request, rule-refused or conflict
 */
export async function askCompany(
  ctx: Context,
  actor: Actor,
  question: CompanyQuestion,
): Promise<{ url: string | undefined }> {
  const { dossier, step } = await askable(ctx, actor, question.dossierId)
  const madeById = personOf(actor)
  const email = toEmail(question.email)
  assertMailReaches(ctx)
  await assertMayBeAsked(ctx, actor, { dossier, step, email })
  const token = newSecret(ctx)
  const url = `${ctx.config.publicUrl}/e/${token}`
  const forbidden = await personalDataOf(ctx, dossier.student_id)
  await ctx.db.transaction().execute(async (trx) => {
    const inside = { ...ctx, db: trx }
    const person = await personAsked(ctx, trx, actor, { ...question, email })
    const position = await toFunctionOf(inside, person.id, question.function, forbidden)
    if (step === 'endorse') await assertSecondPerson(inside, dossier.assessed_by_id, person.id)
    const asked = { dossier, step, token, person, position, madeById }
    const link = await makeLink(inside, trx, asked)
    await write(inside, trx, { dossier, step, email, url, publicId: link })
    await appendAudit(trx, {
      at: ctx.now(),
      actor: actor.publicId,
      action: 'dossier.asked-by-link',
      subject: dossier.public_id,
      details: { digest: dossier.digest ?? '', step, link, person: person.publicId },
    })
  })
  return { url: ctx.config.demo ? url : undefined }
}

type Asking = Readonly<{
  dossier: Dossier
  step: LinkStep
  token: string
  person: Person
  position: string
  madeById: number
}>

/** The one link to this step; the one before it closes. @returns its public id */
async function makeLink(ctx: Context, trx: Db, asking: Asking): Promise<string> {
  const { dossier, step, token, person, position, madeById } = asking
  const at = ctx.now()
  const publicId = ctx.newId()
  await revokeCompanyLinks(trx, { dossierId: dossier.id, step, at: at.toISOString() })
  await insertCompanyLink(trx, {
    public_id: publicId,
    token_hash: hashOf(token),
    dossier_id: dossier.id,
    step,
    digest: dossier.digest ?? '',
    person_id: person.id,
    function: position,
    made_by_id: madeById,
    made_at: at.toISOString(),
    expires_at: new Date(at.getTime() + LINK_DAYS * DAY_MS).toISOString(),
  })
  return publicId
}

/** A dossier about which the actor may ask somebody, and the step that comes next. @throws {DomainError} */
export async function askable(
  ctx: Context,
  actor: Actor,
  dossierId: string,
): Promise<{ dossier: Dossier; step: LinkStep }> {
  const dossier = await findDossier(ctx.db, dossierId)
  // Before it is proposed, the company has nothing to do with it.
  if (
    !dossier ||
    (dossier.state === 'open' && dossier.reopened_at === null && !ofSchool(actor, dossier))
  )
    throw noDossier()
  authorize(actor, 'ask-company', {
    schoolId: dossier.school_id,
    companyIds: [dossier.company_id],
  })
  const step = stepAt(dossier.state)
  if (!step) throw nothingToAsk()
  if (step === 'endorse' && !ctx.config.endorseByLink) throw isForbidden()
  const { approvalDays } = ctx.config.limits
  if (isStale(dossier, approvalDays, ctx.now()))
    throw new DomainError('gone', expiredWords(approvalDays))
  return { dossier, step }
}

/** The step that somebody of the company takes next. */
export function stepAt(state: string): LinkStep | undefined {
  return LINK_STEPS.find((step) => ISSUANCE_ACTS[step].from.some((from) => from === state))
}

function ofSchool(actor: Actor, { school_id }: Dossier): boolean {
  return may(actor, 'see-dossier', { schoolId: school_id })
}

function assertMailReaches({ config }: Context): void {
  if (config.smtpUrl !== undefined || config.demo) return
  throw new DomainError('rule-refused', {
    fr: 'Ce service n’envoie pas de courriel : invitez la personne à ouvrir un compte, sur la page « Personnes ».',
    en: 'This service sends no mail: invite the person to open an account, on the page “People”.',
  })
}

type AskedPerson = Readonly<{ dossier: Dossier; step: LinkStep; email: string }>

/** Nobody asks themselves; and a school has the company committed only at an address that is the company’s. */
async function assertMayBeAsked(
  ctx: Context,
  actor: Actor,
  { dossier, step, email }: AskedPerson,
): Promise<void> {
  const asking = await findPerson(ctx.db, personOf(actor))
  if (isSameMailbox(asking?.email, email)) throw somebodyElse()
  const known = await findPersonByEmail(ctx.db, email)
  if (known && !(await isWithoutAccount(ctx, known, dossier.company_id))) throw hasAccount()
  const ofCompany = may(actor, 'ask-company', { companyIds: [dossier.company_id] })
  if (step === 'assess' || ofCompany) return
  const company = await findOrganisation(ctx.db, dossier.company_id)
  const domain = ownDomainOf(email)
  const domains = company ? await domainsOf(ctx, company) : []
  if (domain === undefined || !domains.includes(domain)) throw notAtCompany()
}

/** Somebody of the company who was recorded, as a mentor or by a link before, and never opened an account. */
async function isWithoutAccount(ctx: Context, person: Person, companyId: number): Promise<boolean> {
  if (person.disabledAt !== null || (await hasWayIn(ctx.db, person.id))) return false
  const held = await listAssignments(ctx.db, person.id, today(ctx))
  return held.every(({ organisationId }) => organisationId === companyId)
}

async function personAsked(
  ctx: Context,
  trx: Db,
  actor: Actor,
  { givenName, familyName, email }: CompanyQuestion,
): Promise<Person> {
  const known = await findPersonByEmail(trx, email)
  return known ?? addPerson(ctx, trx, actor, { givenName, familyName, email })
}

async function write(
  ctx: Context,
  trx: Db,
  link: AskedPerson & Readonly<{ url: string; publicId: string }>,
): Promise<void> {
  const { dossier, step, email, url, publicId } = link
  const school = await findOrganisation(trx, dossier.school_id)
  const company = await findOrganisation(trx, dossier.company_id)
  const version = await findVersion(trx, dossier.template_version_id)
  const asked = {
    ...{ step, url, days: LINK_DAYS, badge: version?.definition.name ?? '' },
    ...{ school: school?.name ?? '', company: company?.name ?? '' },
  }
  await queueLetter(trx, ctx, {
    key: `company-asked ${publicId}`,
    to: { address: email, language: 'fr' },
    subject: subjectInBoth(ASKED_SUBJECT[step]),
    text: textInBoth(askedText(asked)),
  })
}

function nothingToAsk(): DomainError {
  return new DomainError('conflict', {
    fr: 'Ce dossier n’attend rien de l’entreprise à cette étape.',
    en: 'This dossier waits for nothing from the company at this step.',
  })
}

function isForbidden(): DomainError {
  return new DomainError('rule-refused', {
    fr: 'Sur ce service, l’entreprise ne s’engage pas par un lien : invitez la personne à ouvrir un compte, sur la page « Personnes ».',
    en: 'On this service a company is not committed by a link: invite the person to open an account, on the page “People”.',
  })
}

function hasAccount(): DomainError {
  return atEmail('conflict', {
    fr: 'Un compte a déjà cette adresse, ou elle ne peut pas servir ici : demandez à la personne de se connecter, ou donnez une autre adresse.',
    en: 'An account has this address already, or it can’t serve here: ask the person to sign in, or give another address.',
  })
}

function notAtCompany(): DomainError {
  return atEmail('rule-refused', {
    fr: 'Pour engager l’entreprise, il faut une adresse du domaine de l’entreprise (celui de son site ou des comptes de ses personnes). Sinon, demandez à son administrateur d’envoyer ce lien.',
    en: 'To commit the company it takes an address at the company’s domain (that of its website or of its people’s accounts). Otherwise ask its administrator to send this link.',
  })
}

function atEmail(
  code: 'conflict' | 'rule-refused',
  words: { fr: string; en: string },
): DomainError {
  return new DomainError(code, words, { fields: [{ pointer: '/email', words }] })
}
