import type { KyselyPlugin } from 'kysely'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '../../src/credential/digest.js'
import { LINT_NAMES } from '../../src/credential/lint.js'
import { withoutProof } from '../../src/issuer/frozen.js'
import { toldOf } from '../support/audit-lines.js'
import { BADGE_LIFE, stageOf } from '../../src/issuer/badge-life.data.js'
import { checkBadges } from '../../src/issuer/check-badges.js'
import { logEarlierBadges } from '../../src/issuer/keep-signed.js'
import { firstNotAsLogged } from '../../src/issuer/logged.js'
import { endorseDefinition } from '../../src/issuer/endorse-definition.js'
import { openSeries } from '../../src/issuer/series.js'
import { issueBadge } from '../../src/issuer/issue-badge.js'
import { issueBadges } from '../../src/issuer/issue-badges.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { currentStatusList } from '../../src/issuer/status.js'
import { takeUpBadges } from '../../src/issuer/take-up-badges.js'
import { validateAudit } from '../../src/store/audit.js'
import { defineTemplate } from '../../src/templates/define-template.js'
import { publishVersion } from '../support/publish.js'
import { verifyLog } from '../../src/transparency/verify-log.js'
import { runNextJob } from '../../src/worker.js'
import { aDefinition } from '../support/definitions.js'
import type { World } from '../support/world.js'
import { stepsOf } from './steps.js'
import { approvedStore } from './approved-store.js'
import type { Story } from './story.js'
import { alterDocuments, storedBadges } from './stored.js'

let store: Awaited<ReturnType<typeof approvedStore>>
let story: Story
let dossierId: string
beforeAll(async () => {
  store = await approvedStore()
  ;({ story, dossierId } = store)
})
afterAll(() => store.close())

let world: World
beforeEach(async () => {
  world = await anotherCopy()
  return () => world.db.destroy()
})
const anotherCopy = () => store.anotherCopy()

const badges = (of = world) => storedBadges(of.db)
const voided = () => world.db.selectFrom('voided_badges').selectAll().execute()
const actions = async () =>
  (await world.db.selectFrom('audit').select('action').orderBy('id').execute()).map(
    ({ action }) => action,
  )
const order = () => stepsOf(world, story, dossierId)
const issue = async (of = world) => issueBadge(of, { dossierId: (await order().row()).id })
async function finishAll(of = world): Promise<void> {
  await takeUpBadges(of)
  while (await runNextJob(of));
}

/** A process that dies before its nth statement: nothing after it happens. */
function dyingAt(statement: number): { plugin: KyselyPlugin; seen: () => number } {
  let seen = 0
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      seen += 1
      if (seen >= statement) throw new Error('the process is dead')
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return { plugin, seen: () => seen }
}

