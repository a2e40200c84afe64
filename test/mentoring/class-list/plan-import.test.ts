import { describe, expect, test } from 'vitest'
import type { Verdict } from '../../../src/mentoring/class-list/judge-rows.js'
import {
  planImport,
  type KnownSchooling,
  type KnownStudent,
  type Terms,
} from '../../../src/mentoring/class-list/plan-import.js'
import type { ListedStudent, ListRow } from '../../../src/mentoring/class-list/rows.js'

const HERE = 1
const ELSEWHERE = 2
const INE = '000000001AA'

const listed: ListedStudent = {
  ine: INE,
  givenName: 'Zoé',
  familyName: 'KERGUÉLEN',
  sex: 'F',
  birthDate: '2011-02-03',
  level: '2NDE_PRO',
  mef: '2472250331',
  division: '2PC',
}
const row = { row: 1, line: 9 } as ListRow
const sound: Verdict = { kind: 'sound', row, ine: INE, student: listed }

function schooling(changes: Partial<KnownSchooling> = {}): KnownSchooling {
  const { level, mef, division } = listed
  const period = { fromDay: '2026-09-01', untilDay: null }
  return { id: 70, schoolId: HERE, level, mef, division, ...period, ...changes }
}

function terms(last: KnownSchooling | undefined, changes: Partial<Terms> = {}): Terms {
  const { givenName, familyName, sex, birthDate } = listed
  const known: KnownStudent = {
    id: 7,
    publicId: 'seven',
    schoolId: last?.schoolId ?? HERE,
    ...{ givenName, familyName, sex, birthDate, last, former: [] },
  }
  const today = '2026-11-24'
  const present = [{ id: 7, publicId: 'seven' }]
  return {
    schoolId: HERE,
    schoolYear: 2026,
    today,
    known: new Map([[INE, known]]),
    formerInes: new Set(),
    present,
    columns: {},
    ...changes,
  }
}

const changeFor = (last: KnownSchooling | undefined, changes?: Partial<Terms>) =>
  planImport([sound], terms(last, changes)).changes[0]

describe('a listed student', () => {
  test('who is new begins on the first day of the school year', () => {
    expect(changeFor(undefined, { known: new Map() })).toMatchObject({
      outcome: 'new',
      step: { kind: 'open', fromDay: '2026-09-01' },
    })
  })

  test('who is known as they are is unchanged', () => {
    expect(changeFor(schooling())).toMatchObject({ outcome: 'unchanged', step: { kind: 'keep' } })
  })

  test('who goes on in the same division, repeating the year, is unchanged', () => {
    expect(changeFor(schooling({ fromDay: '2025-09-01' }))).toMatchObject({ outcome: 'unchanged' })
  })

  test('who goes up a level ends one schooling the day before the next begins', () => {
    expect(changeFor(schooling({ fromDay: '2025-09-01', level: '3E' }))).toMatchObject({
      outcome: 'updated',
      moved: false,
      step: { kind: 'replace', id: 70, lastDay: '2026-08-31', fromDay: '2026-09-01' },
    })
  })

  test('whose division was corrected within the year has the same schooling, corrected', () => {
    expect(changeFor(schooling({ division: '2PD' }))).toMatchObject({
      outcome: 'updated',
      step: { kind: 'correct', id: 70 },
    })
  })

  test('who left and came back begins anew on the day after', () => {
    expect(changeFor(schooling({ untilDay: '2026-10-12' }))).toMatchObject({
      step: { kind: 'open', fromDay: '2026-10-13' },
    })
    expect(changeFor(schooling({ fromDay: '2025-09-01', untilDay: '2026-07-03' }))).toMatchObject({
      step: { kind: 'open', fromDay: '2026-09-01' },
    })
  })
})

describe('a student of another school', () => {
  test('who changed over the summer begins here on the first day', () => {
    const last = schooling({ schoolId: ELSEWHERE, fromDay: '2025-09-01' })
    expect(changeFor(last)).toMatchObject({
      outcome: 'updated',
      moved: true,
      step: { kind: 'replace', lastDay: '2026-08-31', fromDay: '2026-09-01' },
    })
  })

  test('who changes during the year begins here today, and was there until yesterday', () => {
    expect(changeFor(schooling({ schoolId: ELSEWHERE }))).toMatchObject({
      moved: true,
      step: { kind: 'replace', lastDay: '2026-11-23', fromDay: '2026-11-24' },
    })
  })

  test('who was written there today has one schooling, corrected: no schooling of no day', () => {
    const last = schooling({ schoolId: ELSEWHERE, fromDay: '2026-11-24' })
    expect(changeFor(last)).toMatchObject({ moved: true, step: { kind: 'correct', id: 70 } })
  })
})

test('a list of last year does not undo what this year’s has written', () => {
  const plan = planImport([sound], terms(schooling({ fromDay: '2027-09-01' })))
  expect(plan.changes).toEqual([])
  expect(plan).toMatchObject({
    refusedRows: 1,
    faults: [{ column: 'ANNEE_SCOLAIRE' }],
    leavers: [],
  })
})

describe('an INE that the service knows as another student’s', () => {
  const known = (changes: Partial<ListedStudent>) => {
    const { known: all, ...rest } = terms(schooling())
    return { ...rest, known: new Map([[INE, { ...all.get(INE)!, ...changes }]]) }
  }
  const refused = (changes: Partial<ListedStudent>) =>
    planImport([sound], known(changes)).refusedRows === 1

  test('is refused, and proposes nobody as a leaver: neither given name nor birth date is theirs', () => {
    const plan = planImport([sound], known({ givenName: 'Noël', birthDate: '2010-07-19' }))
    expect(plan).toMatchObject({ changes: [], refusedRows: 1, leavers: [] })
    expect(plan.faults).toMatchObject([{ column: 'ID_NATIONAL', line: 9 }])
    expect(JSON.stringify(plan.faults)).not.toMatch(/Zoé|Noël|2010|2011|000000001/)
  })

  test.each([
    ['a birth date that was wrong', { birthDate: '2010-07-19' }],
    ['another given name', { givenName: 'Noël' }],
    ['another family name and birth date', { familyName: 'LE GOFF', birthDate: '2010-07-19' }],
    ['a birth date, and an accent', { givenName: 'ZOE', birthDate: '2010-07-19' }],
    ['a birth date, and a second given name', { givenName: 'Zoé-Lou', birthDate: '2010-07-19' }],
  ])('is a correction with %s', (_, changes) => {
    expect(refused(changes)).toBe(false)
  })
})

describe('who is to be looked at', () => {
  const ignored = (reason: 'left' | 'level'): Verdict => ({
    kind: 'ignored',
    row,
    ine: INE,
    reason,
  })
  test.each([
    ['is in the list', [sound], []],
    ['is in the list, refused', [{ kind: 'refused', row, ine: INE, faults: [] }], []],
    ['left', [ignored('left')], [{ studentId: 'seven', reason: 'left' }]],
    ['left and came back', [ignored('left'), sound], []],
    ['is in a CAP now', [ignored('level')], [{ studentId: 'seven', reason: 'level' }]],
    ['is not in the list', [], [{ studentId: 'seven', reason: 'absent' }]],
  ] satisfies [string, Verdict[], unknown[]][])('a student who %s', (_, verdicts, leavers) => {
    expect(planImport(verdicts, terms(schooling())).leavers).toEqual(leavers)
  })
})
