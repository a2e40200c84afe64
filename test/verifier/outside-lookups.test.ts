import { describe, expect, test } from 'vitest'
import type { Fetched, Outside } from '../../src/context.js'
import { keysOfController } from '../../src/verifier/issuer-documents.js'
import { outsideLookups } from '../../src/verifier/outside-lookups.js'
import { signerOf } from '../support/signers.js'

const DID = 'did:web:lycee.example'
const { publicKeyMultibase } = signerOf('lycee')
const method = { id: `${DID}#k1`, type: 'Multikey', controller: DID, publicKeyMultibase }
const document = { id: DID, verificationMethod: [method], assertionMethod: [`${DID}#k1`] }

/** A small internet: what stands at which address. */
function internet(pages: Record<string, unknown>): Outside & { asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    fetchText: async (url): Promise<Fetched> => {
      asked.push(url)
      const page = pages[url]
      if (page === undefined) return { outcome: 'missing', reason: '404' }
      return {
        outcome: 'found',
        body: Buffer.from(JSON.stringify(page)),
        contentType: 'application/json',
      }
    },
  }
}

describe('the keys of a did:web', () => {
  const url = 'https://lycee.example/.well-known/did.json'

  test('are those that its document lists for assertion', async () => {
    const looked = await outsideLookups(internet({ [url]: document })).issuerKeys(DID)
    expect(looked).toEqual({
      outcome: 'found',
      value: [{ id: `${DID}#k1`, controller: DID, publicKeyMultibase }],
    })
  })

  test.each([
    ['DI-03 a key that is only listed as a method', { ...document, assertionMethod: [] }],
    [
      'DI-04 a key for authentication',
      { ...document, assertionMethod: undefined, authentication: [`${DID}#k1`] },
    ],
    ['DI-06 the document of somebody else', { ...document, id: 'did:web:other.example' }],
  ])('%s is none', (_, changed) => {
    expect(keysOfController(changed, DID)).toEqual({ outcome: 'found', value: [] })
  })

  test('DI-11 an impossible name is not asked for', async () => {
    const outside = internet({})
    expect(await outsideLookups(outside).issuerKeys('did:web:127.0.0.1')).toEqual({
      outcome: 'bad_syntax',
    })
    expect(outside.asked).toEqual([])
  })

  test('a name that answers nothing is missing', async () => {
    expect(await outsideLookups(internet({})).issuerKeys(DID)).toEqual({ outcome: 'missing' })
  })
})

describe('the keys of an https issuer', () => {
  const issuer = 'https://school.example/issuers/1'

  test('are in the JWK set of its host, unless the set gives them to another', async () => {
    const keys = [
      { kty: 'RSA', kid: 'a' },
      { kty: 'RSA', kid: 'b', iss: 'https://school.example/issuers/2' },
    ]
    const outside = internet({ 'https://school.example/.well-known/jwks.json': { keys } })
    expect(await outsideLookups(outside).issuerKeys(issuer)).toMatchObject({
      outcome: 'found',
      value: [{ id: 'a' }],
    })
  })
})

test('DI-21 another kind of name is unsupported', async () => {
  expect(await outsideLookups(internet({})).issuerKeys('did:ion:x')).toEqual({
    outcome: 'unsupported',
  })
})

test('one verification asks at most five times, and the same address once', async () => {
  const outside = internet({})
  const lookups = outsideLookups(outside)
  for (let n = 0; n < 9; n++) await lookups.statusList(`https://list.example/${n}`)
  await lookups.statusList('https://list.example/0')
  expect(outside.asked).toHaveLength(5)
})
