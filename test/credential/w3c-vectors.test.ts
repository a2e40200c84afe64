import { describe, expect, test } from 'vitest'
import { checkProofs, type ProofOptions } from '../../src/credential/check-proof.js'
import { ALL_SUITES } from '../../src/credential/suites/table.js'
import { edit, leavesOf } from '../support/leaves.js'
import { canonizeVector, VECTORS } from '../support/w3c-vectors.js'

type Json = Record<string, any>
const NOW = new Date('2026-06-15T09:00:00Z')
const ANY: ProofOptions = { suites: ALL_SUITES, chains: true, canonize: canonizeVector }

const check = async (document: Json, options: ProofOptions = ANY) => {
  const results = await checkProofs(document, (method) => method.split('#')[1], NOW, options)
  return results.map(({ result, code }) => (result === 'pass' ? 'pass' : code))
}
const isGood = async (document: Json) => (await check(document)).every((one) => one === 'pass')
const names = Object.keys(VECTORS).filter((name) => !name.endsWith('-base'))
const next = (letter: string) => String.fromCodePoint(letter.codePointAt(0)! + 1)

describe('the test vectors of the W3C', () => {
  test('are all there', () => {
    expect(names).toHaveLength(16)
  })

  test.each(names)('%s is good', async (name) => {
    expect(new Set(await check(VECTORS[name]!))).toEqual(new Set(['pass']))
  })

  test.each(names)('%s is bad with one letter changed at any place', async (name) => {
    for (const path of leavesOf(VECTORS[name])) {
      const changed = structuredClone(VECTORS[name]!)
      edit(changed, path, (value) => {
        const text = String(value)
        const at = Math.floor(text.length / 2)
        return `${text.slice(0, at)}${next(text[at]!)}${text.slice(at + 1)}`
      })
      expect(await isGood(changed), path.join('/')).toBe(false)
    }
  })

  test.each(names)('%s is bad with a statement taken away or added', async (name) => {
    for (const path of leavesOf(VECTORS[name]).filter(([first]) => first !== 'proof')) {
      const changed = structuredClone(VECTORS[name]!)
      edit(changed, path, () => undefined)
      expect(await isGood(changed), path.join('/')).toBe(false)
    }
    expect(await isGood({ ...VECTORS[name], evidence: 'https://example.org/other' })).toBe(false)
  })

  test.each(['prc', 'employ'])('the base proof of %s is for its holder alone', async (name) => {
    expect(await check(VECTORS[`ecdsa-sd-2023-${name}-base`]!)).toEqual(['base_proof'])
  })
})

describe('suites of JSON text', () => {
  const name = 'eddsa-jcs-2022'
  test.each(['eddsa-jcs-2022', 'ecdsa-jcs-2019-p256', 'ecdsa-jcs-2019-p384'])(
    'PR-11 %s does not count for a badge',
    async (name) => {
      expect(await check(VECTORS[name]!, { canonize: canonizeVector })).toEqual(['proof'])
    },
  )

  test('PR-11 one suite under the name of the other', async () => {
    const [json, graph] = ['eddsa-jcs-2022', 'eddsa-rdfc-2022'].map((one) => VECTORS[one]!)
    for (const [document, cryptosuite] of [
      [json!, 'eddsa-rdfc-2022'],
      [graph!, 'eddsa-jcs-2022'],
      [json!, 'ecdsa-jcs-2019'],
      [json!, 'constructor'],
      [graph!, 'Ed25519Signature2020'],
    ] as const) {
      const found = await check({ ...document, proof: { ...document.proof, cryptosuite } })
      expect(found).not.toEqual(['pass'])
    }
  })

  test('sign the contexts that the proof names: the document must begin with them', async () => {
    const document = VECTORS[name]!
    const [first, second] = document['@context'] as string[]
    const further = 'https://example.org/further'
    expect(await check({ ...document, '@context': [first, second, further] })).toEqual(['pass'])
    for (const contexts of [[first], [second, first], [further, first, second], first, undefined])
      expect(await check({ ...document, '@context': contexts })).toEqual(['proof'])
  })

  test('need no vocabulary', async () => {
    const nobody = async () => Promise.reject(new Error('no context'))
    const options = { suites: ALL_SUITES, canonize: nobody }
    expect(await check(VECTORS[name]!, options)).toEqual(['pass'])
  })
})

describe('chains of proofs', () => {
  const chain = VECTORS['eddsa-rdfc-2022-ProofChain2']!

  test('PR-08 do not count where they are not asked for', async () => {
    const found = await check(chain, { ...ANY, chains: false })
    expect(found).toEqual(['pass', 'pass', 'proof', 'proof'])
  })

  test('hold in any order of the set', async () => {
    expect(await isGood({ ...chain, proof: [...chain.proof].reverse() })).toBe(true)
  })

  test('PR-08 fail without an earlier proof, and with two of its id', async () => {
    for (const at of [0, 1, 2]) {
      const proof = structuredClone(chain.proof)
      proof.splice(at, 1)
      expect(await isGood({ ...chain, proof })).toBe(false)
      expect(await isGood({ ...chain, proof: [...chain.proof, chain.proof[at]] })).toBe(false)
    }
  })

  test.each([
    ['nobody', 'urn:uuid:00000000-0000-4000-8000-000000000000'],
    ['nothing', []],
    ['no text', 7],
    ['a missing value', null],
    ['two, of which one is not there', ['urn:uuid:d94f792a-c546-4d06-b38a-da070ab56c23', 'urn:x']],
  ])('PR-08 fail when a proof builds on %s', async (_, previousProof) => {
    const proof = structuredClone(chain.proof)
    proof[3].previousProof = previousProof
    expect((await check({ ...chain, proof }))[3]).toBe('proof')
  })

  test('PR-08 a proof can’t build on itself', async () => {
    const own = { ...chain.proof[0], previousProof: chain.proof[0].id }
    expect(await check({ ...chain, proof: own })).toEqual(['proof'])
  })

  test('PR-08 are not defined for the parts of a document', async () => {
    const { proof, ...rest } = VECTORS['ecdsa-sd-2023-prc-derived']!
    const first = { ...proof, id: 'urn:uuid:1' }
    const found = await check({ ...rest, proof: [first, { ...proof, previousProof: first.id }] })
    expect(found[1]).toBe('proof')
  })
})
