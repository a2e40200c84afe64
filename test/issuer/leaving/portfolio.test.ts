import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { unzipSync, zipSync } from 'fflate'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { folderOf, takePortfolio } from '../../../src/issuer/leaving/take-portfolio.js'
import { lookupsOf } from '../../../src/issuer/own-lookups.js'
import { shareBadge } from '../../../src/issuer/share-badge.js'
import { serviceDid, serviceDidDocument, makeServiceKey } from '../../../src/people/service-keys.js'
import { checkArchive } from '../../../src/verifier/archive/check-archive.js'
import { keysOfController } from '../../../src/verifier/issuer-documents.js'
import { OFFLINE, type Lookups } from '../../../src/verifier/lookups.js'
import { verifyBadge } from '../../../src/verifier/verify-badge.js'
import { auditOf, refusalOf } from '../../people/people.js'
import { openWorld, type World } from '../../support/world.js'
import { aStudent, CANARIES, type Issued } from '../share-story.js'
import { inTerminale } from './story.js'

type Files = Record<string, Uint8Array>

let world: World
let issued: Issued
let files: Files
let url: string

/** The world of an outsider who asks the service for its keys. */
const lookups = (): Lookups => {
  const own = lookupsOf(world)
  return {
    ...own,
    issuerKeys: async (issuer, method) =>
      issuer === serviceDid(world.config.publicUrl)
        ? keysOfController(await serviceDidDocument(world), issuer)
        : own.issuerKeys(issuer, method),
  }
}
const check = (bytes: Uint8Array, ask: () => Lookups = lookups) =>
  checkArchive(bytes, { lookups: ask, now: world.now(), language: 'en' })
const zip = (changed: Files) => zipSync(changed)
const manifestIn = (of: Files) => JSON.parse(Buffer.from(of['manifest.json']!).toString())

async function take(): Promise<Files> {
  const { parts } = await takePortfolio(world, issued.student, 'fr')
  const chunks: Uint8Array[] = []
  for await (const part of parts) chunks.push(part)
  return unzipSync(new Uint8Array(Buffer.concat(chunks)))
}

beforeAll(async () => {
  world = await openWorld()
  await makeServiceKey(world)
  issued = await inTerminale(world)
  ;({ url } = await shareBadge(world, issued.student, { badgeId: issued.badgeId, label: 'CV' }))
  files = await take()
})

let folder: string
beforeEach(() => {
  folder = Object.keys(files)
    .find((path) => path.endsWith('badge.json'))!
    .replace(/badge\.json$/, '')
})

