import { unzipSync } from 'fflate'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../../src/context.js'
import { askCorrection } from '../../../src/mentoring/corrections/ask-correction.js'
import { correctIdentity } from '../../../src/mentoring/corrections/correct-identity.js'
import { seeIdentity } from '../../../src/mentoring/corrections/see-corrections.js'
import { copyData } from '../../../src/issuer/rights/copy-data.js'
import { HELD } from '../../../src/issuer/rights/tables.data.js'
import { openSelection } from '../../../src/issuer/selections/open-selection.js'
import { SUMMARY } from '../../../src/issuer/rights/summary.data.js'
import { aStudent } from '../share-story.js'
import { auditOf, refusalOf } from '../../people/people.js'
import { openWorld, type World } from '../../support/world.js'
import { live, MARKS, type Life } from './life.js'

let world: World
let life: Life
beforeEach(async () => {
  world = await openWorld()
  life = await live(world)
})

async function copyFor(actor: Actor, studentId?: string) {
  const { name, parts } = await copyData(world, actor, studentId)
  const files = unzipSync(new Uint8Array(await buffer(Readable.from(parts))))
  const text = (file: string) => Buffer.from(files[file]!).toString('utf8')
  return { name, files: Object.keys(files), text }
}

test('a student gets everything that is held of them, readable and for programs', async () => {
  const { name, files, text } = await copyFor(life.student)
  expect(name).toBe('mes-donnees-2026-11-24.zip')
  expect(files.slice(0, 2)).toEqual(['mes-donnees.html', 'donnees.json'])
  const { held } = JSON.parse(text('donnees.json'))
  const copied = new Set(HELD.filter(({ copy }) => copy).map(({ table }) => table))
  expect(Object.keys(held).toSorted()).toEqual([...copied].toSorted())
  for (const mark of Object.values(MARKS)) expect(text('donnees.json'), mark).toContain(mark)
  for (const link of life.links) expect(text('donnees.json')).toContain(link)
  const { mention: _, reference: __, ...shown } = MARKS
  for (const mark of Object.values(shown)) expect(text('mes-donnees.html'), mark).toContain(mark)
  expect(text('mes-donnees.html')).toContain('Tuteur')
})

test('what was asked to be corrected is in it, with the answer, and what it was', async () => {
  await askCorrection(world, life.student, { field: 'familyName', said: 'Sans x au bout' })
  const { now, requests } = await seeIdentity(world, life.teacher, life.studentId)
  await correctIdentity(world, life.teacher, {
    ...{ ...now, studentId: life.studentId, familyName: 'Kwymarque', changes: 0 },
    ...{ requestId: requests[0]!.id, reason: 'Carte d’identité' },
  })
  const { text } = await copyFor(life.student)
  for (const said of [
    'Sans x au bout',
    'Carte d’identité',
    MARKS.family,
    'le nom de famille',
    'corrigé',
  ])
    for (const file of ['donnees.json', 'mes-donnees.html'])
      expect(text(file), said).toContain(said)
})

test('SH-03 the copy that the school takes opens no link and tells nobody’s label; the student’s own does both', async () => {
  const badgeId = life.badges[0]
  const wanted = { title: 'Mes badges', label: MARKS.label, badges: [badgeId], language: 'fr' }
  const { url } = await openSelection(world, life.student, { ...wanted, language: 'fr' })
  const code = await world.db.selectFrom('share_links').select('code_sealed').executeTakeFirst()
  const secrets = [MARKS.label, ...[...life.links, url].map((link) => link.split('/').at(-1)!)]
  if (code?.code_sealed) secrets.push(world.vault.open(code.code_sealed))
  const own = await copyFor(life.student)
  for (const secret of secrets) expect(own.text('donnees.json'), secret).toContain(secret)
  const schools = await copyFor(life.head, life.studentId)
  for (const file of schools.files)
    for (const secret of secrets) expect(schools.text(file), secret).not.toContain(secret)
  // That there are links is in it.
  expect(JSON.parse(schools.text('donnees.json')).held.share_links).toHaveLength(2)
  expect(schools.text('mes-donnees.html')).not.toContain('undefined')
})

test('signed badges are in it byte for byte', async () => {
  const { files, text } = await copyFor(life.student)
  const badges = files.filter((file) => file.startsWith('badges/'))
  expect(badges).toEqual(life.badges.map((id) => `badges/${id}.json`))
  expect(badges.map(text)).toEqual(life.documents)
})

test('no secret, no hash and no adult’s name is in it', async () => {
  const { text } = await copyFor(life.student)
  for (const file of ['donnees.json', 'mes-donnees.html']) {
    expect(text(file)).not.toMatch(/_hash"|_sealed"|_fingerprint"|log_nonce|\$scrypt|\$argon2/)
    for (const { publicId } of [life.teacher, life.head, life.tutor, life.boss])
      expect(text(file)).not.toContain(publicId)
    expect(text(file)).not.toContain('Camille')
  }
})

test('somebody of the management takes it on request; each time is a line of the audit; others take nothing', async () => {
  await copyFor(life.head, life.studentId)
  expect((await auditOf(world)).filter((action) => action === 'data.copied')).toHaveLength(1)
  const pupil = await aStudent(world, 'pupil@example.org', life.schoolId)
  const code = async (actor: Actor, id?: string) =>
    (await refusalOf(copyData(world, actor, id))).code
  expect(await code(life.teacher, life.studentId)).toBe('forbidden')
  expect(await code({ ...life.head, via: 'token' }, life.studentId)).toBe('forbidden')
  expect(await code(life.boss, life.studentId)).toBe('not-found')
  expect(await code(pupil, life.studentId)).toBe('not-found')
  expect(await code(pupil)).toBe('not-found')
  expect((await auditOf(world)).filter((action) => action === 'data.copied')).toHaveLength(1)
})

test('the school steps up before it takes a copy; a student takes their own without', async () => {
  const stale = { mustStepUp: true } as const
  const refused = await refusalOf(copyData(world, { ...life.head, ...stale }, life.studentId))
  expect(refused.code).toBe('step-up-required')
  expect((await auditOf(world)).filter((action) => action === 'data.copied')).toHaveLength(0)
  expect((await copyFor({ ...life.student, ...stale })).files).toContain('donnees.json')
})

test('the readable page names tables and columns that are copied', () => {
  const copied = new Set(HELD.filter(({ copy }) => copy).map(({ table }) => table))
  for (const { table } of SUMMARY) expect(copied.has(table), table).toBe(true)
})
