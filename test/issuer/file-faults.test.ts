import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checkBadges } from '../../src/issuer/check-badges.js'
import { issueBadge } from '../../src/issuer/issue-badge.js'
import { firstNotAsLogged } from '../../src/issuer/logged.js'
import { findDossier } from '../../src/issuer/store/dossiers.js'
import { takeUpBadges } from '../../src/issuer/take-up-badges.js'
import { validateAudit } from '../../src/store/audit.js'
import { copySqlite } from '../support/copy-sqlite.js'
import { faultsOfFile } from '../../src/store/integrity.js'
import { openDatabase } from '../../src/store/open.js'
import { verifyLog } from '../../src/transparency/verify-log.js'
import { runNextJob } from '../../src/worker.js'
import type { World } from '../support/world.js'
import { approvedStore } from './approved-store.js'
import { storedBadges } from './stored.js'

let store: Awaited<ReturnType<typeof approvedStore>>
beforeAll(async () => {
  store = await approvedStore()
})
afterAll(() => store.close())

let world: World & { file: string }
beforeEach(async () => {
  world = await store.anotherCopy()
  return () => world.db.destroy()
})

const badges = (of: World) => storedBadges(of.db)
const issue = async (of: World) =>
  issueBadge(of, { dossierId: (await findDossier(of.db, store.dossierId))!.id })

test('RL-20 a backup that is taken while badges are issued is one moment of the store, and is finished with the same bytes', async () => {
  await issue(world)
  const [reference] = await badges(world)
  for (let tried = 0; tried < 6; tried++) {
    const other = await store.anotherCopy()
    const copy = join(store.folder, `backup-${tried}.sqlite`)
    const issuing = issue(other)
    for (let turn = 0; turn < tried * 8; turn++) await Promise.resolve()
    await Promise.all([issuing, copySqlite(other.file, copy)])
    await other.db.destroy()
    const restored = await store.opened(copy)
    expect(await validateAudit(restored.db)).toMatchObject({ sound: true })
    expect((await checkBadges(restored)).faults).toEqual([])
    await takeUpBadges(restored)
    while (await runNextJob(restored));
    const [finished] = await badges(restored)
    expect(finished!.badge_document).toBe(reference!.badge_document)
    expect(await verifyLog(restored)).toMatchObject({ sound: true, size: 1 })
    await restored.db.destroy()
  }
})

describe('RL-32 one byte of the file that is flipped', () => {
  /** What the checks answer for, column by column. */
  const covered = async (of: World) => {
    const audit = await of.db.selectFrom('audit').selectAll().execute()
    const badge = (await badges(of)).map(({ badge_document, log_position, log_nonce }) => {
      return { badge_document, log_position, log_nonce }
    })
    const lists = await of.db.selectFrom('status_lists').select('document').execute()
    const leaves = await of.db.selectFrom('log_leaves').selectAll().execute()
    return JSON.stringify([audit, badge, lists, leaves])
  }
  /** Whether anything that `sceau check` and `sceau log verify` do finds a fault. */
  const isFound = async (of: World) =>
    (await faultsOfFile(of.db)).length > 0 ||
    !(await validateAudit(of.db)).sound ||
    (await checkBadges(of)).faults.length > 0 ||
    !(await verifyLog(of)).sound ||
    (await firstNotAsLogged(of)) !== undefined

  test('is found wherever it changed what was signed, logged or audited', async () => {
    await issue(world)
    const sound = await covered(world)
    expect(await isFound(world)).toBe(false)
    const file = join(store.folder, 'sound.sqlite')
    await copySqlite(world.file, file)
    // Without pages that were used once: what is left in them is nobody's.
    const whole = await openDatabase(`sqlite:${file}`)
    await sql`vacuum`.execute(whole)
    await sql`pragma journal_mode = delete`.execute(whole)
    await whole.destroy()
    const bytes = readFileSync(file)
    const { packed } = await world.db
      .selectFrom('badge_documents')
      .select('packed')
      .executeTakeFirstOrThrow()
    const texts = JSON.parse(sound)
      .flat()
      .flatMap((row: object) => Object.values(row))
      .filter((value: unknown) => typeof value === 'string' && value.length >= 24)
    let seed = 11
    const dice = (count: number) => (seed = (seed * 48_271) % 2_147_483_647) % count
    let changed = 0
    for (let tried = 0; tried < 100; tried++) {
      // Half of them anywhere, half of them in a text that the checks answer for.
      const text = texts[dice(texts.length)] as string
      const start = dice(Math.max(1, text.length - 12))
      const wanted = text.slice(start, start + 12)
      const places: number[] = []
      // An index may have it, too.
      for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1))
        places.push(at)
      // The text of a badge is packed.
      if (places.length === 0) places.push(bytes.indexOf(packed) + dice(packed.length))
      const at = tried % 2 ? dice(bytes.length) : places[dice(places.length)]!
      const flipped = Buffer.from(bytes)
      flipped[at]! ^= 1 << dice(8)
      const damaged = join(store.folder, 'damaged.sqlite')
      writeFileSync(damaged, flipped)
      const db = await openDatabase(`sqlite:${damaged}`, 'read').catch(() => undefined)
      if (!db) continue
      const other = { ...world, db }
      const after = await covered(other).catch(() => undefined)
      if (after !== sound) {
        changed += 1
        expect(await isFound(other).catch(() => true), `byte ${at}`).toBe(true)
      }
      await db.destroy()
    }
    expect(changed).toBeGreaterThan(20)
  }, 120_000)
})
