import { expect, test } from 'vitest'
import { endLeavers } from '../../src/mentoring/imports/end-leavers.js'
import { importClassList } from '../../src/mentoring/imports/import-class-list.js'
import { findMapping, saveMapping } from '../../src/mentoring/imports/mapping-store.js'
import { savePendingList } from '../../src/mentoring/imports/pending-store.js'
import type { WrittenStudent } from '../../src/mentoring/class-list/write-siecle.js'
import { aLycee } from '../people/people.js'
import { csvOf, pixRows } from '../support/csv.js'
import { STORES } from '../support/dialects.js'
import { demoIne, demoStudent, demoStudents } from '../support/siecle.js'
import { openWorld, type World } from '../support/world.js'
import { aMember, openAcademy } from './academy.js'

/** The last word counts, for one school and one header. */
async function rememberColumns(world: World, schoolId: number): Promise<void> {
  const { db } = world
  const other = await aLycee(world, 'Lycée DÉMO des Ormes', '9990003Z')
  const save = (mapping: unknown) =>
    saveMapping(db, {
      school_id: schoolId,
      header_fingerprint: 'one',
      mapping: JSON.stringify(mapping),
      chosen_by_id: null,
      chosen_at: world.now().toISOString(),
    })
  await save({ columns: { PRENOM: 1 }, level: 'CODE_MEF' })
  const last = { columns: { PRENOM: 2 }, level: 'BTS1' }
  await save(last)
  expect(await findMapping(db, schoolId, 'one')).toEqual(last)
  expect(await findMapping(db, schoolId, 'two')).toBeUndefined()
  expect(await findMapping(db, other.id, 'one')).toBeUndefined()
  // One that this version cannot read is asked for again.
  await save({ columns: { SHOE_SIZE: 2 }, level: 'BTS1' })
  expect(await findMapping(db, schoolId, 'one')).toBeUndefined()
  expect(await savePendingList(db, 'gone', 'x')).toBe(false)
}

test.each(STORES)(
  '$name: a list, the next one with a division, a name and a student changed, and the end of who left',
  async ({ open }) => {
    const world = await openWorld({ db: await open() })
    const academy = await openAcademy(world)
    const { school, teacher } = academy
    await rememberColumns(world, school.id)
    await aMember(world, academy, { id: 'ana' })
    const importing = (students: readonly WrittenStudent[]) =>
      importClassList(world, teacher, {
        schoolId: school.publicId,
        schoolYear: 2026,
        file: csvOf(pixRows(students)),
      })
    await importing(demoStudents(4))
    const receipt = await importing([
      ...demoStudents(2, { division: '2PD' }),
      demoStudent(3, { familyName: 'LE BRAZ DÉMO' }),
      demoStudent(5),
    ])
    expect(receipt.totals).toMatchObject({ new: 1, updated: 3 })
    expect(receipt.leavers).toMatchObject([{ reason: 'absent' }, { reason: 'absent' }])

    const end = { importId: receipt.id, lastDay: '2026-11-20', reason: 'AUTRE' }
    expect(await endLeavers(world, teacher, { ...end, who: 'all' })).toBe(2)
    const rows = await world.db
      .selectFrom('schoolings')
      .innerJoin('students', 'students.id', 'schoolings.student_id')
      .leftJoin('enrolments', 'enrolments.student_id', 'students.id')
      .select(['ine_fingerprint', 'division', 'schoolings.until_day as left', 'exit_reason'])
      .execute()
    const of = (ine: string) => {
      const found = rows.find((one) => one.ine_fingerprint === world.vault.fingerprint(ine))
      return [found?.division, found?.left, found?.exit_reason]
    }
    expect(of(demoIne(1))).toEqual(['2PD', null, null])
    expect(of(demoIne(3))).toEqual(['2PC', null, null])
    expect(of(demoIne(4))).toEqual(['2PC', '2026-11-20', null])
    expect(of('ana')).toEqual(['2PC', '2026-11-20', 'AUTRE'])
    await world.db.destroy()
  },
  60_000,
)
