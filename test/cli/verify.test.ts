import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/program.js'
import { DomainError } from '../../src/errors.js'
import { verifyFiles } from '../../src/verifier/verify-files.js'
import { OFFLINE } from '../../src/verifier/lookups.js'
import { AWARDED, signedBadge } from '../support/badges.js'

let folder: string
let badge: string
const lines: string[] = []
const errors: string[] = []
const out = { log: (line: string) => lines.push(line), error: (line: string) => errors.push(line) }
const verify = (...words: string[]) => {
  lines.length = errors.length = 0
  const env = { LANG: 'fr_FR.UTF-8', DATA_DIR: folder, LOG_LEVEL: 'silent' }
  return runCommand(['node', 'sceau', 'verify', '--offline', ...words], env, out)
}
const at = (name: string, content?: string) => {
  const path = join(folder, name)
  if (content !== undefined) writeFileSync(path, content)
  return path
}
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-verify-'))
  badge = JSON.stringify(await signedBadge())
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('sceau verify', () => {
  test('ends with 1 for what is not valid and for what could not be checked, and says why', async () => {
    expect(await verify(at('open.json', badge))).toBe(1)
    expect(lines[0]).toMatch(/^indeterminate .*open\.json: Ce badge n’a pas pu être vérifié/)
    expect(lines[1]).toContain('- La liste qui dit si ce badge a été retiré n’a pas pu être lue.')
    expect(await verify(at('false.json', badge.replace('seul', 'bien')))).toBe(1)
    expect(lines[0]).toMatch(/^invalid /)
    expect(lines[1]).toContain('- La signature ne correspond pas au contenu')
  })

  test('ends with 2 where a file can’t be read, and still answers for the others', async () => {
    mkdirSync(at('vide'))
    expect(await verify(at('a.json', badge), at('absent.json'), at('vide'))).toBe(2)
    expect(lines.join('\n')).toMatch(/indeterminate .*a\.json/)
    expect(lines.join('\n')).toMatch(/unread .*absent\.json: ce fichier n’existe pas\./)
    expect(lines.join('\n')).toMatch(/unread .*vide: ce dossier ne contient aucun fichier de badge/)
    expect(lines.at(-1)).toBe(
      '3 fichiers : 0 valides, 0 non valides, 1 pas entièrement vérifiés, 2 illisibles.',
    )
    expect(errors.join()).toContain('n’ont pas pu être lus : 2')
  })

  test('says of a file that one may not read that one may not', async () => {
    const secret = at('secret.json', badge)
    chmodSync(secret, 0o000)
    // Root reads everything.
    const readable = process.getuid?.() === 0
    expect(await verify(secret)).toBe(readable ? 1 : 2)
    if (!readable) expect(lines[0]).toContain('vous n’avez pas le droit de le lire')
  })

  test('prints one JSON document, errors included, and nothing else on standard output', async () => {
    expect(await verify('--json', at('a.json', badge), at('absent.json'))).toBe(2)
    const reports = JSON.parse(lines.join('\n')) as unknown[]
    expect(reports).toMatchObject([
      { file: at('a.json'), report: { verdict: 'indeterminate' } },
      { file: at('absent.json'), error: 'missing' },
    ])
  })

  test('writes the report of one badge as a PDF, and refuses to for several', async () => {
    const paper = at('rapport.pdf')
    expect(await verify('--report', paper, at('a.json', badge))).toBe(1)
    expect(readFileSync(paper, 'latin1')).toMatch(/^%PDF-1\.7/)
    expect(await verify('--report', paper, at('a.json'), at('a.json'))).toBe(2)
    expect(errors.join()).toContain('un seul badge')
  })

  test('prints no letter of a file’s name that steers a terminal', async () => {
    await verify(at('a\u001b[31m.json', badge))
    expect(lines[0]).not.toContain('\u001b')
  })

  test('takes standard input beside files', async () => {
    const reports = await verifyFiles(['-', at('a.json', badge)], {
      lookups: () => OFFLINE,
      now: AWARDED,
      language: 'fr',
      standardInput: async () => Buffer.from('{}'),
    })
    expect(reports.map((one) => ('report' in one ? one.report.verdict : one.error))).toEqual([
      'invalid',
      'indeterminate',
    ])
  })

  test('a badge that is stopped by the limit of time does not end the run for the others', async () => {
    const refuse = () =>
      Promise.reject(new DomainError('verification-aborted', { fr: 'Arrêtée.', en: 'Stopped.' }))
    at('a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')
    at('b.json', 'no badge')
    const reports = await verifyFiles([folder], {
      lookups: () => ({ ...OFFLINE, work: { canonize: refuse, unbakeSvg: refuse } }),
      now: AWARDED,
      language: 'fr',
    })
    expect(reports).toMatchObject([
      { file: at('a.svg'), error: 'aborted' },
      { file: at('b.json'), report: { verdict: 'invalid' } },
    ])
  })
})
