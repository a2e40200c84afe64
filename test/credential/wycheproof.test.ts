import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readMultikey, toMultikey } from '../../src/credential/multikey.js'
import { isSignedBy } from '../../src/credential/suites/suite.js'

type Vector = Readonly<{ tcId: number; msg: string; sig: string; result: 'valid' | 'invalid' }>
type File = Readonly<{
  numberOfTests: number
  testGroups: readonly Readonly<{ pk: string; tests: readonly Vector[] }>[]
}>
const file = JSON.parse(readFileSync('test/fixtures/wycheproof/eddsa_test.json', 'utf8')) as File
const vectors = file.testGroups.flatMap(({ pk, tests }) => tests.map((one) => ({ pk, ...one })))

const bytes = (hex: string) => Buffer.from(hex, 'hex')

describe('ED-05 the vectors of Wycheproof for Ed25519', () => {
  test('are all here', () => {
    expect(vectors.map(({ tcId }) => tcId)).toEqual(
      Array.from({ length: file.numberOfTests }, (_, n) => n + 1),
    )
    expect(vectors.filter(({ result }) => result === 'valid')).toHaveLength(84)
  })

  test.each(vectors)('ED-05 vector $tcId is $result', ({ pk, msg, sig, result }) => {
    const key = readMultikey(toMultikey(bytes(pk)))
    expect(key).toMatchObject({ type: 'Ed25519' })
    const isGood = typeof key !== 'string' && isSignedBy(key, bytes(msg), bytes(sig))
    expect(isGood ? 'valid' : 'invalid').toBe(result)
  })
})
