import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import { personOf } from '../mentoring/facts/confirmation.js'
import { findStudent } from '../mentoring/facts/facts.js'
import { authorize } from '../people/authorize.js'
import { appendAudit } from '../store/audit.js'
import { findVersion, type Version } from '../templates/store.js'
import { ISSUANCE_ACTS } from './acts.data.js'
import { insertDossier } from './store/dossiers.js'
import { noDossier, toUuidUrn } from './steps.js'

/**
 * A student and a published template version meet.
 *
 * @returns the public id of the dossier
 * @throws {DomainError} not-found, forbidden, rule-refused (not published), conflict (there is one)
 */
export async function openDossier(
  ctx: Context,
  actor: Actor,
  input: Readonly<{ studentId: string; versionId: number }>,
): Promise<string> {
  const student = await findStudent(ctx.db, input.studentId)
  const version = await findVersion(ctx.db, input.versionId)
  if (!student || !version) throw noDossier()
  authorize(actor, ISSUANCE_ACTS.openDossier.who, { schoolId: student.school_id })
  assertAwardable(version)
  const publicId = ctx.newId()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    // First: who opens the same one waits here, also a batch that has opened others.
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: ISSUANCE_ACTS.openDossier.audit,
      subject: publicId,
    })
    const id = await insertDossier(trx, {
      public_id: publicId,
      student_id: student.id,
      template_version_id: version.id,
      school_id: student.school_id,
      company_id: version.creatorId,
      state: ISSUANCE_ACTS.openDossier.to,
      subject: toUuidUrn(ctx.randomBytes(16)),
      opened_by_id: personOf(actor),
      opened_at: at.toISOString(),
    })
    if (id === undefined) {
      throw new DomainError('conflict', {
        fr: 'Cet élève a déjà un dossier pour ce badge.',
        en: 'This student has a dossier for this badge already.',
      })
    }
  })
  return publicId
}

/** @throws {DomainError} rule-refused for a version that is not published, archived, or endorsed no more */
export function assertAwardable(version: Version): void {
  assertStandsBy(version)
  if (version.publishedAt !== null && version.archivedAt === null) return
  throw new DomainError('rule-refused', {
    fr: 'Ce badge n’est pas publié, ou il est archivé : il ne peut pas être attribué.',
    en: 'This badge is not published, or it is archived: it can’t be awarded.',
  })
}

/** @throws {DomainError} rule-refused for a definition by which its company stands no more */
export function assertStandsBy({ withdrawal }: Version): void {
  if (withdrawal === null) return
  throw new DomainError('rule-refused', {
    fr: 'L’entreprise a retiré son endossement de cette version du badge : elle ne peut plus être attribuée. Demandez-lui une nouvelle version.',
    en: 'The company has withdrawn its endorsement of this version of the badge: it can’t be awarded any more. Ask it for a new version.',
  })
}
