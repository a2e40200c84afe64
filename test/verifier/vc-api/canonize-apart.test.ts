import { afterAll, describe, expect, test } from 'vitest'
import type { Apart } from '../../../src/context.js'
import {
  canonizeIn,
  openGeneralApart,
  warmGeneral,
} from '../../../src/verifier/vc-api/canonize-apart.js'
import work, { type CanonizeTask } from '../../../src/verifier/vc-api/canonize-worker.js'
import { canonizeGeneral, canonizeWithJsonLd } from '../../../src/verifier/vc-api/canonize.js'
import { isGeneralContext, loadGeneralContext } from '../../../src/verifier/vc-api/contexts.js'
import { digestOf } from '../../../src/credential/digest.js'
import { credential, EXAMPLES_V2, olderCredential, presentation, V2 } from './world.js'

const pool = openGeneralApart()
afterAll(() => pool.close())

describe('the thread for credentials of any kind', () => {
  test('is started with what every question needs, and a start that fails is silent', async () => {
    const asked: unknown[] = []
    await warmGeneral({
      run: async (task) => {
        asked.push(await work(task as CanonizeTask))
      },
    })
    expect(asked).toHaveLength(2)
    for (const answer of asked) expect(answer).toMatchObject({ quads: expect.any(String) })
    await warmGeneral({ run: () => Promise.reject(new Error('closed')) })
  })

  test('puts in canonical form what has one, and says of the rest that it has none', async () => {
    const canonize = canonizeIn(pool)
    const document = credential({
      '@context': [V2, { note: 'https://example.org/#note' }],
      note: 1,
    })
    expect(await canonize(document, 'sha256')).toBe(await canonizeGeneral(document, 'sha256'))
    await expect(canonize(credential({ note: 1 }), 'sha256')).rejects.toThrow('canonical form')
    // A context of before is not there for who comes after.
    await expect(canonize(credential({ note: 1 }), 'sha256')).rejects.toThrow('canonical form')
  })

  test('RL-14 a poisoned graph costs its sender the answer', async () => {
    const canonize = canonizeIn(pool)
    const nodes = Array.from({ length: 12 }, (_, n) => `_:n${n}`)
    const knows = 'https://example.org/#knows'
    const poison = credential({
      '@context': [V2, { knows: { '@id': knows, '@type': '@id' } }],
      credentialSubject: nodes.map((id) => ({
        '@id': id,
        knows: nodes.filter((other) => other !== id),
      })),
    })
    const started = performance.now()
    await expect(canonize(poison, 'sha256')).rejects.toThrow()
    expect(performance.now() - started).toBeLessThan(10_000)
    expect(await canonize(credential(), 'sha256')).toContain('credentialSubject')
  })

  test('takes the documents of one verification one after the other, as long as there is time', async () => {
    let running = 0
    let most = 0
    const slow: Apart = {
      async run() {
        most = Math.max(most, ++running)
        await new Promise((resolve) => setTimeout(resolve, 5))
        running -= 1
        return { quads: 'x' }
      },
    }
    const canonize = canonizeIn(slow)
    await Promise.all([1, 2, 3].map(() => canonize({}, 'sha256')))
    expect(most).toBe(1)
    const late = canonizeIn(slow, 0)
    await new Promise((resolve) => setTimeout(resolve, 20))
    await expect(late({}, 'sha256')).rejects.toMatchObject({ code: 'verification-aborted' })
  })
})

