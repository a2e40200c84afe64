import { expect, test } from 'vitest'
import { breaksOfSchool } from '../../../src/mentoring/school-calendar/breaks-of-school.js'
import { localHolidaysOf } from '../../../src/mentoring/school-calendar/holidays.js'
import { isSchoolDay } from '../../../src/mentoring/school-calendar/school-days.js'
import { openWorld } from '../../support/world.js'
import { openAcademy } from '../academy.js'

test.each([['0570001A'], ['0671234B'], ['0680099C']])(
  'a school of Alsace or Moselle has Good Friday and 26 December: %s',
  (uai) => {
    const days = localHolidaysOf(uai, 2027).map(({ day }) => day)
    expect(days).toEqual(['2027-03-26', '2027-12-26'])
  },
)

test('others have neither', () => {
  for (const uai of ['0560001A', '0690001A', '9570001A', null]) {
    expect(localHolidaysOf(uai, 2027)).toEqual([])
  }
})

test('the school days of a lycée are those of its department', async () => {
  const world = await openWorld()
  const { school } = await openAcademy(world)
  const isOpen = async () =>
    isSchoolDay('2027-03-26', await breaksOfSchool(world.db, school.id, 2026))
  expect(await isOpen()).toBe(true)
  await world.db
    .updateTable('organisations')
    .set({ uai: '0670001A' })
    .where('id', '=', school.id)
    .execute()
  expect(await isOpen()).toBe(false)
})