describe('LV-03 a portfolio needs nobody', () => {
  test('holds each badge byte for byte, in pictures that verify, and on a sheet', async () => {
    expect(Object.keys(files).toSorted()).toEqual(
      [
        ...['json', 'pdf', 'png', 'svg'].map((form) => `${folder}badge.${form}`),
        ...['index.html', 'manifest.json'],
      ].toSorted(),
    )
    expect(Buffer.from(files[`${folder}badge.json`]!).toString()).toBe(issued.document)
    for (const form of ['json', 'png', 'svg']) {
      const around = { lookups: lookups(), now: world.now(), language: 'fr' } as const
      const report = await verifyBadge(files[`${folder}badge.${form}`]!, around)
      expect([form, report.verdict]).toEqual([form, 'valid'])
    }
    expect(Buffer.from(files[`${folder}badge.pdf`]!).subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('its page has both languages, no script, and loads nothing from elsewhere', () => {
    const html = Buffer.from(files['index.html']!).toString()
    expect(html).toContain('<section id="fr" lang="fr">')
    expect(html).toContain('<section id="en" lang="en">')
    expect(html).not.toMatch(/<script|<link|<iframe|@import|url\(|\son\w+=/i)
    for (const [, src] of html.matchAll(/\bsrc="([^"]+)"/g)) expect(files[src!]).toBeDefined()
    for (const [, href] of html.matchAll(/<a href="([^"#]+)"/g))
      if (!href!.startsWith('https://')) expect(files[href!]).toBeDefined()
    expect(html).toContain(url)
  })

  test('tells nothing of its student: not in a name of a file, the page, the manifest or the sheet', () => {
    const texts = [
      Object.keys(files).join('\n'),
      Buffer.from(files['index.html']!).toString(),
      Buffer.from(files['manifest.json']!).toString(),
      Buffer.from(files[`${folder}badge.svg`]!).toString(),
    ]
    for (const text of texts)
      for (const canary of [...CANARIES, 'Camille', 'student@example.org'])
        expect(text).not.toMatch(canary)
  })

  test('its manifest has the digest of each file and the address of the live link, and is signed', async () => {
    const manifest = manifestIn(files)
    for (const { path, sha256, size } of manifest.files) {
      expect(createHash('sha256').update(files[path]!).digest('hex')).toBe(sha256)
      expect(files[path]!.length).toBe(size)
    }
    expect(manifest.files).toHaveLength(5)
    expect(manifest.badges[0]).toMatchObject({ verifyAt: url, state: 'valid' })
    expect(manifest.badges[0].code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    expect(await check(zip(files))).toMatchObject({
      verdict: 'valid',
      findings: [],
      issuer: 'did:web:sceau.example',
      badges: [{ report: { verdict: 'valid' } }],
    })
  })

  test('that it was taken is a line of the audit, and nobody else takes it', async () => {
    expect(await auditOf(world)).toContain('portfolio.taken')
    const other = await aStudent(world, 'other@example.org', issued.schoolId)
    expect((await refusalOf(takePortfolio(world, other, 'fr'))).code).toBe('not-found')
    expect((await refusalOf(takePortfolio(world, issued.head, 'fr'))).code).toBe('not-found')
    const token = { ...issued.student, via: 'token' } as const
    expect((await refusalOf(takePortfolio(world, token, 'fr'))).code).toBe('forbidden')
  })
})

describe('LV-03 what was changed in a portfolio is found', () => {
  const codesOf = async (changed: Files, ask?: () => Lookups) => {
    const { verdict, findings } = await check(zip(changed), ask)
    return [verdict, ...findings.map(({ code }) => code)]
  }

  test('any one file: changed, taken out or added', async () => {
    for (const path of Object.keys(files).filter((one) => one !== 'manifest.json')) {
      const bytes = Uint8Array.from(files[path]!)
      bytes[bytes.length - 1]! ^= 1
      expect(await codesOf({ ...files, [path]: bytes })).toEqual(['invalid', 'changed'])
      const { [path]: _, ...rest } = files
      expect(await codesOf(rest)).toEqual(['invalid', 'missing'])
    }
    const added = { ...files, 'badges/02-autre/badge.txt': new Uint8Array([1]) }
    expect(await codesOf(added)).toEqual(['invalid', 'added'])
  })

  test('the manifest: a digest, its issuer, its date, or no signature', async () => {
    const manifest = manifestIn(files)
    const [first, ...others] = manifest.files
    const wrong = [
      { ...manifest, files: [{ ...first, sha256: '0'.repeat(64) }, ...others] },
      { ...manifest, madeAt: '2020-01-01T00:00:00Z' },
    ]
    for (const one of wrong) {
      const bytes = Buffer.from(JSON.stringify(one))
      expect(await codesOf({ ...files, 'manifest.json': new Uint8Array(bytes) })).toContain(
        'signature',
      )
    }
    const { proof: _, ...unsigned } = manifest
    const bare = new Uint8Array(Buffer.from(JSON.stringify(unsigned)))
    expect(await codesOf({ ...files, 'manifest.json': bare })).toEqual(['invalid', 'manifest'])
    const { 'manifest.json': __, ...none } = files
    expect(await codesOf(none)).toEqual(['invalid', 'manifest'])
  })

  test('who signed it can’t be asked offline: not checked, never valid', async () => {
    expect((await codesOf(files, () => OFFLINE))[0]).toBe('indeterminate')
  })

  test('a path that leads out, or a name twice, is not read', async () => {
    for (const path of [
      '../evil.json',
      '/etc/evil.json',
      'badges/../../evil.json',
      'C:\\evil.json',
      'badges/É.json',
    ])
      expect(await codesOf({ ...files, [path]: new Uint8Array([1]) })).toEqual([
        'invalid',
        'bad_path',
      ])
    expect((await check(new Uint8Array([1, 2, 3]))).findings[0]!.code).toBe('no_zip')
    const twice = zipSync({ 'aa.html': new Uint8Array([1]), 'bb.html': new Uint8Array([2]) })
    const same = Buffer.from(
      Buffer.from(twice).toString('latin1').replaceAll('bb.html', 'aa.html'),
      'latin1',
    )
    expect((await check(new Uint8Array(same))).findings[0]!.code).toBe('twice')
  })

  test('what inflates to more than a portfolio is not inflated', async () => {
    const bomb = { ...files, 'index.html': new Uint8Array(5 * 1024 * 1024) }
    expect(await codesOf(bomb)).toEqual(['invalid', 'too_large'])
  })
})

/** Letters of European names, and what a file system or a zip reader may take for more than a name. */
const NAMES = fc.oneof(
  fc.constantFrom(
    ...[
      'Łukasz Żółć',
      'Þórður Ægisson',
      'Σωκράτης',
      'Йордан',
      'Ő. d’Aÿ-Œuvré',
      'ß',
      'İpek',
      'CON',
      'NUL.txt',
    ],
    ...[
      '../../etc/passwd',
      '..\\..\\x',
      '/',
      '.',
      '..',
      'a\0b',
      'C:\\x',
      '%2e%2e%2f',
      'a/b/c',
      ' ',
      '\u202egnp.exe',
    ],
  ),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
)

describe('LV-03 names in a portfolio', () => {
  test('of any badge, whatever it is called, stay below the folder, are no two alike, and are read again', () => {
    fc.assert(
      fc.property(fc.array(NAMES, { minLength: 1, maxLength: 30 }), (names) => {
        const folders = names.map(folderOf)
        expect(new Set(folders).size).toBe(names.length)
        for (const one of folders)
          expect(one).toMatch(/^badges\/\d{2,}-[a-z0-9]+(?:-[a-z0-9]+)*\/$/)
      }),
      { numRuns: 500 },
    )
  })

  test('are the same whatever the student is called', async () => {
    const before = Object.keys(files)
    await fc.assert(
      fc.asyncProperty(NAMES, NAMES, async (given_name, family_name) => {
        await world.db.updateTable('students').set({ given_name, family_name }).execute()
        const taken = await take()
        expect(Object.keys(taken)).toEqual(before)
        const text = Buffer.from(taken['index.html']!).toString()
        for (const name of [given_name, family_name])
          if (/^\p{L}{6,}$/u.test(name)) expect(text).not.toContain(name)
      }),
      { numRuns: 6 },
    )
  }, 60_000)
})
