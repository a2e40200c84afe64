import { describe, expect, test } from 'vitest'
import { keepCorrected } from '../../../src/mentoring/class-list/keep-corrected.js'
import type { Former, KnownStudent } from '../../../src/mentoring/class-list/plan-import.js'
import type { ListedStudent } from '../../../src/mentoring/class-list/rows.js'

const listed: ListedStudent = {
  ...{ ine: '012345678AB', givenName: 'Zoé', familyName: 'Kerguélen', sex: 'F' },
  ...{ birthDate: '2011-02-03', level: '2NDE_PRO', mef: '2472250331', division: '2PC' },
}
const known = (former: readonly Former[], changes: Partial<KnownStudent> = {}): KnownStudent => ({
  ...{ id: 7, publicId: 'seven', schoolId: 1, last: undefined, former },
  ...{ givenName: 'Zoé', familyName: 'Kerguélen', sex: 'F', birthDate: '2011-02-03' },
  ...changes,
})
const heard = (former: readonly Former[], now: Partial<KnownStudent>, said: object) => {
  const { student, kept } = keepCorrected({ ...listed, ...said }, known(former, now))
  return {
    kept,
    ...Object.fromEntries(Object.keys(said).map((key) => [key, student[key as 'ine']])),
  }
}

describe('a list that is older than a correction', () => {
  const names = [{ field: 'familyName', value: 'Kergelen' }]

  test.each([
    ['as it was', 'Kergelen', ['familyName'], 'Kerguélen'],
    ['in capitals', 'KERGELEN', ['familyName'], 'Kerguélen'],
    ['as it is', 'Kerguélen', [], 'Kerguélen'],
    ['as it never was', 'Le Gall', [], 'Le Gall'],
  ])('with the name %s', (_, familyName, kept, becomes) => {
    expect(heard(names, {}, { familyName })).toEqual({ kept, familyName: becomes })
  })

  test('an accent that was corrected stays, a list in capitals has the same name', () => {
    const former = [{ field: 'givenName', value: 'Zoe' }]
    expect(heard(former, {}, { givenName: 'Zoe' })).toEqual({
      kept: ['givenName'],
      givenName: 'Zoé',
    })
    expect(heard(former, {}, { givenName: 'ZOE' })).toEqual({ kept: [], givenName: 'ZOE' })
  })

  test('a birth date and a sex stay; what the list does not say is nothing', () => {
    const former = [
      { field: 'birthDate', value: '2012-02-03' },
      { field: 'sex', value: 'M' },
    ]
    expect(heard(former, {}, { birthDate: '2012-02-03', sex: 'M' })).toEqual({
      ...{ kept: ['birthDate', 'sex'], birthDate: '2011-02-03', sex: 'F' },
    })
    expect(heard([{ field: 'sex', value: '' }], {}, { sex: null })).toEqual({ kept: [], sex: null })
  })

  test('what was corrected back is what it is', () => {
    const both = [...names, { field: 'familyName', value: 'Kerguélen' }]
    expect(heard(both, { familyName: 'Kergelen' }, { familyName: 'Kergelen' }).kept).toEqual([])
    expect(heard(both, { familyName: 'Kergelen' }, { familyName: 'Kerguélen' })).toEqual({
      ...{ kept: ['familyName'], familyName: 'Kergelen' },
    })
  })

  test('nobody known has nothing to keep', () => {
    expect(keepCorrected(listed, undefined)).toEqual({ student: listed, kept: [] })
  })
})
