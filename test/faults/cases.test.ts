import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import config from '../../vitest.faults.config.js'
import { CASES, casesIn } from './cases.js'

const files = globSync(config.test?.include ?? [])

test.each(CASES)('%s is named by a test that `npm run test:faults` runs', (id) => {
  expect(files.filter((file) => casesIn(file).includes(id))).not.toEqual([])
})

test('the tests of faults are run with those of the ordinary suite that name a case', () => {
  expect(files).toContain('test/faults/kill.fault.ts')
  expect(files).toContain('test/store/lock.test.ts')
  expect(files).not.toContain('test/faults/cases.test.ts')
})
