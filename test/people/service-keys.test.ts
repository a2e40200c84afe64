import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { OPERATOR } from '../../src/people/operator.js'
import { seeKeys } from '../../src/people/see-keys.js'
import { listServiceKeys, makeServiceKey } from '../../src/people/service-keys.js'
import { handleOf } from '../../src/people/key-store.js'
import { openWorld, type World } from '../support/world.js'
import { auditOf } from './people.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})

describe('the key of the service', () => {
  test('is made once, however often the service starts, and even twice at once', async () => {
    await Promise.all([makeServiceKey(world), makeServiceKey(world)])
    await makeServiceKey(world)
    const [key, ...more] = await listServiceKeys(world.db)
    expect(more).toEqual([])
    expect(await world.keys.has(handleOf(key!))).toBe(true)
    expect(await auditOf(world)).toEqual(['service.key-created'])
  })

  test('is published as a DID document and as a JWK set, which anybody may read', async () => {
    await makeServiceKey(world)
    const [key] = await listServiceKeys(world.db)
    const id = `did:web:sceau.example#${key!.public_key_multibase}`
    const app = createApp(world)
    const did = await request(app).get('/.well-known/did.json').expect(200)
    expect(did.headers['access-control-allow-origin']).toBe('*')
    expect(did.body).toMatchObject({
      id: 'did:web:sceau.example',
      verificationMethod: [{ id, publicKeyMultibase: key!.public_key_multibase }],
      assertionMethod: [id],
    })
    const set = await request(app).get('/.well-known/jwks.json').expect(200)
    expect(set.body.keys).toMatchObject([{ kid: id, kty: 'OKP', crv: 'Ed25519' }])
    expect(JSON.stringify([did.body, set.body])).not.toContain('"d"')
  })

  test('stands first in the list of keys', async () => {
    await makeServiceKey(world)
    expect(await seeKeys(world, OPERATOR)).toMatchObject([
      { did: 'did:web:sceau.example', organisation: 'Sceau', state: 'active' },
    ])
  })
})
