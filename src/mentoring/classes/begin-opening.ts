import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { toName } from '../../people/names.js'
import { findOrganisationByPublicId } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import { toDay } from '../days.js'
import { pastDay } from '../facts/judge-session.js'
import { nothingHere, wrongField } from '../refusals.js'
import { today } from '../../people/days.js'
import { noCompany } from './open-class.js'
import { insertOpening, insertStep } from './opening-store.js'

export type OpeningInput = Readonly<{
  schoolId: string
  companyId: string
  /** The track that the company wishes. */
  track: string
  /** The day on which it asked: the first step. */
  day: string
  note: string
  /** The vote of the conseil d'administration, where there was one. */
  caVoteDate?: string | undefined
}>

/**
 * Begins the way to a P-TECH class, which need not be there yet, with the company that asks (PT-15).
 *
 * @returns its public id
 * @throws {DomainError} forbidden, not-found or invalid-request
 */
export async function beginOpening(
  ctx: Context,
  actor: Actor,
  input: OpeningInput,
): Promise<string> {
  const school = await findOrganisationByPublicId(ctx.db, input.schoolId)
  if (!school) throw nothingHere()
  authorize(actor, 'manage-classes', { schoolId: school.id })
  const company = await findOrganisationByPublicId(ctx.db, input.companyId)
  if (company?.kind !== 'company') throw noCompany('/companyId')
  const track = toName(input.track, '/track')
  const day = pastDay(input.day, today(ctx))
  const note = toNote(input.note)
  const ca_vote_on = input.caVoteDate ? toDay(input.caVoteDate, '/caVoteDate') : null
  const publicId = ctx.newId()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const opening_id = await insertOpening(trx, {
      public_id: publicId,
      school_id: school.id,
      company_id: company.id,
      track,
      academy_code: school.academyCode ?? '',
      ca_vote_on,
      created_at: at.toISOString(),
    })
    const step = 'DEMANDE_ENTREPRISE'
    await insertStep(trx, { opening_id, step, day, note, by_id: actor.personId })
    const action = 'opening.begun'
    const details = { company: company.publicId }
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: publicId, details })
  })
  return publicId
}

const MAX_NOTE = 1_000

/** @throws {DomainError} invalid-request */
export function toNote(text: string, pointer = '/note'): string | null {
  const note = text.trim()
  if (note.length <= MAX_NOTE) return note === '' ? null : note
  throw wrongField(pointer, {
    fr: `Ce texte a plus de ${MAX_NOTE} caractères. Raccourcissez-le.`,
    en: `This text has more than ${MAX_NOTE} characters. Shorten it.`,
  })
}
