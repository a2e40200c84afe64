import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import request from 'supertest'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import { checkBadges } from '../../../src/issuer/check-badges.js'
import { firstNotAsLogged } from '../../../src/issuer/logged.js'
import { askErasure } from '../../../src/issuer/rights/ask-erasure.js'
import { agreeToErasure, secondErasure } from '../../../src/issuer/rights/decide-erasure.js'
import { eraseOnRequest } from '../../../src/issuer/rights/erase-student.js'
import { replayErasures } from '../../../src/issuer/rights/replay-erasures.js'
import { countBadges } from '../../../src/issuer/count-badges.js'
import { lookupsOf } from '../../../src/issuer/own-lookups.js'
import { takeOverLists } from '../../../src/issuer/take-over-lists.js'
import { validateAudit } from '../../../src/store/audit.js'
import { copySqlite } from '../../support/copy-sqlite.js'
import { openDatabase } from '../../../src/store/open.js'
import { openStudentKeys } from '../../../src/key-files/student-keys.js'
import { openPublished } from '../../../src/store/published.js'
import { scrub } from '../../../src/store/scrub.js'
import { verifyBadge } from '../../../src/verifier/verify-badge.js'
import { runNextJob } from '../../../src/worker.js'
import { memoryKeys } from '../../support/keys.js'
import { openWorld, type World } from '../../support/world.js'
import { markClosed } from '../../../src/issuer/store/share-links.js'
import { issueBadge } from '../../../src/issuer/issue-badge.js'
import { openDossier } from '../../../src/issuer/open-dossier.js'
import { readableOne } from '../../../src/issuer/store/packed-badges.js'
import { defineTemplate } from '../../../src/templates/define-template.js'
import { aDefinition } from '../../support/definitions.js'
import { meanwhile } from '../../support/meanwhile.js'
import { publishVersion } from '../../support/publish.js'
import { stepsOf } from '../steps.js'
import { live, MARKS, type Life } from './life.js'

let folder: string
let world: World
let life: Life
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-erase-'))
  world = await openWorld({
    db: await openDatabase(`sqlite:${join(folder, 'live.sqlite')}`),
    published: openPublished(join(folder, 'published')),
    erased: openPublished(join(folder, 'erased')),
    studentKeys: openStudentKeys(join(folder, 'student-keys.sqlite'), memoryKeys().vault),
  })
  life = await live(world)
})
afterEach(async () => {
  await world.db.destroy()
  rmSync(folder, { recursive: true })
})

/** The student asks, the head agrees, a teacher seconds. @returns the id of the request */
async function decided(badges: 'revoke' | 'keep' = 'keep'): Promise<string> {
  const id = await askErasure(world, life.student, { badges })
  await agreeToErasure(world, life.head, id)
  await secondErasure(world, life.teacher, id)
  return id
}
const work = async () => {
  while (await runNextJob(world));
}
const copy = () => copySqlite(join(folder, 'live.sqlite'), join(folder, 'copy.sqlite'))

/** Every mark that stands in a file: the database, its log, and whatever lies beside it. */
function found(where: (name: string) => boolean = () => true): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => where(name) && /\.\w+|-wal/.test(name),
  )
  return files.flatMap((name) => {
    const bytes = readFileSync(join(folder, name))
    return secrets()
      .filter((mark) => bytes.includes(mark))
      .map((mark) => `${name}: ${mark}`)
  })
}
let sealed: string[] = []
const secrets = () => [...Object.values(MARKS), ...sealed]

/** What is sealed or random and of this student alone: it must go, too. */
async function ofThisStudent(): Promise<string[]> {
  const { db } = world
  const badges = await db.selectFrom('badges').selectAll().execute()
  const links = await db.selectFrom('share_links').selectAll().execute()
  const student = await db.selectFrom('students').selectAll().executeTakeFirstOrThrow()
  const answers = await db.selectFrom('kept_answers').selectAll().where('key', '=', 'k').execute()
  const dossiers = await db.selectFrom('dossiers').select('subject').execute()
  return [
    ...[student.birth_date_sealed, student.ine_fingerprint, answers[0]!.body_sealed!],
    ...dossiers.map(({ subject }) => subject),
    ...badges.map(({ log_nonce: nonce }) => nonce!),
    // The hash of the token of a link stays, so that its address goes on to answer 410; the token was random.
    ...links.flatMap((link) => [link.token_sealed, link.code_fingerprint ?? 'none-']),
  ]
}

test('an erased student is in no file: not in the database, its write-ahead log, or what lies beside', async () => {
  sealed = await ofThisStudent()
  await scrub(world.db)
  // Names, address and the like are there before, so that the search can fail; what is sealed is not readable.
  const before = found().map((one) => one.split(': ').slice(1).join(': '))
  const clear = secrets().filter((mark) => mark !== MARKS.birth && mark !== 'none-')
  expect([...new Set(before)].toSorted()).toEqual(clear.toSorted())
  await decided()
  await work()
  expect(await world.db.selectFrom('erasure_requests').select('ended_as').execute()).toEqual([
    { ended_as: 'ERASED' },
  ])
  expect(found()).toEqual([])
})

