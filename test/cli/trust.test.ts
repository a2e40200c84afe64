import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/program.js'
import { loadConfig } from '../../src/config.js'
import { openContext } from '../../src/open-context.js'
import { makeServiceKey } from '../../src/people/service-keys.js'

let folder: string
let env: Record<string, string>
const lines: string[] = []
const errors: string[] = []
const out = { log: (line: string) => lines.push(line), error: (line: string) => errors.push(line) }
const sceau = (...words: string[]) => {
  lines.length = errors.length = 0
  return runCommand(['node', 'sceau', ...words], env, out)
}
const LIST = {
  id: 'https://academie.example/issuers.jwt',
  publisher: { name: { fr: 'Académie DÉMO', en: 'DÉMO Academy' } },
  issuers: [{ id: 'did:web:lycee.example', name: 'Lycée DÉMO' }],
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-trust-'))
  env = {
    DATA_DIR: join(folder, 'data'),
    KEYS_DIR: join(folder, 'keys'),
    LOG_LEVEL: 'silent',
    PUBLIC_URL: 'https://sceau.example',
  }
  const ctx = await openContext(loadConfig(env))
  await makeServiceKey(ctx)
  await ctx.close()
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Writes a list into a file, signs it, and believes it. */
async function signed(list: object = LIST): Promise<string> {
  const [plain, file] = ['list.json', 'list.jwt'].map((name) => join(folder, name)) as [
    string,
    string,
  ]
  writeFileSync(plain, JSON.stringify(list))
  expect(await sceau('trust', 'sign', plain)).toBe(0)
  writeFileSync(file, lines.join('\n'))
  const [, key] = errors.join().split('#')
  env = { ...env, TRUST_LISTS: `${file}#${key}` }
  return file
}

describe('sceau trust', () => {
  test('signs a list that another service believes, for 90 days unless the file says otherwise', async () => {
    const file = await signed()
    expect(errors.join()).toMatch(/^TRUST_LISTS=https:\/\/academie\.example\/issuers\.jwt#z6Mk/)
    expect(await sceau('trust', 'list')).toBe(0)
    expect(lines.join()).toContain(`none        ${file} (not asked for yet)`)
    expect(await sceau('trust', 'refresh', '--json')).toBe(0)
    expect(JSON.parse(lines.join('\n'))).toMatchObject([
      { state: 'counts', issuers: 1, publisher: { en: 'DÉMO Academy' }, fault: null },
    ])
    expect(await sceau('trust', 'list')).toBe(0)
    expect(lines.join()).toMatch(/^counts\s+\S+ DÉMO Academy, 1, \d{4}-/)
  })

  test('answers 1 for a list that is not good, and says why', async () => {
    const file = await signed()
    writeFileSync(file, 'nonsense')
    expect(await sceau('trust', 'refresh')).toBe(1)
    expect(lines.join()).toContain('is no signed list')
    rmSync(file)
    env = { ...env, LANG: 'fr_FR.UTF-8' }
    expect(await sceau('trust', 'refresh')).toBe(1)
    expect(lines.join()).toContain('n’a pas pu être lue')
  })

  test('signs no list that others would refuse, and names the field', async () => {
    const plain = join(folder, 'list.json')
    writeFileSync(
      plain,
      JSON.stringify({ ...LIST, issuers: [{ id: 'did:web:127.0.0.1', name: 'x' }] }),
    )
    expect(await sceau('trust', 'sign', plain)).toBe(1)
    expect(errors.join()).toContain('/issuers/0/id')
    expect(lines).toEqual([])
  })

  test('does not write beside the running service, and says who does', async () => {
    await signed()
    const service = await openContext(loadConfig(env))
    expect(await sceau('trust', 'refresh')).toBe(1)
    expect(errors.join()).toContain('every six hours')
    expect(await sceau('trust', 'list')).toBe(0)
    await service.close()
  })

  test.each([
    ['https://a.example/list.jwt', 'without a key'],
    ['http://a.example/list.jwt#z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH', 'over http'],
    ['ftp://a.example/l#z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH', 'over ftp'],
    [
      '/l#z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH,/l#z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH',
      'twice',
    ],
    [
      Array.from(
        { length: 11 },
        (_, at) => `/${at}#z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH`,
      ).join(),
      'too many',
    ],
  ])('TRUST_LISTS=%.40s is refused: %s', (value) => {
    expect(() => loadConfig({ TRUST_LISTS: value })).toThrow(/TRUST_LISTS/)
  })
})
