export type ReadingOf = Readonly<{
  of: 'student' | 'placement' | 'pair' | 'objection' | 'dossier' | 'badge'
  /** Which part of the address says which one. */
  param: string
}>

const by = (of: ReadingOf['of'], param = 'id'): ReadingOf => ({ of, param })

/**
 * The pages and operations that show the record of one student: whoever else reads one is kept, for the student to
 * see. A test reads every page as everybody, and holds that none that names the student is missing here or in `LISTS`.
 */
export const READINGS: Readonly<Record<string, ReadingOf>> = {
  '/students/:id': by('student'),
  '/students/:id/placements/new': by('student'),
  '/students/:id/placements/plan': by('student'),
  '/students/:id/consents': by('student'),
  '/students/:id/data': by('student'),
  '/students/:id/identity': by('student'),
  '/cohorts/:id/students/:studentId/leave': by('student', 'studentId'),
  '/cohorts/:id/outcomes/:studentId': by('student', 'studentId'),
  '/objections/:id': by('objection'),
  '/pairs/:id': by('pair'),
  '/pairs/:id/registration': by('pair'),
  '/pairs/:id/end': by('pair'),
  '/placements/:id': by('placement'),
  '/placements/:id/agreement': by('placement'),
  '/placements/:id/agreement/edit': by('placement'),
  '/placements/:id/assessment': by('placement'),
  '/placements/:id/correct': by('placement'),
  '/placements/:id/tutor': by('placement'),
  '/dossiers/:id': by('dossier'),
  '/badges/:id': by('badge'),
  '/badges/:id/:act': by('badge'),
  '/badges/:id/endorsement': by('badge'),
  '/api/pairs/{id}': by('pair'),
  '/api/placements/{id}': by('placement'),
  '/api/dossiers/{id}': by('dossier'),
  '/api/badges/{id}': by('badge'),
}

/**
 * Pages and operations that name a student as one of several: a list that somebody passes through is no reading of a
 * record.
 */
export const LISTS: readonly string[] = [
  '/api/cohorts/{id}',
  '/api/cohorts/{id}/sessions',
  '/api/groups/{id}',
  '/api/schemes',
  '/badges',
  '/batches/:id',
  '/batches/new',
  '/cohorts/:id',
  '/cohorts/:id/outcomes',
  '/cohorts/:id/sessions/new',
  '/cordees/:id',
  '/corrections',
  '/dossiers',
  '/dossiers/new',
  '/groups/:id',
  '/import/:id',
  '/leavers',
  '/imports/:id',
  '/imports/:id/leavers',
  '/objections',
  '/placements',
  '/sessions/:id',
  '/sessions/:id/correct',
]
