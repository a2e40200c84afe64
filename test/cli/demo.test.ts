import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { demoConfig, staleness } from '../../src/cli/demo.js'
import { demoSheet } from '../../src/cli/demo-sheet.js'
import { runCommand } from '../../src/cli/program.js'

describe('sceau demo', () => {
  test('is refused in production', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sceau-demo-'))
    const env = { NODE_ENV: 'production', PUBLIC_URL: 'https://sceau.example' }
    const errors: string[] = []
    const out = { log() {}, error: (line: string) => void errors.push(line) }
    expect(
      await runCommand(['node', 'sceau', 'demo', '--data-dir', join(folder, 'demo')], env, out),
    ).toBe(2)
    expect(errors.join()).toContain('refused in production')
    expect(existsSync(join(folder, 'demo'))).toBe(false)
    rmSync(folder, { recursive: true })
  })

  test('touches neither the store nor the keys that the environment names', () => {
    const real = {
      PUBLIC_URL: 'https://sceau.example',
      DATABASE_URL: 'postgres://real',
      KEYS_DIR: 'real',
      KEYS_PASSPHRASE: 'x'.repeat(20),
    }
    const config = demoConfig(real, { dataDir: '/tmp/one' }, '3001')
    expect(config).toMatchObject({
      demo: true,
      databaseUrl: 'sqlite:/tmp/one/sceau.sqlite',
      keysDir: '/tmp/one/keys',
      keysPassphrase: undefined,
      publicUrl: 'http://localhost:3001',
    })
  })

  test('prints the address first, then a table of accounts with roles in words', () => {
    const account = { role: 'company-admin', name: 'Alix DÉMO', password: 'Secret-2026' } as const
    const sheet = demoSheet(
      {
        url: 'http://localhost:3000',
        accounts: [
          { ...account, email: 'alix@example.org' },
          { ...account, role: 'student', name: 'Bo', email: 'bo@example.org' },
        ],
        tokens: { admin: 't', school: 't', company: 't', reader: 't', vcApi: null },
        vcApi: { dids: {} },
        examples: { shared: 'http://localhost:3000/b/x', revoked: null, expired: null },
      },
      'fr',
    )
    const said = sheet.split('\n').filter((line) => line !== '')
    expect(said[0]).toContain('http://localhost:3000')
    const rows = said.filter((line) => line.includes('@example.org'))
    expect(rows[0]).toMatch(/^ {2}administrateur de l’entreprise {2}Alix DÉMO {2}alix@/)
    expect(rows.map((row) => row.search(/\S+@/))).toEqual(Array(2).fill(rows[0]!.search(/\S+@/)))
    expect(sheet).toContain('Secret-2026')
    expect(sheet).toContain('http://localhost:3000/sign-in')
  })

  test('says when it has grown old, and what to do about it', () => {
    const made = { filledAt: '2026-11-01T08:00:00.000Z', folder: 'data/demo' }
    expect(staleness(made, new Date('2026-11-11T08:00:00Z'))).toBeUndefined()
    expect(staleness(made, new Date('2026-11-11T08:00:01Z'))?.en).toContain(
      'delete the folder data/demo and start it again',
    )
  })
})
