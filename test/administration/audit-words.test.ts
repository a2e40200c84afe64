import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { AUDIT_ACTIONS, wordsOfAction } from '../../src/administration/audit-words.js'
import { JOB_WORDS, wordsOfFailure } from '../../src/administration/job-words.js'
import { JOB_KINDS } from '../../src/worker.js'

/** Codes of two words with a dot that are no actions: files, columns, stages of a badge, servers. */
const OTHERS = new Set([
  'badge.endorsing',
  'badge.signing',
  'fact.id',
  'fact.scheme',
  'organisations.id',
  'mes-donnees.html',
  'index.html',
])
const FILES =
  /\.(?:com|css|csv|fr|io|js|json|jwe|key|net|pdf|next|salt|sqlite|sqlite-journal|sqlite-shm|sqlite-wal|svg|xml|me)$/
/** Made of an answer: `consent.${answer}`. */
const COMPOSED = ['consent.given', 'consent.refused', 'consent.withdrawn']

/** What the acts write: no store function, view, verifier or content of a badge writes into the audit. */
function written(): string[] {
  const found = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .filter((file) => !/^(?:store|credential|verifier)\/|\/views\/|store(?:\/|\.ts$)/.test(file))
    .filter((file) => !/^administration\/.*\.data\.ts$/.test(file))
    .flatMap((file) => [
      ...readFileSync(`src/${file}`, 'utf8').matchAll(
        /'([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)'/g,
      ),
    ])
    .map(([, code]) => code!)
  return [...new Set(found)].filter((code) => !FILES.test(code) && !OTHERS.has(code))
}

test('every action that the code writes has words in both languages, and no other', () => {
  expect(Object.keys(AUDIT_ACTIONS).sort()).toEqual([...written(), ...COMPOSED].sort())
  for (const { fr, en } of Object.values(AUDIT_ACTIONS)) {
    expect(fr).not.toBe('')
    expect(en).not.toBe('')
  }
})

test('an action of another version keeps its code', () => {
  expect(wordsOfAction('future.thing')).toEqual({ fr: 'future.thing', en: 'future.thing' })
})

test('every kind of job that there is has words, and no other', () => {
  expect(Object.keys(JOB_WORDS).sort()).toEqual([...JOB_KINDS].sort())
})

test('a failure is told in words of ours, and nothing of what was kept is repeated', () => {
  expect(wordsOfFailure('keys-away: The token does not answer.').en).toContain('signing keys')
  expect(wordsOfFailure('connect ECONNREFUSED 10.0.0.1:25').en).not.toContain('10.0.0.1')
  const unexpected = wordsOfFailure('Zoé Kerguélen <zoe@x.example> is no number')
  expect(unexpected.en).toContain('unexpected')
  expect(unexpected.fr + unexpected.en).not.toMatch(/Zoé|example/)
})
