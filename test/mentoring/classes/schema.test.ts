import { beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../../src/app.js'
import { openDatabase } from '../../../src/store/open.js'

let columns: Map<string, string[]>

beforeAll(async () => {
  const db = await openDatabase('sqlite::memory:')
  const tables = await db.introspection.getTables()
  columns = new Map(tables.map(({ name, columns: own }) => [name, own.map((one) => one.name)]))
})

const SELECTION =
  /grade|mark|note|average|moyenne|rank|rang|classement|score|selection|merit|level_required/i
const QUOTA = /quota|stage|placement|internship/i

describe('PT-19 non-selective', () => {
  test.each(['enrolments', 'cohorts', 'students', 'schoolings', 'cohort_schools'])(
    'PT-19 %s have no grade, rank or score to choose by',
    (table) => {
      expect(columns.get(table)?.length).toBeGreaterThan(4)
      expect(columns.get(table)?.filter((name) => SELECTION.test(name))).toEqual([])
    },
  )

  test('PT-19 such a column would be found', () => {
    expect(['entry_grade', 'rank', 'selection_score'].every((one) => SELECTION.test(one))).toBe(
      true,
    )
  })

  test('PT-19 enrolling a student asks for nothing but who, from when, and that they volunteer', () => {
    const fields = ['acknowledged', 'fromDay', 'studentId', 'volunteeredOn']
    expect(fieldsOf('/api/cohorts/{id}/enrolments')).toEqual(fields)
  })
})

describe('PT-08 placements are no quota', () => {
  test.each(['ptech_classes', 'class_companies', 'commitments', 'contribution_plans'])(
    'PT-08 %s promise no number of placements',
    (table) => {
      expect(columns.get(table)?.length).toBeGreaterThan(4)
      expect(columns.get(table)?.filter((name) => QUOTA.test(name))).toEqual([])
    },
  )

  test('PT-08 neither opening a class nor promising asks for placements', () => {
    const asked = ['/api/classes', '/api/classes/{id}/commitments'].flatMap(fieldsOf)
    expect(asked).toContain('personDays')
    expect(asked.filter((name) => QUOTA.test(name))).toEqual([])
  })
})

function fieldsOf(path: string): string[] {
  const body = routes.find((one) => one.path === path && one.method === 'post')?.body
  const shape: unknown = body && 'shape' in body ? body.shape : undefined
  return Object.keys(shape ?? {}).toSorted()
}
