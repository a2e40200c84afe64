import { sql, type RawBuilder } from 'kysely'
import { ROLES, type StudentKeys, type Vault } from '../../context.js'
import type { Schema } from '../../store/schema.js'
import type { SealedCopyPlan } from '../../store/sealed-parts.js'
import { BLANK_IN_BACKUP, LEFT_OUT_OF_BACKUP, OPEN_IN_BACKUP } from './in-backup.data.js'
import { HELD, type Of } from './tables.data.js'

/** Students at a time: what is taken out of their rows is in memory meanwhile, some 20 MB. */
const CHUNK = 5_000

/** Days and instants tell nobody who it is. */
const TIME = /(?:^|_)(?:at|on|day)$/

/** Of the columns of `owners`. */
const OWNED: Of = {
  studentId: sql<number>`o_student`,
  personId: sql<number>`o_person`,
  accountId: sql<number>`o_account`,
  // The backup is of before: nobody knows yet which record will be the last.
  isOfEach: true,
  emailHash: sql<string>`o_email_hash`,
}

/**
 * How a backup is written in which each student is sealed under a key of their own: by the list of what is held of them, so that what an
 * erasure takes from the store, and the end of the key from every backup, is the same.
 *
 * @param day YYYY-MM-DD, of which roles count
 */
export function planOfBackup(
  { vault, studentKeys }: Readonly<{ vault: Vault; studentKeys: StudentKeys }>,
  day: string,
): SealedCopyPlan {
  const taken = HELD.filter(
    ({ table, erase }) => erase !== 'keep' && !LEFT_OUT_OF_BACKUP.includes(table),
  )
  return {
    owners: (after) => ownersAfter(after, day),
    taken: taken.map(({ table, where }) => ({
      table,
      where: where(OWNED),
      isOpen: (column) => isOpenInBackup(table, column),
    })),
    leftOut: LEFT_OUT_OF_BACKUP,
    blank: BLANK_IN_BACKUP,
    fingerprint: (email) => vault.fingerprint(email),
    seal: (students) => {
      const keyOf = studentKeys.give(students)
      return (student, clear) => keyOf(student)?.seal(clear)
    },
  }
}

/** Whether a column of a student may be read in a backup. */
export function isOpenInBackup(table: keyof Schema, column: string): boolean {
  return TIME.test(column) || (OPEN_IN_BACKUP[table] ?? []).includes(column)
}

/** As `whoIs`, of many. Who has other roles, too, keeps the account: it is no student's. */
function ownersAfter(after: number, day: string): RawBuilder<unknown> {
  const others = ROLES.filter((role) => role !== 'student')
  return sql`select students.id as o_student, students.public_id as o_public_id,
      coalesce(persons.id, -1) as o_person,
      case when persons.id is null or exists (
        select 1 from role_assignments as held where held.person_id = persons.id
          and held.role in (${sql.join(others)}) and held.from_day <= ${day}
          and (held.until_day is null or held.until_day >= ${day})) then -1 else persons.id end as o_account,
      persons.email as o_email
    from students left join persons on persons.id = students.person_id
    where students.id > ${after} and students.erased_at is null order by students.id limit ${CHUNK}`
}