describe('the canonical form of any credential', () => {
  const TERMS = { note: 'https://example.org/#note' }
  const subject = { id: 'did:example:subject', name: { '@value': 'x', '@language': 'fr' } }

  test.each<[string, object]>([
    ['the smallest credential', credential()],
    ['an older one', olderCredential()],
    ['a presentation with credentials', presentation({ verifiableCredential: [credential()] })],
    ['text with a language', credential({ credentialSubject: subject })],
    [
      'text with a direction',
      credential({ name: { '@value': 'x', '@language': 'ar', '@direction': 'rtl' } }),
    ],
    ['an inline context', credential({ '@context': [V2, TERMS], note: 'x' })],
    [
      'an inline context inside',
      credential({ credentialSubject: { '@context': TERMS, id: 'urn:a:b', note: 'x' } }),
    ],
    ['words of the examples', credential({ '@context': [V2, EXAMPLES_V2], degree: { type: 'D' } })],
  ])('%s is the same by tables as by jsonld.js', async (_, document) => {
    for (const digest of ['sha256', 'sha384'] as const)
      expect(await canonizeGeneral(document, digest)).toBe(
        await canonizeWithJsonLd(document, digest),
      )
  })

  test('a context that a stranger wrote is nobody else’s', async () => {
    const said = { '@context': [V2, { name: 'https://example.org/#other' }], name: 'x' }
    await expect(canonizeGeneral(credential(said), 'sha256')).rejects.toThrow()
    await canonizeGeneral(credential({ '@context': [V2, TERMS], note: 'x' }), 'sha256')
    await expect(canonizeGeneral(credential({ note: 'x' }), 'sha256')).rejects.toThrow()
    expect(await canonizeGeneral(credential({ name: 'x' }), 'sha256')).toContain(
      '<https://schema.org/name> "x"',
    )
  })
})

describe('contexts of any kind', () => {
  // Another content would mean something else by the same signature.
  test.each([
    [
      'https://www.w3.org/2018/credentials/v1',
      'b01e671e873981f19a9102a9a57f666dbcaeb31b99e3e124378d143e71549247',
    ],
    [
      'https://www.w3.org/ns/credentials/v2',
      'b463c8d6a066214123ddd9827b135e1b50e1fc73322cc52a9b12a4f1fc7d86cf',
    ],
    [
      'https://www.w3.org/2018/credentials/examples/v1',
      '5bca9da34aefb4c5e0cd993e222e58827734e0928fda0210ee73413c43d6e5e5',
    ],
    [
      'https://www.w3.org/ns/credentials/examples/v2',
      '8a675bead391be98e6054c4e07c41f73337508d398e07047344c5d349aa2dc58',
    ],
    [
      'https://www.w3.org/ns/credentials/undefined-terms/v2',
      '3b11e1df8c618447e9f79f3737e3c30fc0841537eb95f36003742c633672bb9f',
    ],
    [
      'https://w3id.org/security/data-integrity/v1',
      '9505bf85338a4c2121ad03992ac90061bc85d43bcfa34d9d47b779381cf08b5f',
    ],
    [
      'https://w3id.org/security/data-integrity/v2',
      '7ba3c50acf2689d5e07927267343eb353249c7c22a9f2d00307cc970e855e305',
    ],
    [
      'https://w3id.org/security/suites/ed25519-2020/v1',
      'fb517f09d990829aed734c9bad8cbbb2ac3d5063b865c7e3d81f246074bf5691',
    ],
    [
      'https://w3id.org/security/multikey/v1',
      'be20c3ee6af6e9c4102e66a85c26617831218e32216bdf050f870e389e737cdc',
    ],
    [
      'https://w3id.org/security/v1',
      'd87de2ce3ce407bcac481f8af31e211e54beb5cbd7dd459826ed0502302ee234',
    ],
    [
      'https://w3id.org/security/v2',
      '38a9ef19cf3a75bf856202bd1ed4cbd55c985ad4a809eb7f4ef584ba9d51dc90',
    ],
    [
      'https://www.w3.org/ns/did/v1',
      'a7e146c40fcec005d3f0f14ae745665f446da58d7914a9d8f733746686fad82b',
    ],
    [
      'https://www.w3.org/ns/odrl.jsonld',
      'c9b3bbb66a340349a8b126f464287e139570ae46d40d89362733196babb1c9c6',
    ],
  ])('%s is here, with the content that we know', async (url, digest) => {
    expect(isGeneralContext(url)).toBe(true)
    const { document } = await loadGeneralContext(url)
    expect(digestOf(document)).toBe(digest)
  })

  test('no other is', async () => {
    expect(isGeneralContext('https://example.com')).toBe(false)
    await expect(loadGeneralContext('https://example.com')).rejects.toThrow('do not know')
  })
})