describe('the life of a badge', () => {
  test('is told by its row, stage by stage, and by its lines of audit in that order', async () => {
    expect((await badges()).map(stageOf)).toEqual(['reserved'])
    await issue()
    const [badge] = await badges()
    expect(stageOf(badge!)).toBe('released')
    expect(badge!.badge_signed).toBeNull()
    const frozen = sha256(withoutProof(badge!.badge_document!)).toString('hex')
    const lints = sha256(LINT_NAMES.join(' ')).toString('base64url')
    expect(await toldOf(world.db, 'badge.signing')).toEqual([
      { subject: badge!.public_id, details: { digest: frozen, lints } },
    ])
    const lines = Object.values(BADGE_LIFE).map(({ audit }) => audit)
    const told = (await actions()).filter((one) => lines.some((line) => line === one))
    expect(told).toEqual(['dossier.approved', 'badge.endorsing', 'badge.signing', 'badge.released'])
  })

  test('RL-01 a process that dies anywhere leaves nothing out, and is finished with the same bytes', async () => {
    await issue()
    const [reference] = await badges()
    const count = dyingAt(Infinity)
    const counted = await anotherCopy()
    await issue({ ...counted, db: counted.db.withPlugin(count.plugin) })
    await counted.db.destroy()
    expect(count.seen()).toBeGreaterThan(30)
    const every = Number(process.env.SCEAU_CRASH_EVERY ?? 6)
    for (let at = 1; at <= count.seen(); at += every) {
      const other = await anotherCopy()
      await issue({ ...other, db: other.db.withPlugin(dyingAt(at).plugin) }).catch(() => undefined)
      const [left] = await badges(other)
      expect(left!.badge_document).toBe(left!.released_at && reference!.badge_document)
      await finishAll(other)
      const [finished] = await badges(other)
      expect(finished!.badge_document, `died before statement ${at}`).toBe(
        reference!.badge_document,
      )
      expect(await checkBadges(other)).toEqual({ badges: 1, faults: [] })
      expect(await verifyLog(other)).toMatchObject({ sound: true, size: 1 })
      expect(await firstNotAsLogged(other)).toBeUndefined()
      expect(await validateAudit(other.db)).toMatchObject({ sound: true })
      await other.db.destroy()
    }
  }, 600_000)

  test('stops where the audit takes no line: nothing is frozen, nothing signed', async () => {
    let signatures = 0
    const keys = {
      ...world.keys,
      sign: async (...of: Parameters<typeof world.keys.sign>) => {
        signatures += 1
        return world.keys.sign(...of)
      },
    }
    await world.db.schema.dropTable('audit_head').execute()
    await expect(issue({ ...world, keys })).rejects.toThrow('audit_head')
    expect((await badges()).map(stageOf)).toEqual(['reserved'])
    expect(signatures).toBe(0)
  })

  test.each(['endorsement_prepared', 'badge_prepared'] as const)(
    'IS-02 bytes that were altered after they were frozen are never signed: %s',
    async (column) => {
      // It dies on the way to the key, after the bytes were frozen.
      const key = { endorsement_prepared: 1, badge_prepared: 2 }[column]
      let asked = 0
      const sign: typeof world.keys.sign = async (...of) => {
        asked += 1
        if (asked >= key) throw new Error('the key does not answer')
        return world.keys.sign(...of)
      }
      await expect(issue({ ...world, keys: { ...world.keys, sign } })).rejects.toThrow('the key')
      const [frozen] = await badges()
      const altered = frozen![column]!.replace('"validFrom":"2026', '"validFrom":"2025')
      expect(altered).not.toBe(frozen![column])
      await world.db
        .updateTable('badge_drafts')
        .set({ [column]: altered })
        .execute()
      await finishAll()
      expect(await badges()).toEqual([])
      expect(await voided()).toMatchObject([{ reason: 'not-signable' }])
      expect((await order().row()).reopen_reason).toBe('not-signable')
    },
  )
})

describe('IS-03 what is signed for one record', () => {
  const counting = () => {
    let signatures = 0
    const sign: typeof world.keys.sign = async (...of) => {
      signatures += 1
      return world.keys.sign(...of)
    }
    return { ctx: { ...world, keys: { ...world.keys, sign } }, signatures: () => signatures }
  }

  test('is not signed a second time: who asks again gets nothing new', async () => {
    const first = counting()
    await issue(first.ctx)
    expect(first.signatures()).toBeGreaterThan(1)
    const before = [await badges(), await actions()]
    const again = counting()
    await issue(again.ctx)
    await finishAll(again.ctx)
    expect(again.signatures()).toBe(0)
    expect([await badges(), await actions()]).toEqual(before)
  })

  test('at the same time by two workers is released once', async () => {
    await Promise.allSettled([issue(), issue()])
    await finishAll()
    expect((await badges()).map(stageOf)).toEqual(['released'])
    expect((await actions()).filter((action) => action === 'badge.released')).toHaveLength(1)
    expect(await verifyLog(world)).toMatchObject({ sound: true, size: 1 })
  })

  test.each(['endorsement', 'badge'] as const)(
    'is never signed for another: a frozen %s that was put into the row of another award',
    async (part) => {
      const second = await anotherAward()
      const frozen = [`${part}_prepared`, `${part}_preparation`] as const
      // Both die on the way to the key, once their bytes are frozen.
      const sign: typeof world.keys.sign = async (...of) => {
        if ((await badges()).some((badge) => badge[frozen[0]] !== null))
          throw new Error('the key does not answer')
        return world.keys.sign(...of)
      }
      const dying = { ...world, keys: { ...world.keys, sign } }
      const dossiers = [(await order().row()).id, second.id]
      await expect(issueBadges(dying, dossiers, openSeries())).rejects.toThrow('the key')
      const [one, other] = (await badges()) as [any, any]
      expect(one[frozen[0]]).not.toBeNull()
      for (const column of frozen)
        await sql`update badge_drafts set ${sql.ref(column)} = ${other[column]}
          where id = ${one.id}`.execute(world.db)
      await finishAll()
      expect(await voided()).toMatchObject([{ public_id: one.public_id, reason: 'not-signable' }])
      expect((await badges()).map((badge) => [badge.public_id, stageOf(badge)])).toEqual([
        [other.public_id, 'released'],
      ])
    },
  )

  /** The same student, another definition. */
  async function anotherAward() {
    const company = story.admin.assignments[0]!.organisationId!
    const definition = { ...aDefinition, name: `${aDefinition.name} (suite)` }
    const made = await defineTemplate(world, story.admin, { companyId: company, definition })
    await publishVersion(world, story.admin, made.versionId)
    await endorseDefinition(world, { versionId: made.versionId })
    const id = await openDossier(world, story.teacher, { ...story, versionId: made.versionId })
    const steps = stepsOf(world, story, id)
    await steps.upTo('approve')
    return steps.row()
  }
})

