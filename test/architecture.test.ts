import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const BASE = ['words', 'errors', 'config', 'context', 'credential', 'store', 'web']

/** Who may import whom, by top-level name of src/. Nothing else is allowed. */
const MAY_IMPORT: Record<string, string[]> = {
  'check-node': [],
  words: [],
  errors: ['words'],
  config: [],
  credential: ['words', 'errors'],
  store: [],
  context: ['config', 'store', 'words'],
  web: ['words', 'errors', 'config', 'context', 'store'],
  settings: ['words', 'errors', 'config', 'context', 'store'],
  mail: ['words', 'errors', 'config', 'context', 'store', 'settings'],
  people: [...BASE, 'mail', 'settings'],
  transparency: [...BASE, 'people'],
  mentoring: [...BASE, 'people', 'mail', 'settings'],
  templates: [...BASE, 'mentoring', 'people'],
  issuer: [
    ...BASE,
    'templates',
    'mentoring',
    'people',
    'mail',
    'transparency',
    'verifier',
    'settings',
  ],
  verifier: BASE,
  administration: [...BASE, 'people', 'mail', 'mentoring', 'issuer', 'verifier', 'settings'],
  'key-files': ['config', 'context', 'credential'],
  pkcs11: ['words', 'errors', 'config', 'context', 'credential'],
  'key-ring': ['config', 'context', 'key-files', 'pkcs11'],
  'log-lines': [],
  'open-context': [
    'config',
    'context',
    'errors',
    'store',
    'key-files',
    'key-ring',
    'issuer',
    'log-lines',
    'verifier',
    'web',
  ],
  worker: [
    ...BASE,
    'administration',
    'issuer',
    'mail',
    'mentoring',
    'people',
    'transparency',
    'verifier',
  ],
  app: [
    ...BASE,
    'administration',
    'people',
    'mentoring',
    'templates',
    'issuer',
    'transparency',
    'verifier',
    'home',
    'settings',
  ],
  home: [...BASE, 'people', 'mentoring', 'templates', 'issuer', 'settings'],
  demo: [
    ...BASE,
    'administration',
    'people',
    'mentoring',
    'templates',
    'issuer',
    'verifier',
    'worker',
    'open-context',
    'key-files',
  ],
  serve: [],
  run: [
    'administration',
    'app',
    'issuer',
    'mail',
    'mentoring',
    'open-context',
    'people',
    'serve',
    'store',
    'transparency',
    'verifier',
    'web',
    'worker',
  ],
  main: ['check-node', 'config', 'open-context', 'people', 'run'],
  cli: [
    ...BASE,
    'administration',
    'check-node',
    'app',
    'worker',
    'key-files',
    'open-context',
    'run',
    'serve',
    'demo',
    'people',
    'mentoring',
    'templates',
    'issuer',
    'settings',
    'transparency',
    'verifier',
  ],
}

/** Effects that few places of src/ may have. */
const ONLY_IN: [string, RegExp, string[]][] = [
  ['reads the environment', /process\.env/, ['src/cli.ts', 'src/main.ts']],
  ['asks what time it is', /new Date\(\)|Date\.now\(/, ['src/open-context.ts']],
  [
    'asks for randomness',
    /Math\.random\(|randomUUID|randomInt\(|\brandomBytes\b[^(]*from 'node:crypto'|import \{[^}]*\brandomBytes\b/,
    ['src/key-files/master.ts', 'src/key-files/vault.ts', 'src/open-context.ts'],
  ],
  [
    'speaks to other servers',
    /from 'undici'|from 'node:(?:tls|http2)'|\b(?:https?|net)\.(?:request|connect)\(|[^.\w]fetch\(/,
    ['src/web/safe-fetch.ts'],
  ],
  [
    'goes past the scope of a visitor',
    /\basService\(|\bbeyond\('|\bservice: '[a-z]/,
    [
      'src/cli/shell.ts',
      'src/issuer/company-links/pages.tsx',
      'src/issuer/consents/guardian-pages.tsx',
      'src/issuer/our-links.ts',
      'src/issuer/own-lookups.ts',
      'src/issuer/public-badge-router.tsx',
      'src/issuer/selections/router.tsx',
      'src/mentoring/confirming/confirm-link-pages.tsx',
      'src/mentoring/imports/import-class-list.ts',
      'src/mentoring/placements/document-pages.tsx',
      'src/people/scope-of.ts',
      'src/run.ts',
      'src/store/open.ts',
      'src/store/scope.ts',
      'src/web/beyond.ts',
      'src/web/page.ts',
      'src/worker.ts',
    ],
  ],
  ['speaks to a mail server', /from 'nodemailer/, ['src/mail/smtp.ts']],
]

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
  .map((file) => `src/${file}`)

describe('src', () => {
  test('holds files, so that what follows can fail', () => {
    expect(files.length).toBeGreaterThan(10)
  })

  test.each(files)('%s imports only what it may', (file) => {
    const owner = roomOf(file)
    const imported = [...read(file).matchAll(/from '(\.[^']+)'/g)].map(([, path]) =>
      roomOf(new URL(path!, `file:///${file}`).pathname.slice(1)),
    )
    const foreign = imported.filter((name) => name !== owner)
    expect(MAY_IMPORT[owner], `the room ${owner} is not in the table`).toEqual(
      expect.arrayContaining(foreign),
    )
  })

  test.each(ONLY_IN)('only few places %s', (_, pattern, places) => {
    const found = files.filter((file) => pattern.test(read(file)))
    expect(found.filter((file) => !places.includes(file))).toEqual([])
  })

  test('a table is written by one feature only', () => {
    const writers = new Map<string, Set<string>>()
    // A migration is of no feature: it fills what it makes, before anybody comes.
    for (const file of files.filter((one) => !one.startsWith('src/store/migrations/'))) {
      for (const [, table] of read(file).matchAll(
        /\.(?:insertInto|updateTable|deleteFrom)\('(\w+)'\)/g,
      )) {
        writers.set(table!, (writers.get(table!) ?? new Set()).add(roomOf(file)))
      }
    }
    expect(writers.size).toBeGreaterThan(1)
    const shared = [...writers].filter(([, rooms]) => rooms.size > 1).map(([table]) => table)
    expect(shared).toEqual([])
  })
})

function roomOf(file: string): string {
  return file.split('/')[1]!.replace(/\.\w+$/, '')
}

function read(file: string): string {
  return readFileSync(file, 'utf8')
}
