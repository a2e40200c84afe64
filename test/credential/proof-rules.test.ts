import { describe, expect, test } from 'vitest'
import { checkProofs, type ProofOptions } from '../../src/credential/check-proof.js'
import { VC_V2 } from '../../src/credential/contexts.js'
import { toMultikey } from '../../src/credential/multikey.js'
import { signAnything } from '../support/raw-signature.js'
import { signerOf } from '../support/signers.js'

type Json = Record<string, any>
const NOW = new Date('2026-06-15T09:00:00Z')
const signer = signerOf('a signer of proofs')
const ID = 'urn:example:shown'
const document = { '@context': [VC_V2], id: ID, type: ['VerifiablePresentation'] }
const signed = (options: Json = {}, previous: Json[] = []) =>
  signAnything(document, signer, options, previous)
const results = (
  shown: Json,
  options?: ProofOptions,
  keyOf: (method: string) => string | undefined = () => signer.publicKeyMultibase,
) => checkProofs(shown, keyOf, NOW, options)
const codes = async (...args: Parameters<typeof results>) =>
  (await results(...args)).map(({ result, code }) => (result === 'pass' ? 'pass' : code))

describe('when a proof was made, and until when it counts', () => {
  test.each<[Json, string]>([
    [{ created: '2026-06-15T09:01:00Z' }, 'pass'],
    [{ created: '2026-06-15T09:01:00.001Z' }, 'proof_time'],
    [{ created: '1999-01-01T00:00:00Z' }, 'pass'],
    [{ created: undefined }, 'pass'],
    [{ created: '2026-06-15T11:00:30+02:00' }, 'pass'],
    [{ created: '2026-06-15T09:00:30' }, 'pass'],
    [{ created: '2026-06-15T09:01:30' }, 'proof_time'],
    [{ created: 'today' }, 'proof_time'],
    [{ created: 'June 1, 2026' }, 'proof_time'],
    [{ created: '2026-06-01' }, 'proof_time'],
    [{ created: '2026-02-30T00:00:00Z' }, 'proof_time'],
    [{ expires: '2026-12-32T00:00:00Z' }, 'proof_time'],
    [{ created: 7 }, 'proof_time'],
    [{ created: '' }, 'proof_time'],
    [{ expires: '2026-06-15T08:59:00Z' }, 'pass'],
    [{ expires: '2026-06-15T08:58:59.999Z' }, 'proof_time'],
    [{ expires: '2027-01-01T00:00:00Z' }, 'pass'],
    [{ expires: 'never' }, 'proof_time'],
    [{ created: '2026-06-15T09:02:00Z', expires: '2027-01-01T00:00:00Z' }, 'proof_time'],
  ])('%j: %s', async (options, code) => {
    expect(await codes(await signed(options))).toEqual([code])
  })

  test('is the same instant in any zone of the server', async () => {
    const zone = process.env.TZ
    const shown = await signed({ created: '2026-06-15T09:00:30', expires: '2026-06-15T09:00:30' })
    try {
      for (const TZ of ['America/New_York', 'Asia/Tokyo']) {
        process.env.TZ = TZ
        expect(await codes(shown)).toEqual(['pass'])
      }
    } finally {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    }
  })

  test('is asked anew each time, of the same proof too', async () => {
    const shown = await signed({ expires: '2026-06-15T10:00:00Z' })
    const at = async (now: string) =>
      (await checkProofs(shown, () => signer.publicKeyMultibase, new Date(now)))[0]?.code
    expect(await at('2026-06-15T10:00:00Z')).toBe('proof')
    expect(await at('2026-06-15T10:02:00Z')).toBe('proof_time')
    expect(await at('2026-06-15T08:00:00Z')).toBe('proof_time')
  })
})

