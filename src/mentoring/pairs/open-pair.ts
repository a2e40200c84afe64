import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { findOrganisation, findOrganisationByPublicId } from '../../people/store.js'
import type { Db } from '../../store/schema.js'
import { enrolIn } from '../cohorts/enrol-student.js'
import { dayInWords, toDay } from '../days.js'
import { addGroup } from '../groups/open-group.js'
import { nothingHere, wrongField } from '../refusals.js'
import { kindWords } from '../schemes/index.js'
import { oneMentor, toSubject } from '../schemes/one-mentor.js'
import { findStudent, lockStudent } from '../students/store.js'
import { assertAcknowledged, keepWarnings } from '../warnings.js'
import { registrationWarnings } from './pair-rules.js'
import { toRegistration } from './registration.js'
import { hasOpenPair, insertPair, listMentorChoices } from './store.js'

export type PairInput = Readonly<{
  structureId: string
  studentId: string
  mentorId: string
  subject: string
  startedOn: string
  /** JM-03: of the registration that was made on the national site; empty: not yet. */
  registrationReference: string
  registeredOn: string
  acknowledged: readonly string[]
}>

/**
 * A school opens a pair: one of its students, and a mentor of a mentoring structure. It registers nobody: that is
 * done on the national site.
 *
 * @returns its public id
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused, unacknowledged or conflict
 */
export async function openPair(ctx: Context, actor: Actor, input: PairInput): Promise<string> {
  const student = await findStudent(ctx.db, input.studentId)
  if (!student) throw nothingHere()
  authorize(actor, 'manage-schemes', { schoolId: student.school_id })
  const sound = await soundPair(ctx.db, input)
  const school = await findOrganisation(ctx.db, student.school_id)
  const schools = school ? [school] : []
  const { owner, fromDay, mentorId, registration, subject } = sound
  return ctx.db.transaction().execute(async (trx) => {
    // Before the audit, as whoever enrols them elsewhere does.
    await lockStudent(trx, student.id)
    const opening = { scheme: oneMentor, owner, schools, fromDay, name: nameOf(sound) }
    const { id, publicId } = await addGroup(ctx, trx, actor, opening)
    const entry = { student, pointer: '/studentId', fromDay, volunteeredOn: null }
    const cohort = { id, publicId, scheme: oneMentor.code }
    const judged = await enrolIn(ctx, trx, actor, { ...entry, cohort })
    const warnings = [...registrationWarnings(registration), ...judged]
    assertAcknowledged(warnings, input.acknowledged)
    if (await hasOpenPair(trx, student.id, mentorId)) throw samePair()
    await insertPair(trx, {
      cohort_id: id,
      student_id: student.id,
      mentor_id: mentorId,
      subject,
      registration_reference: registration.reference,
      registered_on: registration.registeredOn,
    })
    const kept = { subject_kind: 'pair', subject_id: publicId, by_id: actor.personId }
    await keepWarnings(trx, warnings, { ...kept, at: ctx.now().toISOString() })
    return publicId
  })
}

async function soundPair(db: Db, input: PairInput) {
  const owner = await findOrganisationByPublicId(db, input.structureId)
  if (!owner) throw noStructure()
  oneMentor.judgeGroup({ owner, schools: [] })
  const fromDay = toDay(input.startedOn, '/startedOn')
  return {
    owner,
    fromDay,
    subject: toSubject(input.subject, '/subject'),
    mentorId: await mentorOf(db, owner.id, input.mentorId, fromDay),
    registration: toRegistration(input),
  }
}

/** « Binôme orientation du 1er octobre 2026 »: it stands in lists and alerts, and says nothing of who they are. */
function nameOf({ subject, fromDay }: Readonly<{ subject: string; fromDay: string }>): string {
  return `Binôme ${kindWords(subject).fr.toLowerCase()} du ${dayInWords(fromDay).fr}`
}

/** Whoever mentors for the structure on the day; those whose vetting was refused do not. */
async function mentorOf(db: Db, ownerId: number, publicId: string, day: string): Promise<number> {
  const mentors = await listMentorChoices(db, ownerId, day)
  const mentor = mentors.find((one) => one.publicId === publicId)
  if (mentor) return mentor.id
  throw wrongField('/mentorId', {
    fr: 'Cette personne n’est pas mentor de la structure ce jour-là. Choisissez quelqu’un dans la liste.',
    en: 'This person is no mentor of the structure on that day. Choose somebody from the list.',
  })
}

function noStructure(): DomainError {
  return wrongField('/structureId', {
    fr: 'Cette structure n’est pas connue ici. Choisissez-en une dans la liste.',
    en: 'This structure is not known here. Choose one from the list.',
  })
}

function samePair(): DomainError {
  const words = {
    fr: 'Ce jeune et ce mentor sont déjà en binôme. Terminez d’abord ce binôme, ou choisissez un autre mentor.',
    en: 'This young person and this mentor are a pair already. End that pair first, or choose another mentor.',
  }
  return new DomainError('conflict', words, { fields: [{ pointer: '/mentorId', words }] })
}
