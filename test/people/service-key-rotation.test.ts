import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { multikeyToX } from '../../src/credential/multikey.js'
import { finishBatch } from '../../src/issuer/batches/finish-batch.js'
import { receiptIn } from '../../src/issuer/batches/store-receipts.js'
import { stageOfKey } from '../../src/people/key-store.js'
import { ANNOUNCED_MS, KEY_CACHE_SECONDS, KeyChanged } from '../../src/people/keys.js'
import { OPERATOR } from '../../src/people/operator.js'
import { activateServiceKey, rotateServiceKey } from '../../src/people/rotate-service-key.js'
import { listServiceKeys, makeServiceKey, serviceKey } from '../../src/people/service-keys.js'
import { validateAudit } from '../../src/store/audit.js'
import { appendLeaves } from '../../src/transparency/append-leaves.js'
import { openNote } from '../../src/transparency/note.js'
import { takeCheckpoint } from '../../src/transparency/take-checkpoint.js'
import { verifyLog } from '../../src/transparency/verify-log.js'
import { runNextJob } from '../../src/worker.js'
import { startBatch } from '../../src/issuer/batches/start-batch.js'
import { tell } from '../issuer/story.js'
import { STORES } from '../support/dialects.js'
import { openWorld, SECOND, type World } from '../support/world.js'
import { auditOf } from './people.js'

async function work(of: World): Promise<void> {
  while (await runNextJob(of));
}
async function grow(world: World): Promise<void> {
  const digest = Buffer.from(world.randomBytes(32)).toString('hex')
  await world.db.transaction().execute((trx) => appendLeaves(world, trx, [digest]))
}
const keyOf = async (world: World) => (await serviceKey(world.db))!.name
const signedBy = async (world: World, key: string) => {
  const publicKey = Buffer.from(multikeyToX(key), 'base64url')
  const rows = await world.db.selectFrom('log_checkpoints').selectAll().orderBy('size').execute()
  return rows.map(
    ({ note }) => openNote(note, [{ name: 'sceau.example/log', publicKey }]) !== undefined,
  )
}
/** A world whose service changes its key while it signs. */
function caught(world: World, next: string): World {
  const sign: typeof world.keys.sign = async (...of) => {
    const signature = await world.keys.sign(...of)
    await activateServiceKey(world, { key: next })
    return signature
  }
  return { ...world, keys: { ...world.keys, sign } }
}

describe.each(STORES)('the key of the service on $name', ({ open }) => {
  test('RL-18 changes: published, waited for, active, the old one retired; the log verifies over it', async () => {
    const world = await openWorld({ db: await open() })
    await makeServiceKey(world)
    const old = await keyOf(world)
    await grow(world)
    await takeCheckpoint(world)
    const { publicKeyMultibase: next, activatesAt } = await rotateServiceKey(world, OPERATOR)
    expect(activatesAt.getTime() - world.now().getTime()).toBeGreaterThan(
      KEY_CACHE_SECONDS * SECOND,
    )
    const app = createApp(world)
    const published = async () => (await request(app).get('/.well-known/did.json').expect(200)).body
    expect((await published()).assertionMethod).toHaveLength(2)
    // It does not sign before everybody can know it.
    await grow(world)
    await takeCheckpoint(world)
    await expect(activateServiceKey(world, { key: next })).rejects.toThrow('not known everywhere')
    expect(await keyOf(world)).toBe(old)
    await expect(rotateServiceKey(world, OPERATOR)).rejects.toMatchObject({ code: 'conflict' })

    world.clock.advance(ANNOUNCED_MS)
    await work(world)
    await activateServiceKey(world, { key: next })
    expect(await keyOf(world)).toBe(next)
    await grow(world)
    await takeCheckpoint(world)
    expect(await signedBy(world, old)).toEqual([true, true, false])
    expect(await signedBy(world, next)).toEqual([false, false, true])
    expect(await verifyLog(world)).toMatchObject({ sound: true, size: 3, checkpoints: 3 })
    expect((await listServiceKeys(world.db)).map(stageOfKey)).toEqual(['retired', 'active'])
    const { verificationMethod } = await published()
    expect(verificationMethod).toMatchObject([{ expires: expect.any(String) }, {}])
    expect(await auditOf(world)).toEqual([
      'service.key-created',
      'service.key-announced',
      'service.key-activated',
    ])
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
    await rotateServiceKey(world, OPERATOR)
    await world.db.destroy()
  }, 60_000)

  test('RL-18 that changes while it signs: no checkpoint is kept, the next one is of the new key', async () => {
    const world = await openWorld({ db: await open() })
    await makeServiceKey(world)
    const { publicKeyMultibase: next } = await rotateServiceKey(world, OPERATOR)
    world.clock.advance(ANNOUNCED_MS)
    await grow(world)
    await expect(takeCheckpoint(caught(world, next))).rejects.toThrow(KeyChanged)
    expect(await signedBy(world, next)).toEqual([])
    await takeCheckpoint(world)
    expect(await signedBy(world, next)).toEqual([true])
    await world.db.destroy()
  }, 60_000)

  test('of two who announce the next at once, one does', async () => {
    const world = await openWorld({ db: await open() })
    await makeServiceKey(world)
    const tried = [rotateServiceKey(world, OPERATOR), rotateServiceKey(world, OPERATOR)]
    const done = (await Promise.allSettled(tried)).map(({ status }) => status)
    expect(done.toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await listServiceKeys(world.db)).map(stageOfKey)).toEqual(['active', 'announced'])
    await world.db.destroy()
  }, 60_000)
})

describe('a key of the service', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })

  test('RL-18 that is retired while a receipt is signed: the receipt is signed by the next', async () => {
    const story = await tell(world)
    await makeServiceKey(world)
    const rows = [{ studentId: story.studentId, versionId: story.versionId }]
    await startBatch(world, story.teacher, { act: 'propose', rows, key: 'one' })
    const { publicKeyMultibase: next } = await rotateServiceKey(world, OPERATOR)
    // Only the batch: the key changes at its signature.
    await world.db.updateTable('jobs').set({ finished_at: 'x' }).where('key', '=', next).execute()
    world.clock.advance(ANNOUNCED_MS)
    await work(caught(world, next))
    const batch = () => world.db.selectFrom('batches').selectAll().executeTakeFirstOrThrow()
    expect((await batch()).receipt_packed).toBeNull()
    await finishBatch(world, (await batch()).id)
    const receipt = JSON.parse(receiptIn(await batch()) ?? '{}')
    expect(receipt.proof.verificationMethod).toBe(`did:web:sceau.example#${next}`)
  })

  test('whose file is missing is not put into use', async () => {
    await makeServiceKey(world)
    const { publicKeyMultibase: key } = await rotateServiceKey(world, OPERATOR)
    world.clock.advance(ANNOUNCED_MS)
    const away = { ...world, keys: { ...world.keys, has: async () => false } }
    await expect(activateServiceKey(away, { key })).rejects.toThrow('not in the key ring')
    expect(await keyOf(world)).not.toBe(key)
  })

  test('is announced by nobody but the administrator of the platform, and not before there is one', async () => {
    await expect(rotateServiceKey(world, OPERATOR)).rejects.toMatchObject({ code: 'conflict' })
    await makeServiceKey(world)
    const nobody = { ...OPERATOR, via: 'session', assignments: [] } as const
    await expect(rotateServiceKey(world, nobody)).rejects.toMatchObject({
      code: expect.stringMatching(/forbidden|not-found/),
    })
  })
})
