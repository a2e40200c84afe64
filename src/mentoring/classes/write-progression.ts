import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import { wrongField } from '../refusals.js'
import { schoolYearOf } from '../school-year.js'
import { assertAcknowledged, keepWarnings, type Warning } from '../warnings.js'
import { classFor } from './class-access.js'
import { missingInProgression } from './plan-findings.js'
import { listClassPeople } from './people-store.js'
import { insertProgression, progressionsOf } from './plan-store.js'
import { listCohortsOf } from './store.js'

export type ProgressionInput = Readonly<{
  classId: string
  content: string
  /** Public ids of the cohorts that it covers. */
  cohortIds: readonly string[]
  /** Public id of an inspector's time with the class; empty: none is associated. */
  inspectorId: string
  /** The version that was read; 0 before the first. */
  basedOn: number
  acknowledged: readonly string[]
}>

const MAX_CONTENT = 20_000

/**
 * Writes the progression pédagogique of a class anew: it covers the cohorts under way, with an inspector (PT-17).
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, unacknowledged or conflict
 */
export async function writeProgression(
  ctx: Context,
  actor: Actor,
  input: ProgressionInput,
): Promise<void> {
  const { row } = await classFor(ctx, actor, input.classId, 'manage-classes')
  const content = toContent(input.content)
  const all = await listCohortsOf(ctx.db, row.id)
  const cohortIds = all.filter((one) => input.cohortIds.includes(one.publicId)).map(({ id }) => id)
  const people = await listClassPeople(ctx.db, [row.id])
  const inspector = people.find(
    (one) => one.function === 'INSPECTOR' && one.publicId === input.inspectorId,
  )
  const day = today(ctx)
  const cohorts = all.map((one) => ({ ...one, hasStudents: true }))
  const progression = { cohortIds, inspectorId: inspector?.id ?? null }
  const warnings = asWarnings(missingInProgression({ progression, cohorts, people }, day))
  assertAcknowledged(warnings, input.acknowledged)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const action = 'class.progression-written'
    const subject = row.public_id
    const details = { version: input.basedOn + 1, schoolYear: schoolYearOf(day) }
    await appendAudit(trx, { at, actor: actor.publicId, action, subject, details })
    const [latest] = await progressionsOf(trx, [row.id])
    const version = (latest?.version ?? 0) + 1
    const said = { class_id: row.id, version, content, by_id: actor.personId }
    const written = { ...said, inspector_id: progression.inspectorId, updated_on: day }
    const isNext = version === input.basedOn + 1
    if (!isNext || !(await insertProgression(trx, written, cohortIds))) throw writtenMeanwhile()
    const kept = { subject_kind: 'progression', subject_id: `${row.public_id}/${version}` }
    await keepWarnings(trx, warnings, { ...kept, by_id: actor.personId, at: at.toISOString() })
  })
}

function asWarnings(missing: ReturnType<typeof missingInProgression>): Warning[] {
  if (missing.length === 0) return []
  const fr = missing.map((words) => words.fr).join(' ')
  const en = missing.map((words) => words.en).join(' ')
  return [{ rule: 'PT-17', words: { fr, en } }]
}

function toContent(text: string): string {
  const content = text.trim()
  if (content !== '' && content.length <= MAX_CONTENT) return content
  throw wrongField('/content', {
    fr: `Écrivez la progression, en ${MAX_CONTENT} caractères au plus.`,
    en: `Write the progression, in ${MAX_CONTENT} characters or fewer.`,
  })
}

/** Two write at once: the second has not read what the first wrote. */
export function writtenMeanwhile(): DomainError {
  return new DomainError('conflict', {
    fr: 'Quelqu’un vient d’en écrire une autre version. Copiez votre texte, rechargez la page et reprenez-le.',
    en: 'Somebody has just written another version. Copy your text, reload the page and take it up again.',
  })
}