describe('what is said of a proof', () => {
  test('names its method, and tells good, bad and another fault apart', async () => {
    const good = await signed()
    const words = async (shown: Json) => (await results(shown))[0]?.words.en
    expect(await results(good)).toMatchObject([
      { result: 'pass', code: 'proof', verificationMethod: signer.id },
    ])
    expect(await words(good)).toContain('The signature is good')
    expect(await words({ ...good, id: 'urn:example:other' })).toContain('does not fit the content')
    expect(await words(await signed({ expires: '2026-01-01T00:00:00Z' }))).toContain('date')
    expect(await results({ ...good, id: 'urn:example:other' })).toMatchObject([
      { result: 'fail', code: 'proof', verificationMethod: signer.id },
    ])
  })

  test.each([[null], ['z1'], [7], [[]]])('that is %j names none, and fails', async (proof) => {
    const asked: string[] = []
    const keyOf = (method: string) => (asked.push(method), undefined)
    expect(await results({ ...document, proof }, {}, keyOf)).toMatchObject(
      Array.isArray(proof) ? [] : [{ result: 'fail', code: 'proof', verificationMethod: '' }],
    )
    expect(await codes({ ...document, proof: [proof] }, {}, keyOf)).toEqual(['proof'])
    expect(asked.filter((method) => method !== '')).toEqual([])
  })

  test('whose method is no text asks for the key of none', async () => {
    const asked: string[] = []
    const shown = await signed({ verificationMethod: { id: signer.id } })
    const keyOf = (method: string) => (asked.push(method), undefined)
    expect(await results(shown, {}, keyOf)).toMatchObject([{ verificationMethod: '' }])
    expect(asked).toEqual([''])
  })

  test.each([
    [undefined, 'proof'],
    ['', 'proof'],
    ['z', 'key_type'],
    ['zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169', 'key_type'],
    [toMultikey(Uint8Array.from([1, ...Buffer.alloc(31)])), 'weak_key'],
    [signerOf('somebody else').publicKeyMultibase, 'proof'],
    [signer.publicKeyMultibase, 'pass'],
  ])('with the key %s is %s', async (key, code) => {
    expect(await codes(await signed(), {}, () => key)).toEqual([code])
  })
})

describe('a proof that signs other proofs', () => {
  const chains = { chains: true }
  const [A, B, C] = ['urn:proof:a', 'urn:proof:b', 'urn:proof:c']
  /** A document with these proofs, and one more that signs those of them that it covers. */
  const chained = async (proofs: Json[], previousProof: unknown, covered = proofs) => {
    const { proof } = await signed({ previousProof }, covered)
    return { ...document, proof: [...proofs, (proof as Json[]).at(-1)] }
  }
  const proofOf = async (id?: string) => {
    const { proof } = await signed(id === undefined ? {} : { id })
    return (proof as Json[])[0] as Json
  }

  test('counts only where the caller wants chains', async () => {
    const shown = await chained([await proofOf(A)], A)
    expect(await codes(shown, chains)).toEqual(['pass', 'pass'])
    expect(await codes(shown, { chains: false })).toEqual(['pass', 'proof'])
    expect(await codes(shown)).toEqual(['pass', 'proof'])
  })

  test('signs just those that it names, in the order of the set', async () => {
    const [a, b, c] = await Promise.all([A, B, C].map(proofOf))
    if (!a || !b || !c) throw new Error('three proofs')
    const all = ['pass', 'pass', 'pass', 'pass']
    expect(await codes(await chained([a, b, c], [A, C], [a, c]), chains)).toEqual(all)
    expect(await codes(await chained([a, b, c], [C, A], [a, c]), chains)).toEqual(all)
    expect((await codes(await chained([a, b, c], [A], [a, c]), chains)).at(-1)).toBe('proof')
    expect((await codes(await chained([a, b, c], [A, C], [a]), chains)).at(-1)).toBe('proof')
    const other = { ...(await proofOf(A)), created: '2026-06-15T09:00:01Z' }
    const changed = await chained([a], A)
    changed.proof[0] = other
    expect(await codes(changed, chains)).toEqual(['proof', 'proof'])
  })

  test.each<[string, unknown]>([
    ['one that is not there', 'urn:proof:x'],
    ['one that is there, and one that is not', [A, 'urn:proof:x']],
    ['none', []],
    ['nothing', null],
    ['no text', [7]],
    ['one by a list in a list', [[A]]],
  ])('naming %s fails', async (_, previousProof) => {
    const shown = await chained([await proofOf(A)], previousProof, [])
    expect(await codes(shown, chains)).toEqual(['pass', 'proof'])
    const covering = await chained([await proofOf(A)], previousProof)
    expect(await codes(covering, chains)).toEqual(['pass', 'proof'])
  })

  test('naming an id that two have, or its own, fails', async () => {
    const a = await proofOf(A)
    expect((await codes(await chained([a, a], A), chains)).at(-1)).toBe('proof')
    const own = await signed({ id: A, previousProof: A })
    expect(await codes(own, chains)).toEqual(['proof'])
    const twice = await signed({ id: A, previousProof: A }, [a])
    expect(await codes(twice, chains)).toEqual(['pass', 'pass'])
  })

  test('beside what is no proof, or a proof without an id, is checked as ever', async () => {
    const shown = await chained([await proofOf(A), await proofOf()], A, [await proofOf(A)])
    expect(await codes(shown, chains)).toEqual(['pass', 'pass', 'pass'])
    const proof = [null, 'z1', ...shown.proof]
    expect(await codes({ ...shown, proof }, chains)).toEqual([
      'proof',
      'proof',
      'pass',
      'pass',
      'pass',
    ])
  })

  test('with an id that is a number, named by it, fails', async () => {
    const a = { ...(await proofOf(A)), id: 7 }
    expect((await codes(await chained([a], 7, []), chains)).at(-1)).toBe('proof')
  })
})
