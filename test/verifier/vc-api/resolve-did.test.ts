import { generate } from '@digitalbazaar/ecdsa-multikey'
import { describe, expect, test } from 'vitest'
import { toBase58 } from '../../../src/credential/multibase.js'
import type { Fetched } from '../../../src/context.js'
import { resolveDid } from '../../../src/verifier/vc-api/resolve-did.js'
import { issuer } from './world.js'

const resolve = (did: string, fetched?: unknown, asked: string[] = []) =>
  resolveDid(did, {
    own: async (one) =>
      one === 'did:web:sceau.example'
        ? { id: one }
        : one.includes(':sceau.example:')
          ? 'notFound'
          : undefined,
    outside: {
      fetchText: async (url): Promise<Fetched> => {
        asked.push(url)
        return fetched === undefined
          ? { outcome: 'missing', reason: '404' }
          : {
              outcome: 'found',
              body: Buffer.from(JSON.stringify(fetched)),
              contentType: 'application/did+json',
            }
      },
    },
  })

describe('a did:key', () => {
  test('of Ed25519, P-256 and P-384 stands for its own document', async () => {
    const keys = [
      issuer.publicKeyMultibase,
      (await generate({ curve: 'P-256' })).publicKeyMultibase,
      (await generate({ curve: 'P-384' })).publicKeyMultibase,
    ]
    for (const publicKeyMultibase of keys) {
      const did = `did:key:${publicKeyMultibase}`
      const id = `${did}#${publicKeyMultibase}`
      expect(await resolve(did)).toEqual({
        '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
        id: did,
        verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase }],
        authentication: [id],
        assertionMethod: [id],
        capabilityDelegation: [id],
        capabilityInvocation: [id],
      })
    }
  })

  test.each([
    ['no key', 'did:key:z6Mk'],
    ['another multibase', `did:key:u${'A'.repeat(46)}`],
    ['no multibase', issuer.did.replace(':z', ':')],
    ['a version', 'did:key:1:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'],
    ['a fragment', `${issuer.did}#x`],
    ['a query', `${issuer.did}?x=1`],
    ['a path', `${issuer.did}/x`],
    ['a sign that is none of DIDs', 'did:key:@'],
  ])('DI-02 with %s is no DID', async (_, did) => {
    expect(await resolve(did)).toBe('invalidDid')
  })

  const didOf = (...bytes: number[]) => `did:key:z${toBase58(Uint8Array.from(bytes))}`
  const many = (count: number, byte: number) => Array<number>(count).fill(byte)

  test.each([
    [
      'X25519',
      'did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc',
      'unsupportedPublicKeyType',
    ],
    ['secp256k1', didOf(0xe7, 0x01, 2, ...many(32, 7)), 'unsupportedPublicKeyType'],
    ['Ed25519 and a byte', didOf(0xed, 0x01, ...many(33, 7)), 'invalidPublicKeyLength'],
    ['Ed25519 without a byte', didOf(0xed, 0x01, ...many(31, 7)), 'invalidPublicKeyLength'],
    ['P-256 without a byte', didOf(0x80, 0x24, ...many(32, 2)), 'invalidPublicKeyLength'],
    ['Ed25519 of small order', didOf(0xed, 0x01, 1, ...many(31, 0)), 'invalidPublicKey'],
    ['P-256 off its curve', didOf(0x80, 0x24, 5, ...many(32, 1)), 'invalidPublicKey'],
  ])('of %s has no document (did:key, 3.1)', async (_, did, error) => {
    expect(await resolve(did)).toBe(error)
  })
})

describe('a did:web', () => {
  test('is asked for at its one address, and must speak of itself', async () => {
    const asked: string[] = []
    const document = { id: 'did:web:a.example:b', verificationMethod: [] }
    expect(await resolve('did:web:a.example:b', document, asked)).toEqual(document)
    expect(asked).toEqual(['https://a.example/b/did.json'])
    expect(await resolve('did:web:a.example', document)).toBe('notFound')
    expect(await resolve('did:web:a.example')).toBe('notFound')
    expect(await resolve('did:web:a.example', 'text')).toBe('notFound')
  })

  test('of ours is looked up here', async () => {
    const asked: string[] = []
    expect(await resolve('did:web:sceau.example', undefined, asked)).toMatchObject({
      id: 'did:web:sceau.example',
    })
    expect(await resolve('did:web:sceau.example:orgs:none', undefined, asked)).toBe('notFound')
    expect(asked).toEqual([])
  })

  test('SS-01 of an address or a machine is none', async () => {
    for (const did of ['did:web:127.0.0.1', 'did:web:localhost', 'did:web:a.example:..'])
      expect(await resolve(did, { id: did })).toBe('invalidDid')
  })
})

test('other methods are not supported, other texts are no DIDs', async () => {
  expect(await resolve('did:example:123')).toBe('methodNotSupported')
  for (const text of ['', 'did:', 'did:KEY:z6Mk', 'https://a.example', 'constructor'])
    expect(await resolve(text)).toBe('invalidDid')
})