describe('the subject of a badge', () => {
  test('is random, and the store takes none a second time, nor a second badge of it', async () => {
    const dossier = await order().row()
    expect(dossier.subject).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/)
    const { id: _, ...again } = dossier
    const insert = (changes: object) =>
      world.db
        .insertInto('dossiers')
        .values({ ...again, public_id: 'again', template_version_id: 1, ...changes })
        .execute()
    await world.db
      .insertInto('template_versions')
      .values({
        template_id: 1,
        number: 2,
        definition: '{}',
        digest: 'x',
        created_at: 'x',
        created_by_id: dossier.opened_by_id,
      })
      .execute()
    const other = { template_version_id: 2 }
    await expect(insert(other)).rejects.toThrow(/UNIQUE.*dossiers\.subject/)
    await insert({ ...other, subject: 'urn:uuid:00000000-0000-4000-8000-000000000000' })
    const [{ id: __, ...badge }] = (await world.db.selectFrom('badges').selectAll().execute()) as [
      any,
    ]
    const second = { public_id: 'b', credential_id: 'c', endorsement_id: 'd' }
    await expect(
      world.db
        .insertInto('badges')
        .values({ ...badge, ...second })
        .execute(),
    ).rejects.toThrow(/UNIQUE.*badges\.dossier_id/)
  })
})

describe('at the start', () => {
  test('a badge whose job was given up, or is in the hands of a dead worker, is issued at once', async () => {
    const at = world.now().toISOString()
    const later = '2026-12-31T00:00:00.000Z'
    for (const left of [{ given_up_at: at }, { leased_until: later }, { run_at: later }]) {
      const other = await anotherCopy()
      await other.db.updateTable('jobs').set(left).where('kind', '=', 'issue-badge').execute()
      expect(await runNextJob(other)).toBe(false)
      await finishAll(other)
      expect((await badges(other)).map(stageOf)).toEqual(['released'])
      await other.db.destroy()
    }
  })

  test('one whose evidence was contested meanwhile is voided, not tried for ever', async () => {
    await world.db
      .updateTable('placements')
      .set({ contested_at: world.now().toISOString() })
      .execute()
    await finishAll()
    expect(await voided()).toMatchObject([{ reason: 'facts-changed' }])
    expect(await takeUpBadges(world)).toBe(0)
  })
})

describe('a revocation before the release', () => {
  const revoke = async (badgeId: string) =>
    revokeBadge(world, story.head, { badgeId, reason: 'Approuvé par erreur' })

  test.each([
    ['before the job', undefined],
    ['when the endorsement is signed', 1],
    ['when the badge is signed', 2],
  ])('holds %s: the badge is never released', async (_, when) => {
    const [{ public_id: badgeId, status_entry_id: place }] = (await badges()) as [any]
    let asked = 0
    const sign: typeof world.keys.sign = async (...of) => {
      asked += 1
      if (asked === when) await revoke(badgeId)
      return world.keys.sign(...of)
    }
    if (when === undefined) await revoke(badgeId)
    await issue({ ...world, keys: { ...world.keys, sign } }).catch(() => undefined)
    await finishAll()
    expect(await badges()).toEqual([])
    expect(await voided()).toMatchObject([
      { reason: 'revoked', revocation_reason: 'Approuvé par erreur' },
    ])
    const entry = await world.db
      .selectFrom('status_entries')
      .select('revoked_at')
      .where('id', '=', place)
      .executeTakeFirst()
    expect(entry?.revoked_at).not.toBeNull()
    expect(await order().state()).toBe('open')
    expect(await actions()).toEqual(expect.arrayContaining(['dossier.voided', 'badge.revoked']))
  })
})

