import type { Actor, Context } from '../../context.js'
import { queueLetter } from '../../mail/queue-mail.js'
import { authorize } from '../../people/authorize.js'
import { digitCodeFingerprint, newDigitCode } from '../../people/digit-codes.js'
import { hashOf, newSecret } from '../../people/secrets.js'
import { findOrganisation } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db, Row } from '../../store/schema.js'
import { toLanguage, type Language, type Words } from '../../words.js'
import { nothingHere, refusedBy } from '../refusals.js'
import { findStudent, lockStudent } from '../students/store.js'
import { activeOf } from './guardians.js'
import {
  insertGuardianLink,
  listGuardians,
  revokeGuardianLinks,
  type GuardianRow,
} from './guardians-store.js'
import { aroundOf } from './may-be-shown.js'
import type { Purpose } from './purposes.data.js'
import type { Scope } from './record.js'
import { voicesOf } from './standing.js'

/** In which a guardian has time to get the code from their child. */
const ASK_DAYS = 14
const DAY_MS = 24 * 60 * 60 * 1000

/** What whoever asks is told, this once. */
export type AskedOnce = Readonly<{
  code: string
  /** Else the mail is kept until a server is set, and paper is quicker. */
  isMailOn: boolean
}>

/**
 * Asks a guardian by mail. The link goes to their address; the code to whoever asks, who hands it over: a mail that was passed
 * on answers nothing by itself. What they were asked before in the same matter is replaced.
 *
 * @returns the code, shown this once
 * @throws {DomainError} forbidden, not-found, or rule-refused from 15 on
 */
export async function askGuardian(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ studentId: string; guardianId: string; purpose: Purpose; badge: Scope }>,
): Promise<AskedOnce> {
  const student = await findStudent(ctx.db, input.studentId)
  if (!student) throw nothingHere()
  const resource = { schoolId: student.school_id, studentPersonId: student.person_id }
  authorize(actor, isTheirs(actor, student) ? 'give-consent' : 'manage-consents', resource)
  const made = { token: newSecret(ctx), code: newDigitCode(ctx), linkId: ctx.newId() }
  const { purpose, badge } = input
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    const known = activeOf(await listGuardians(trx, student.id))
    const guardian = known.find((one) => one.public_id === input.guardianId)
    if (!guardian) throw nothingHere()
    const around = await aroundOf(ctx, trx, { studentId: student.id, purpose }, ctx.now())
    if (!voicesOf(around).includes(guardian.id)) throw decidesAlone()
    await makeLink(ctx, trx, { ...made, guardian, purpose, badge, madeById: actor.personId })
    await writeTo(ctx, trx, { ...made, guardian, student })
    await appendAudit(trx, {
      ...{ at: ctx.now(), actor: actor.publicId, action: 'guardian.asked' },
      subject: student.public_id,
      details: {
        ...{ guardian: guardian.public_id, link: made.linkId, purpose },
        badge: badge?.publicId ?? null,
      },
    })
  })
  return { code: made.code, isMailOn: ctx.config.smtpUrl !== undefined }
}

type Made = Readonly<{ token: string; code: string; linkId: string; guardian: GuardianRow }>

async function makeLink(
  ctx: Context,
  trx: Db,
  link: Made & Readonly<{ purpose: Purpose; badge: Scope; madeById: number | null }>,
): Promise<void> {
  const { token, code, linkId, guardian, purpose, badge, madeById } = link
  const at = ctx.now()
  const badgeId = badge?.id ?? null
  await revokeGuardianLinks(trx, guardian.id, { at: at.toISOString(), purpose, badgeId })
  await insertGuardianLink(trx, {
    ...{ public_id: linkId, guardian_id: guardian.id, purpose, badge_id: badgeId },
    ...{
      token_hash: hashOf(token),
      code_fingerprint: digitCodeFingerprint(ctx, 'guardian-code', { linkId, code }),
    },
    ...{ made_by_id: madeById, made_at: at.toISOString() },
    expires_at: new Date(at.getTime() + ASK_DAYS * DAY_MS).toISOString(),
  })
}

async function writeTo(
  ctx: Context,
  trx: Db,
  { token, linkId, guardian, student }: Made & Readonly<{ student: Row<'students'> }>,
): Promise<void> {
  if (guardian.email_sealed === null) throw nothingHere()
  const school = await findOrganisation(trx, student.school_id)
  const language = toLanguage(guardian.language)
  await queueLetter(trx, ctx, {
    key: `guardian-asked ${linkId}`,
    to: { address: ctx.vault.open(guardian.email_sealed), language },
    subject: SUBJECT[language],
    text: letterText(`${ctx.config.publicUrl}/g/${token}`, school?.name ?? '')[language],
  })
}

function isTheirs(actor: Actor, student: Readonly<{ person_id: number | null }>): boolean {
  return actor.personId !== null && actor.personId === student.person_id
}

const SUBJECT: Words = {
  fr: 'Un lycée vous demande une réponse',
  en: 'A lycée asks you for an answer',
}

function letterText(url: string, school: string): Readonly<Record<Language, string>> {
  return {
    fr: `Bonjour,

${school} vous demande une réponse, comme responsable légal d’un élève. Lisez ce qui est demandé, et répondez oui ou non, ici :

${url}

Pour répondre, il faut aussi un code à 8 chiffres, que votre enfant ou le lycée vous donne. Sans réponse de votre part, rien n’est montré.

Ce lien est pour vous seul : ne le transmettez pas. Gardez ce message : par le même lien, vous pourrez retirer votre accord tant que votre enfant a moins de 15 ans.`,
    en: `Hello,

${school} asks you for an answer, as the guardian of a student. Read what is asked, and answer yes or no, here:

${url}

To answer takes a code of 8 digits as well, which your child or the lycée gives you. Without an answer of yours, nothing is shown.

This link is for you alone: do not pass it on. Keep this message: by the same link, you can withdraw your agreement as long as your child is under 15.`,
  }
}

function decidesAlone() {
  return refusedBy('CONSENT-03', '/guardianId', {
    fr: 'Cet élève a 15 ans ou plus : il décide seul, et personne d’autre n’est à interroger.',
    en: 'This student is 15 or older: they decide alone, and nobody else is to be asked.',
  })
}
