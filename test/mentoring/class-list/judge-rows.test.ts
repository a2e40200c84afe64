import { describe, expect, test } from 'vitest'
import { toIne } from '../../../src/mentoring/class-list/ine.js'
import { shapeOf } from '../../../src/mentoring/class-list/faults.js'
import { judgeRows } from '../../../src/mentoring/class-list/judge-rows.js'
import type { ClassList, ListRow } from '../../../src/mentoring/class-list/rows.js'
import { demoIne } from '../../support/siecle.js'

function aRow(n: number, changes: Partial<ListRow> = {}): ListRow {
  return {
    row: n,
    line: 9 + 10 * (n - 1),
    ine: demoIne(n),
    familyName: 'KERGUÉLEN',
    usualName: '',
    givenName: 'Zoé',
    sexCode: '2',
    birthDate: '03/02/2011',
    mef: '24722503311',
    division: '2PC',
    ...{ leftOn: '', level: '', uai: '', schoolYear: '', excess: false },
    ...changes,
  }
}

const TERMS = { schoolYear: 2026, uai: '9990001X', today: '2026-11-24' }
const siecle = (rows: readonly ListRow[]): ClassList => ({
  siecle: { uai: TERMS.uai, schoolYear: '2026' },
  columns: {},
  rows,
})
const judgeOne = (changes: Partial<ListRow>) => judgeRows(siecle([aRow(1, changes)]), TERMS)[0]!
function faultsOf(changes: Partial<ListRow>) {
  const verdict = judgeOne(changes)
  return verdict.kind === 'refused' ? verdict.faults : []
}

describe('the forms of an INE', () => {
  test.each([
    ['RNIE', '000000001AA'],
    ['BEA', '1234567890Z'],
    ['Base 36', '0A1B2C3D4E5'],
    ['SIFA', '0750A12345Z'],
    ['provisional', '0750D12345Z'],
  ])('%s is one', (_, ine) => {
    expect(toIne(ine)).toBe(ine)
    expect(toIne(` ${ine.toLowerCase()} `)).toBe(ine)
  })

  test.each([
    '',
    '000000001A',
    '000000001AAA',
    '000000001AI',
    '1234567890I',
    '12345678-01',
    '0750E12345Z',
  ])('“%s” is none', (text) => {
    expect(toIne(text)).toBeUndefined()
  })
})

