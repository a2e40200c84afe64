import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { toName } from '../../people/names.js'
import { findOrganisation } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db, Row } from '../../store/schema.js'
import { toDay } from '../days.js'
import { pastDay } from '../facts/judge-session.js'
import { nothingHere } from '../refusals.js'
import { assertAcknowledged, keepWarnings, type Warning } from '../warnings.js'
import { toNote } from './begin-opening.js'
import { toSoundClass, writeClass, type SoundClass } from './open-class.js'
import {
  assertStepInOrder,
  openingWarnings,
  toOpeningStep,
  type OpeningStep,
} from './opening-rules.js'
import {
  findOpening,
  insertStep,
  listSteps,
  lockOpening,
  saveOpened,
  saveVote,
} from './opening-store.js'
import { insertClassPerson } from './people-store.js'

export type StepInput = Readonly<{
  openingId: string
  step: string
  day: string
  note: string
  /** Of EXPLORATION: who took part for the corps d'inspection, and for the Dgesco. */
  inspectors: string
  dgesco: string
  /** Of OUVERTE: the class that opens, and its academic referent if one is designated. */
  className: string
  mef: string
  referentName: string
  caVoteDate: string
  acknowledged: readonly string[]
}>

/**
 * Dates a step of the way to a class (PT-15). The last one opens the class with its principal company (PT-09).
 *
 * @returns the public id of the class, once it is open
 * @throws {DomainError} forbidden, not-found, invalid-request, rule-refused, unacknowledged or conflict
 */
export async function recordStep(
  ctx: Context,
  actor: Actor,
  input: StepInput,
): Promise<string | undefined> {
  const opening = await findOpening(ctx.db, input.openingId)
  if (!opening) throw nothingHere()
  authorize(actor, 'manage-classes', { schoolId: opening.school_id })
  const step = toStep(input, today(ctx))
  const done = await listSteps(ctx.db, [opening.id])
  assertStepInOrder(done, step)
  const opens = step.step === 'OUVERTE' ? await classToOpen(ctx, actor, opening, input) : undefined
  const warnings = [
    ...openingWarnings(done, { ...step, hasReferent: step.referent !== null }),
    ...(opens?.warnings ?? []),
  ]
  assertAcknowledged(warnings, input.acknowledged)
  return ctx.db.transaction().execute(async (trx) => {
    if ((await lockOpening(trx, opening.id)) !== null) throw openAlready()
    assertStepInOrder(await listSteps(trx, [opening.id]), step)
    return writeStep(ctx, trx, actor, { opening, step, opens, warnings })
  })
}

type SoundStep = Readonly<{
  step: OpeningStep
  day: string
  note: string | null
  inspectors: string | null
  dgesco: string | null
  referent: string | null
  caVoteOn: string | null
}>

/** What a step says; what belongs to another one is left out. */
function toStep(input: StepInput, today: string): SoundStep {
  const step = toOpeningStep(input.step)
  const isExploration = step === 'EXPLORATION'
  const isLast = step === 'OUVERTE'
  const referent = isLast && input.referentName.trim() !== ''
  return {
    step,
    day: pastDay(input.day, today),
    note: toNote(input.note),
    inspectors: isExploration ? toNote(input.inspectors, '/inspectors') : null,
    dgesco: isExploration ? toNote(input.dgesco, '/dgesco') : null,
    referent: referent ? toName(input.referentName, '/referentName') : null,
    caVoteOn: input.caVoteDate === '' ? null : toDay(input.caVoteDate, '/caVoteDate'),
  }
}

async function classToOpen(
  ctx: Context,
  actor: Actor,
  opening: Row<'class_openings'>,
  input: StepInput,
): Promise<SoundClass> {
  const school = await findOrganisation(ctx.db, opening.school_id)
  const company = await findOrganisation(ctx.db, opening.company_id)
  if (!school || !company) throw nothingHere()
  return toSoundClass(ctx, actor, {
    schoolId: school.publicId,
    name: input.className,
    mef: input.mef,
    track: opening.track,
    principalCompanyId: company.publicId,
    fromDay: input.day,
  })
}

async function writeStep(
  ctx: Context,
  trx: Db,
  actor: Actor,
  of: Readonly<{
    opening: Row<'class_openings'>
    step: SoundStep
    opens: SoundClass | undefined
    warnings: readonly Warning[]
  }>,
): Promise<string | undefined> {
  const { opening, opens, warnings } = of
  const { referent, caVoteOn, ...step } = of.step
  const at = ctx.now()
  await insertStep(trx, { ...step, opening_id: opening.id, by_id: actor.personId })
  if (caVoteOn !== null) await saveVote(trx, opening.id, caVoteOn)
  const kept = { subject_kind: 'opening', subject_id: opening.public_id, by_id: actor.personId }
  await keepWarnings(trx, warnings, { ...kept, at: at.toISOString() })
  const action = 'opening.step-dated'
  const details = { step: step.step }
  const subject = opening.public_id
  await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
  if (!opens) return undefined
  const opened = await writeClass(ctx, trx, actor, opens)
  await saveOpened(trx, opening.id, opened.id)
  if (referent !== null) {
    await insertClassPerson(trx, {
      public_id: ctx.newId(),
      class_id: opened.id,
      function: 'ACADEMIC_REFERENT',
      name: referent,
      from_day: step.day,
    })
  }
  return opened.publicId
}

function openAlready(): DomainError {
  return new DomainError('conflict', {
    fr: 'La classe vient d’être ouverte. Rechargez la page.',
    en: 'The class has just been opened. Reload the page.',
  })
}