test('nothing ties the two badges of an erased student: no text is of both but those of the programme', async () => {
  const strings = (document: string) =>
    new Set(document.match(/"(?:[^"\\]|\\.)*"/g)?.map((text) => text.slice(1, -1)))
  const [one, other] = life.documents.map(strings)
  // Ids, digests, signatures and places of a list; the codes of the programme are shorter.
  const own = (text: string) => /urn:uuid:|ni:\/\/\/|^[uz]?[A-Za-z0-9_-]{40,}$|#\d+$/.test(text)
  expect([...one!].filter(own).length).toBeGreaterThan(5)
  const both = [...one!].filter((text) => other!.has(text) && own(text))
  // Of the issuer and the company, for everybody: keys.
  expect(both.filter((text) => !text.includes('did:'))).toEqual([])
  const places = life.documents.map((text) => /"statusListIndex":"(\d+)"/.exec(text)![1])
  expect(places[0]).not.toBe(places[1])
  await decided()
  await work()
  const badgeIds = life.badges
  const tables = await world.db.introspection.getTables()
  for (const { name } of tables.filter((table) => !/audit|sqlite_|kysely_|jobs/.test(table.name))) {
    const rows = await world.db
      .selectFrom(name as 'badges')
      .selectAll()
      .execute()
    for (const row of rows.map((row) => JSON.stringify(row)))
      for (const id of badgeIds) expect(row, name).not.toContain(id)
  }
})

test('what others need stays: sessions, audit, the log, the lists, and figures without a name', async () => {
  const school = { schoolId: life.schoolId, year: 2026 }
  const before = await countBadges(world, school)
  const sessions = await world.db.selectFrom('mentoring_sessions').select('id').execute()
  await decided()
  await work()
  expect(await countBadges(world, school)).toEqual(before)
  expect(await world.db.selectFrom('mentoring_sessions').select('id').execute()).toEqual(sessions)
  expect(await validateAudit(world.db)).toMatchObject({ sound: true })
  expect(await checkBadges(world)).toEqual({ badges: 0, faults: [] })
  expect(await firstNotAsLogged(world)).toBeUndefined()
  expect(await world.db.selectFrom('log_leaves').select('id').execute()).toHaveLength(2)
  expect(await world.db.selectFrom('kept_answers').select('key').execute()).toEqual([
    { key: 'other' },
  ])
})

test.each([
  ['keep', 'valid'],
  ['revoke', 'invalid'],
] as const)('who wants to %s their badges has badges that are %s', async (badges, verdict) => {
  await decided(badges)
  await work()
  for (const document of life.documents) {
    const around = { lookups: lookupsOf(world), now: world.now(), language: 'en' as const }
    const report = await verifyBadge(Buffer.from(document), around)
    expect(report.verdict).toBe(verdict)
  }
})

test('SH-02 a link of an erased student answers like one that was closed', async () => {
  const app = createApp(world)
  const at = (url: string) => request(app).get(new URL(url).pathname).set('Accept', 'text/html')
  for (const link of life.links) expect((await at(link)).status).toBe(200)
  const [first = '', ...others] = life.links
  const { id } = await world.db.selectFrom('share_links').select('id').executeTakeFirstOrThrow()
  await markClosed(world.db, id, world.now())
  const said = async (url: string) => (await at(url)).text.replaceAll(new URL(url).pathname, '/b/…')
  const [closed] = (await Promise.all(life.links.map(at))).filter(({ status }) => status === 410)
  await decided()
  await work()
  expect(closed).toBeDefined()
  expect((await at(first)).status).toBe(410)
  for (const link of others) {
    expect((await at(link)).status).toBe(410)
    expect(await said(link)).toBe(await said(first))
  }
  const body = closed!.text.replaceAll(/\/b\/[\w-]{22}/g, '/b/…')
  expect(await said(first)).toBe(body)
})

/** The world whose store fails at its nth commit from now on, as a process that is killed there. */
function dying(at: number): { ctx: World; commits: () => number } {
  let commits = 0
  const db = new Proxy(world.db, {
    get(target, name) {
      if (name !== 'transaction') {
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      }
      return () => ({
        execute: async (act: Parameters<ReturnType<typeof target.transaction>['execute']>[0]) => {
          if (commits >= at) throw new Error('killed')
          const made = await target.transaction().execute(act)
          commits += 1
          return made
        },
      })
    },
  })
  const keys = world.studentKeys!
  const counted = (act: () => void) => {
    if (commits >= at) throw new Error('killed')
    act()
    commits += 1
  }
  const studentKeys = {
    ...keys,
    destroy: (students: readonly string[]) => counted(() => keys.destroy(students)),
    scrub: () => counted(() => keys.scrub()),
  }
  return { ctx: { ...world, db, studentKeys }, commits: () => commits }
}