describe('RL-17 a revocation', () => {
  test('that was committed, and whose list could not be signed then, is in the list that is served next', async () => {
    await issue()
    const [badge] = await badges()
    const lists = await world.db.selectFrom('status_lists').selectAll().execute()
    const before = await Promise.all(lists.map((list) => currentStatusList(world, list.public_id)))
    const sign = () => Promise.reject(new Error('the process is dead'))
    const dying = { ...world, keys: { ...world.keys, sign } }
    const input = { badgeId: badge!.public_id, reason: 'Délivré par erreur' }
    await revokeBadge(dying, story.head, input)
    const after = await Promise.all(lists.map((list) => currentStatusList(world, list.public_id)))
    expect(after.filter((list, at) => list !== before[at])).toHaveLength(1)
    expect(await checkBadges(world)).toEqual({ badges: 1, faults: [] })
  })
})

test('IS-14 RL-32 the check names the badge of which one bit was flipped, wherever it is', async () => {
  await issue()
  const [badge] = await badges()
  const documents = () => world.db.selectFrom('badge_documents')
  const { common_id, packed } = await documents().selectAll().executeTakeFirstOrThrow()
  const flipped = (of: Uint8Array, at: number) => of.map((byte, n) => (n === at ? byte ^ 1 : byte))
  const places = (of: Uint8Array) => [2, 70, of.length >> 1, of.length - 20]
  const expectFound = async () =>
    expect((await checkBadges(world)).faults).toMatchObject([{ of: badge!.public_id }])
  for (const at of places(packed)) {
    const changed = { common_id, packed: flipped(packed, at) }
    await world.db.updateTable('badge_documents').set(changed).execute()
    await expectFound()
  }
  const text = Buffer.from(badge!.badge_document!)
  for (const at of places(text)) {
    await alterDocuments(world.db, Buffer.from(flipped(text, at)).toString())
    await expectFound()
  }
})

describe('the transparency log', () => {
  const change = (to: object) => world.db.updateTable('badges').set(to).execute()

  test('has a badge since it was signed, and nothing of it that anybody could tell', async () => {
    await issue()
    const [badge] = await badges()
    expect(badge).toMatchObject({
      log_position: 0,
      log_nonce: expect.stringMatching(/^[\w-]{43}$/),
    })
    const kept = JSON.stringify(await world.db.selectFrom('log_leaves').selectAll().execute())
    expect(kept).not.toContain(badge!.log_nonce)
    expect(kept).not.toContain(badge!.credential_id)
    expect(await firstNotAsLogged(world)).toBeUndefined()
  })

  test.each([
    ['whose document was altered', () => alterDocuments(world.db, '{"id":"x"}')],
    ['whose document can’t be read', () => alterDocuments(world.db, 'x')],
    ['whose nonce is another', () => change({ log_nonce: 'x' })],
    ['that points nowhere', () => change({ log_position: 5 })],
  ])('names the badge %s', async (_, alter) => {
    await issue()
    const [badge] = await badges()
    await alter()
    expect(await firstNotAsLogged(world)).toMatchObject({ badge: badge!.public_id })
  })

  test('says nothing of a badge whose nonce was erased', async () => {
    await issue()
    await world.db.updateTable('badges').set({ log_nonce: null }).execute()
    expect(await firstNotAsLogged(world)).toBeUndefined()
    expect(await verifyLog(world)).toMatchObject({ sound: true, size: 1 })
  })

  test('takes in what was signed before there was one, once', async () => {
    await issue()
    await world.db.updateTable('badges').set({ log_nonce: null, log_position: null }).execute()
    expect(await logEarlierBadges(world)).toBe(1)
    expect(await logEarlierBadges(world)).toBe(0)
    expect((await badges())[0]!.log_position).toBe(1)
    expect(await firstNotAsLogged(world)).toBeUndefined()
  })
})
