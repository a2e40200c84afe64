import SqliteDatabase from 'better-sqlite3'
import { HELD } from '../../../src/issuer/rights/tables.data.js'

type Column = Readonly<{ name: string; type: string; notnull: number }>
type Values = Record<string, string | number | Buffer | null>
/** What stands in one column of a row. */
export type Mark = Readonly<{ table: string; column: string; value: string }>

const TIME = /(?:^|_)(?:at|on|day)$/
const AT = '2026-10-01T08:00:00.000Z'

/** Fills a file with students of whom every table that may hold something has a row, with a text of its own in every column. */
export function openEveryRow(file: string, fingerprint: (email: string) => string) {
  const database = new SqliteDatabase(file)
  const marks: Mark[] = []
  let made = 0

  /** What it refers to is made first, once for all. */
  function insert(table: string, own: Values, text: (column: string) => string): number {
    const id = Number(own.id ?? (made += 1))
    const columns = database.prepare<[], Column>(`pragma table_info("${table}")`).all()
    const refers = new Map(
      database
        .prepare<[], { from: string; table: string }>(`pragma foreign_key_list("${table}")`)
        .all()
        .map((one) => [one.from, one.table]),
    )
    const valueOf = ({ name, type, notnull }: Column) => {
      if (name in own) return own[name] ?? null
      const target = refers.get(name)
      if (target !== undefined) return notnull === 0 ? null : shared(target)
      if (type.toLowerCase() === 'integer') return (made += 1)
      if (TIME.test(name)) return AT
      const value = text(name)
      marks.push({ table, column: name, value })
      return type.toLowerCase() === 'text' ? value : Buffer.from(value)
    }
    const values = columns.map((column) => (column.name === 'id' ? id : valueOf(column)))
    const names = columns.map(({ name }) => `"${name}"`).join(', ')
    database
      .prepare(`insert into "${table}" (${names}) values (${values.map(() => '?').join(', ')})`)
      .run(...values)
    return id
  }

  const once = new Map<string, number>()
  function shared(table: string): number {
    const found = once.get(table)
    if (found !== undefined) return found
    once.set(table, (made += 1))
    const before = marks.length
    const id = insert(table, { id: made }, (column) => `shared ${table} ${column}`)
    once.set(table, id)
    marks.length = before
    return id
  }

  /** @returns where each text of theirs stands */
  function addStudent(name: string, text: (table: string, column: string) => string): Mark[] {
    marks.length = 0
    const add = (table: string, own: Values = {}) =>
      insert(table, own, (column) => text(table, column))
    const person_id = add('persons', { public_id: `person-${name}` })
    const email = marks.find(({ column }) => column === 'email')?.value ?? ''
    const student_id = add('students', { public_id: name, person_id, erased_at: null })
    const placement_id = add('placements', { public_id: `placement-${name}`, student_id })
    const dossier_id = add('dossiers', { public_id: `dossier-${name}`, student_id })
    const place = () => insert('status_entries', {}, (column) => `status_entries ${column}`)
    const places = { status_entry_id: place(), endorsement_entry_id: place() }
    const badge_id = add('badges', { public_id: `badge-${name}`, dossier_id, ...places })
    const cohort_id = insert('cohorts', {}, (column) => `cohort of ${name} ${column}`)
    const guardian_id = add('guardians', { student_id })
    const selection_id = add('selections', { student_id })
    const session_id = add('mentoring_sessions', { public_id: `session-${name}`, cohort_id })
    add('session_students', { session_id, student_id })
    const link = `link-${name}`
    const own: Record<string, Values> = {
      badge_documents: { id: badge_id },
      badge_drafts: { id: badge_id },
      endorsement_withdrawals: { status_entry_id: place() },
      voided_badges: { status_entry_id: place(), endorsement_entry_id: place() },
      fact_versions: { kind: 'placement', fact_id: placement_id },
      guardian_links: { public_id: link },
      jobs: { kind: 'issue-badge', key: `badge-${name}` },
      kept_warnings: { subject_kind: 'placement', subject_id: `placement-${name}` },
      outbox_mails: { to_person_id: person_id },
      role_assignments: { role: 'student', from_day: '2026-09-01', until_day: null },
      sign_in_attempts: { email_hash: fingerprint(email) },
    }
    const known = { person_id, student_id, placement_id, dossier_id, badge_id, guardian_id }
    const ids = { ...known, cohort_id, selection_id, session_id }
    const there = [
      'persons',
      'students',
      'placements',
      'dossiers',
      'badges',
      'guardians',
      'selections',
    ]
    const skipped = [...there, 'mentoring_sessions', 'session_students', 'pending_imports']
    for (const table of new Set(HELD.map((one) => one.table))) {
      if (skipped.includes(table)) continue
      const columns = database.prepare<[], Column>(`pragma table_info("${table}")`).all()
      const refers = Object.entries(ids).filter(([id]) => columns.some((one) => one.name === id))
      add(table, { ...Object.fromEntries(refers), ...own[table] })
    }
    add('outbox_mails', {
      public_id: `letter-${name}`,
      key: `guardian-asked ${link}`,
      to_person_id: null,
    })
    add('fact_versions', { kind: 'session', fact_id: session_id })
    const held = new Set<string>(HELD.map(({ table }) => table))
    return marks.filter(({ table }) => held.has(table))
  }

  return { database, addStudent, insert, shared, close: () => database.close() }
}
