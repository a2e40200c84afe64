/** A policy of a table: which rows are there at all, and which may be written. */
export type Wall = Readonly<{ table: string; using: string; check: string }>

/** When a row of a table is there. */
type Way = (table: string) => string

// Asked once a statement, not once a row.
const SERVICE = '(select sceau_is_service())'
const MINE = '((select sceau_organisations())::integer[])'
const ME = '(select sceau_person())'

const mine =
  (column: string): Way =>
  (table) =>
    `${table}.${column} = any (${MINE})`

/** Of a student whom the scope reaches: that is the policy of `students`. */
const student: Way = (table) => `exists (select 1 from students s where s.id = ${table}.student_id)`

/** Of a student of a school of the scope, now or before, or of the person themself: of no company, of nobody who runs a group. */
const nearStudent: Way = (table) =>
  `exists (select 1 from students s where s.id = ${table}.student_id and (s.school_id = any (${MINE})
    or s.person_id = ${ME} or sceau_reaches(s.id, ${MINE}, true)))`

/** Of a row of another table of this list, if that is there. */
const its =
  (other: string, column: string): Way =>
  (table) =>
    `exists (select 1 from ${other} o where o.id = ${table}.${column})`

/** What a confirmed fact said: of a placement it is that of one student; a session is of several, of several schools. */
const itsPlacement: Way = (table) =>
  `${table}.kind <> 'placement' or ${its('placements', 'fact_id')(table)}`

const wall = (table: string, ...ways: Way[]): Wall => {
  const using = [SERVICE, ...ways.map((way) => way(table))].join(' or ')
  return { table, using, check: using }
}

export const WALLS: readonly Wall[] = [
  {
    table: 'students',
    using: `${SERVICE} or school_id = any (${MINE}) or person_id = ${ME} or sceau_reaches(id, ${MINE}, false)`,
    // Who reaches a student of another school changes nothing about them.
    check: `${SERVICE} or school_id = any (${MINE})`,
  },
  wall('schoolings', mine('school_id'), student),
  wall('enrolments', student),
  wall('session_students', student),
  wall('mentor_pairs', student),
  wall('student_outcomes', mine('school_id'), nearStudent),
  wall('past_contests', student),
  wall('record_openings', nearStudent),
  wall('record_readings', student),
  wall('pending_imports', mine('school_id')),

  wall('placements', mine('company_id'), student),
  wall('placement_plans', its('placements', 'placement_id')),
  wall('placement_visits', its('placements', 'placement_id')),
  wall('placement_assessments', its('placements', 'placement_id')),
  wall('agreement_mentions', its('placements', 'placement_id')),
  wall('agreement_signatures', its('placements', 'placement_id')),

  wall('fact_versions', itsPlacement),

  wall('guardians', nearStudent),
  wall('guardian_links', its('guardians', 'guardian_id')),
  wall('consent_records', nearStudent),
  wall('objections', mine('school_id'), nearStudent),
  wall('erasure_requests', mine('school_id'), nearStudent),

  wall('dossiers', mine('school_id'), mine('company_id'), nearStudent),
  wall('dossier_facts', its('dossiers', 'dossier_id')),
  wall('endorser_links', its('dossiers', 'dossier_id')),
  wall('voided_badges', its('dossiers', 'dossier_id')),
  wall('badges', its('dossiers', 'dossier_id')),
  wall('badge_drafts', its('badges', 'id')),
  wall('badge_documents', its('badges', 'id')),
  wall('badge_notices', its('badges', 'badge_id')),
  wall('share_links', its('badges', 'badge_id')),
  wall('selections', nearStudent),
  wall('selection_badges', its('badges', 'badge_id')),
  wall('batches', mine('organisation_id')),
  wall('batch_rows', its('batches', 'batch_id')),
]

/** Of tables that came later, by migration 0068. */
export const LATER_WALLS: readonly Wall[] = [
  wall('correction_requests', mine('school_id'), nearStudent),
  wall('identity_changes', nearStudent),
  wall('portfolios', nearStudent),
]
