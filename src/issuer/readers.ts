import type { Actor, Context } from '../context.js'
import { organisationsWith, type Action } from '../people/authorize.js'
import { listOrganisations } from '../people/store.js'
import { findVersion, type Version } from '../templates/store.js'

/** What of dossiers and badges the actor may see: a list's filter. */
export function scopeOf(actor: Actor, action: Action = 'see-dossier') {
  const own = actor.assignments.some(({ role }) => role === 'student')
  return {
    organisationIds: organisationsWith(actor, action),
    personId: own && action === 'see-dossier' ? actor.personId : null,
  }
}

type Named = Readonly<{ given_name: string; family_name: string }>

/**
 * The student's name as the actor needs it: in full for the school and for the student, “Zoé K.”
 * for a company, which must only know whom it assesses.
 */
export function studentName(
  actor: Actor,
  student: Named & Readonly<{ school_id: number; student_person_id: number | null }>,
): string {
  const { organisationIds, personId } = scopeOf(actor)
  const whole =
    organisationIds.includes(student.school_id) ||
    (personId !== null && personId === student.student_person_id)
  const family = whole ? student.family_name : `${student.family_name.slice(0, 1)}.`
  return `${student.given_name} ${family}`
}

/** Names of organisations by id. */
export async function organisationNames(ctx: Context): Promise<(id: number) => string> {
  const names = new Map((await listOrganisations(ctx.db)).map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? ''
}

/** Template versions, each read once. */
export async function versionsOf(
  ctx: Context,
  ids: readonly number[],
): Promise<(id: number) => Version> {
  const found = await Promise.all([...new Set(ids)].map((id) => findVersion(ctx.db, id)))
  const versions = new Map(found.flatMap((one) => (one ? [[one.id, one] as const] : [])))
  return (id) => {
    const version = versions.get(id)
    if (!version) throw new Error(`There is no template version ${id}.`)
    return version
  }
}