test('an erasure that is killed at any of its commits is finished by the next run', async () => {
  const requestId = await decided('revoke')
  const { public_id: id } = await world.db
    .selectFrom('students')
    .select('public_id')
    .executeTakeFirstOrThrow()
  const sealedParcel = world.studentKeys!.give([id])(id)!.seal('parcel')
  sealed = await ofThisStudent()
  let at = 0
  for (; ; at++) {
    const { ctx, commits } = dying(at)
    const done = await eraseOnRequest(ctx, { requestId }).then(
      () => true,
      (error: unknown) => {
        expect(String(error)).toContain('killed')
        return false
      },
    )
    if (done) break
    expect(commits()).toBe(at)
    if (at > 14) throw new Error('It does not end.')
    const { of, isDestroyed } = world.studentKeys!.findAll()
    // Destroyed before the first commit of the store: no row that is erased has a key that lives on.
    expect(isDestroyed(id)).toBe(at > 0)
    if (at === 0) expect(of(id)!.open(sealedParcel)).toBe('parcel')
  }
  expect(at).toBeGreaterThan(3)
  expect(found((name) => !name.startsWith('copy'))).toEqual([])
  const lines = world.db.selectFrom('audit').select('id').where('action', '=', 'student.erased')
  expect(await lines.execute()).toHaveLength(1)
  expect(await validateAudit(world.db)).toMatchObject({ sound: true })
})

test('RL-21 a backup of before brings nobody back: the store that is restored erases them again', async () => {
  sealed = await ofThisStudent()
  await copy()
  expect(found((name) => name.startsWith('copy'))).not.toEqual([])
  await decided('revoke')
  await work()
  const other: World = { ...world, db: await openDatabase(`sqlite:${join(folder, 'copy.sqlite')}`) }
  world.clock.advance(60_000)
  await takeOverLists(other)
  expect(await replayErasures(other)).toMatchObject({ erased: 1, failed: 0 })
  expect(await replayErasures(other)).toMatchObject({ erased: 0, failed: 0 })
  expect(found()).toEqual([])
  expect(await checkBadges(other)).toEqual({ badges: 0, faults: [] })
  await other.db.destroy()
  expect(existsSync(join(folder, 'copy.sqlite'))).toBe(true)
})

test('what can’t be read in the list of the erased erases nobody and stops nothing', async () => {
  world.erased?.keep('note', 'not JSON')
  world.erased?.keep('other', '{"student":"nobody","request":"x","badges":"keep"}')
  expect(await replayErasures(world)).toEqual({ erased: 0, failed: 0, staying: 0, notRead: 1 })
  expect(await world.db.selectFrom('students').select('family_name').execute()).toEqual([
    { family_name: MARKS.family },
  ])
})

test.each([
  ['keep', 'while the erasure ran'],
  ['revoke', 'while the erasure ran'],
  ['keep', 'between its first try and the next'],
] as const)(
  'who wants to %s their badges has no valid badge that was approved %s',
  async (badges, when) => {
    await world.db.updateTable('placements').set({ contested_at: null }).execute()
    const company = life.admin.assignments[0]!.organisationId!
    const definition = { ...aDefinition, name: 'Poncer une pièce' }
    const defined = await defineTemplate(world, life.admin, { companyId: company, definition })
    await publishVersion(world, life.admin, defined.versionId)
    await work()
    const wanted = { studentId: life.studentId, versionId: defined.versionId }
    const steps = stepsOf(world, life, await openDossier(world, life.teacher, wanted))
    await steps.upTo('endorse')
    await decided(badges)
    const signed: string[] = []
    const issued = async () => {
      world.clock.advance(1000)
      await steps.approve()
      const jobs = world.db.selectFrom('jobs').selectAll().where('kind', '=', 'issue-badge')
      const job = await jobs.orderBy('id', 'desc').executeTakeFirstOrThrow()
      await issueBadge(world, JSON.parse(job.payload))
      const latest = world.db.selectFrom('badges').selectAll().orderBy('id', 'desc')
      const row = await readableOne(world.db, await latest.executeTakeFirst())
      signed.push(row?.badge_document ?? '')
    }
    const request = world.db.selectFrom('erasure_requests').select('public_id')
    const requestId = (await request.executeTakeFirstOrThrow()).public_id
    if (when === 'while the erasure ran')
      await eraseOnRequest(meanwhile(world, issued), { requestId })
    else {
      await expect(eraseOnRequest(dying(1).ctx, { requestId })).rejects.toThrow('killed')
      await issued()
      world.clock.advance(1000)
      await eraseOnRequest(world, { requestId })
    }
    expect(signed).toHaveLength(1)
    const around = { lookups: lookupsOf(world), now: world.now(), language: 'en' as const }
    expect((await verifyBadge(Buffer.from(signed[0]!), around)).verdict).toBe('invalid')
    expect(await world.db.selectFrom('badges').select('id').execute()).toEqual([])
    const [first = ''] = life.documents
    const kept = await verifyBadge(Buffer.from(first), around)
    expect(kept.verdict).toBe(badges === 'keep' ? 'valid' : 'invalid')
  },
)