describe('a row', () => {
  test('is sound: names, sex, birth date, level and ten digits of the MEF', () => {
    expect(judgeOne({})).toMatchObject({
      kind: 'sound',
      student: {
        ine: '000000001AA',
        familyName: 'KERGUÉLEN',
        givenName: 'Zoé',
        sex: 'F',
        birthDate: '2011-02-03',
        level: '2NDE_PRO',
        mef: '2472250331',
        division: '2PC',
      },
    })
  })

  test('goes by the usual name, where there is one', () => {
    expect(judgeOne({ usualName: ' LE  GOFF ' })).toMatchObject({
      student: { familyName: 'LE GOFF' },
    })
  })

  test('may leave the sex out: it serves figures only', () => {
    expect(judgeOne({ sexCode: '' })).toMatchObject({ kind: 'sound', student: { sex: null } })
  })

  test.each([
    ['who has left', { leftOn: '12/10/2026' }, 'left'],
    ['who has left, whatever else is wrong', { leftOn: '12/10/2026', ine: '', mef: 'x' }, 'left'],
    ['of a CAP', { mef: '24122510211' }, 'level'],
    ['of the collège, without INE', { mef: '10310019110', ine: '' }, 'level'],
  ])('is ignored, which is no error: %s', (_, changes, reason) => {
    expect(judgeOne(changes)).toMatchObject({ kind: 'ignored', reason })
  })

  test.each([
    ['ID_NATIONAL', { ine: '' }, '', 'This field is empty'],
    ['ID_NATIONAL', { ine: '0000000001A1B' }, '9999999999A9A', 'eleven characters'],
    ['NOM_DE_FAMILLE', { familyName: '' }, '', 'This field is empty'],
    ['NOM_DE_FAMILLE', { familyName: 'Кергелен' }, 'AAAAAAAA', 'U+041A'],
    ['NOM_USAGE', { usualName: '--' }, '--', 'no letter'],
    ['PRENOM', { givenName: 'Zo\u200bé' }, 'AA?A', 'U+200B'],
    ['PRENOM', { givenName: 'Z'.repeat(121) }, `${'A'.repeat(24)}…`, '121 characters'],
    ['CODE_SEXE', { sexCode: '3' }, '9', '1 (male) or 2 (female)'],
    ['DATE_NAISS', { birthDate: '' }, '', 'This field is empty'],
    ['DATE_NAISS', { birthDate: '31/02/2011' }, '99/99/9999', 'no such day'],
    ['DATE_NAISS', { birthDate: '03/02/11' }, '99/99/99', 'two digits only'],
    ['DATE_NAISS', { birthDate: '02/13/2011' }, '99/99/9999', 'day/month/year'],
    ['DATE_NAISS', { birthDate: '03/02/0000' }, '99/99/9999', 'Check the year'],
    ['PRENOM', { givenName: '=cmd|Zoé' }, '?AAA?AAA', 'formula'],
    ['PRENOM', { givenName: '＋Zoé' }, '?AAA', 'formula'],
    ['CODE_MEF', { mef: '' }, '', 'This field is empty'],
    ['CODE_MEF', { mef: '2472250' }, '9999999', 'ten or eleven'],
    ['CODE_STRUCTURE', { division: '' }, '', 'This field is empty'],
  ] satisfies [string, Partial<ListRow>, string, string][])(
    'is refused for its %s: %o, seen as “%s”',
    (column, changes, shape, said) => {
      const faults = faultsOf(changes)
      expect(faults).toMatchObject([{ row: 1, line: 9, column, shape }])
      expect(faults[0]!.words.en).toContain(said)
      expect(faults[0]!.words.fr).not.toBe(faults[0]!.words.en)
    },
  )

  test('tells all that is wrong with it at once', () => {
    const columns = faultsOf({ ine: '', givenName: '', birthDate: 'x', division: '' })
    expect(columns.map(({ column }) => column)).toEqual([
      'ID_NATIONAL',
      'PRENOM',
      'DATE_NAISS',
      'CODE_STRUCTURE',
    ])
  })

  test.each([
    ['01/09/2016', 'sound'],
    ['02/09/2016', 'refused'],
    ['02/09/1995', 'sound'],
    ['01/09/1995', 'refused'],
  ])('born on %s is %s: from 10 to 30 years old on the first day of school', (birthDate, kind) => {
    expect(judgeOne({ birthDate }).kind).toBe(kind)
  })
})

describe('one INE twice', () => {
  test('refuses both, each naming the other: the file can’t tell which is right', () => {
    const [one, two, other] = judgeRows(
      siecle([aRow(1), aRow(3, { ine: '000000001aa' }), aRow(2)]),
      TERMS,
    )
    expect(one).toMatchObject({ kind: 'refused', faults: [{ column: 'ID_NATIONAL', row: 1 }] })
    expect(one!.kind === 'refused' && one!.faults[0]!.words.en).toContain('no. 3 (line 29)')
    expect(two!.kind === 'refused' && two!.faults[0]!.words.fr).toContain('n° 1 (ligne 9)')
    expect(other!.kind).toBe('sound')
  })

  test('is none, if one of them is the record of who left and came back', () => {
    const verdicts = judgeRows(
      siecle([aRow(1, { leftOn: '01/10/2026' }), aRow(2, { ine: demoIne(1) })]),
      TERMS,
    )
    expect(verdicts.map(({ kind }) => kind)).toEqual(['ignored', 'sound'])
  })
})

test('the shape of a value shows its form, and nobody', () => {
  expect(shapeOf('KERGUÉLEN, Zoé 12')).toBe('AAAAAAAAA? AAA 99')
})
