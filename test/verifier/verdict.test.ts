import { describe, expect, test } from 'vitest'
import { CHECK_NAMES, type Check, type Result } from '../../src/verifier/report.js'
import { combineVerdict, MANDATORY } from '../../src/verifier/verdict.js'

const RESULTS: Result[] = ['pass', 'fail', 'unknown', 'not_applicable']
type Made = Pick<Check, 'name' | 'result'>
const all = (result: Result): Made[] => CHECK_NAMES.map((name) => ({ name, result }))
const butFor = (name: string, result: Result, rest: Result = 'pass') =>
  all(rest).map((one) => (one.name === name ? { ...one, result } : one))

test('the checks that decide are the first eight of a report, in its order', () => {
  expect(MANDATORY).toEqual([
    'format',
    'structure',
    'context',
    'type',
    'proof',
    'issuer_binding',
    'validity',
    'status',
  ])
  expect(CHECK_NAMES.slice(0, 8)).toEqual(MANDATORY)
})

test('a badge is valid when every check that decides has passed, or does not apply', () => {
  expect(combineVerdict(all('pass'))).toBe('valid')
  expect(combineVerdict(butFor('status', 'not_applicable'))).toBe('valid')
})

test('nothing was checked: nothing is known', () => {
  expect(combineVerdict([])).toBe('indeterminate')
})

describe.each(MANDATORY)('%s', (name) => {
  test('alone makes a badge invalid when it fails, whatever is open beside it', () => {
    expect(combineVerdict(butFor(name, 'fail'))).toBe('invalid')
    expect(combineVerdict(butFor(name, 'fail', 'unknown'))).toBe('invalid')
  })

  test('alone leaves a badge open when it is open, or was not made', () => {
    expect(combineVerdict(butFor(name, 'unknown'))).toBe('indeterminate')
    expect(combineVerdict(all('pass').filter((one) => one.name !== name))).toBe('indeterminate')
  })

  test('that passed makes up for no other', () => {
    expect(combineVerdict(butFor(name, 'pass', 'fail'))).toBe('invalid')
    expect(combineVerdict(butFor(name, 'pass', 'unknown'))).toBe('indeterminate')
  })
})

test.each(CHECK_NAMES.slice(8))('%s informs, and never turns a verdict', (name) => {
  for (const result of RESULTS) expect(combineVerdict(butFor(name, result))).toBe('valid')
})
