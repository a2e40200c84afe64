import { describe, expect, test } from 'vitest'
import { sayPart } from '../../src/administration/health-words.js'
import {
  PARTS,
  weighAll,
  weighBackup,
  weighChain,
  weighDisk,
  weighJobs,
  weighLists,
  weighMail,
  weighStandbys,
  type HealthPart,
} from '../../src/administration/weigh-health.js'
import { sayIn } from '../../src/web/say.js'

const NOW = new Date('2026-11-24T11:00:00.000Z')
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const GIGABYTE = 1024 ** 3
/** So long ago. */
const ago = (milliseconds: number) => new Date(NOW.getTime() - milliseconds).toISOString()

describe('the service as a whole', () => {
  const all = (states: Partial<Record<string, HealthPart['state']>>): HealthPart[] =>
    PARTS.map((name) => ({ name, state: states[name] ?? 'well', found: {} }))

  test('is well only if every part is; one that is not well counts more than one unknown', () => {
    expect(weighAll(all({}))).toBe('well')
    expect(weighAll(all({ disk: 'unknown' }))).toBe('unknown')
    expect(weighAll(all({ disk: 'unknown', keys: 'not-well' }))).toBe('not-well')
  })

  test('is unknown where nothing was looked at', () => {
    expect(weighAll([])).toBe('unknown')
  })

  test('is not decided by backups, which are made from outside', () => {
    expect(weighAll(all({ backup: 'not-well' }))).toBe('well')
  })
})

test('RL-24 the store is not well where a standby follows that no commit waits for', () => {
  expect(weighStandbys(1, false)).toBe('not-well')
  expect(weighStandbys(1, true)).toBe('well')
  expect(weighStandbys(0, false)).toBe('well')
  // SQLite
  expect(weighStandbys(null, true)).toBe('well')
})

describe('the chain of the audit', () => {
  const check = { entries: 3, head: 'x', broken_at: null }

  test('is unknown before its first validation and when that is more than two days old', () => {
    expect(weighChain(undefined, NOW)).toBe('unknown')
    expect(weighChain({ ...check, checked_at: ago(2 * DAY) }, NOW)).toBe('well')
    expect(weighChain({ ...check, checked_at: ago(2 * DAY + 1) }, NOW)).toBe('unknown')
  })

  test('stays broken however old the verdict is', () => {
    const broken = { ...check, head: null, broken_at: 2, checked_at: ago(9 * DAY) }
    expect(weighChain(broken, NOW)).toBe('not-well')
  })
})

describe('jobs', () => {
  const kind = { kind: 'send-mail', waiting: 1, failed: 0, givenUp: 0, oldest: ago(15 * MINUTE) }

  test('are well until one is more than a quarter of an hour late', () => {
    expect(weighJobs([kind], NOW)).toBe('well')
    expect(weighJobs([{ ...kind, oldest: ago(15 * MINUTE + 1) }], NOW)).toBe('not-well')
  })

  test.each([{ failed: 1 }, { givenUp: 1 }])('are not well with %j', (change) => {
    expect(weighJobs([{ ...kind, ...change }], NOW)).toBe('not-well')
  })

  test('are unknown where there never was one', () => {
    expect(weighJobs([], NOW)).toBe('unknown')
  })
})

describe('mail', () => {
  const mail = { isOn: true, sent: 1, oldest: null, givenUp: [] }

  test('is unknown while it is off, and before anything was sent', () => {
    expect(weighMail(mail, NOW)).toBe('well')
    expect(weighMail({ ...mail, isOn: false }, NOW)).toBe('unknown')
    expect(weighMail({ ...mail, sent: 0 }, NOW)).toBe('unknown')
  })

  test('is not well when one has waited for more than an hour', () => {
    expect(weighMail({ ...mail, oldest: ago(60 * MINUTE) }, NOW)).toBe('well')
    expect(weighMail({ ...mail, oldest: ago(60 * MINUTE + 1) }, NOW)).toBe('not-well')
  })

  test('is not well for seven days after one was given up', () => {
    const lost = (latest: string) => [{ why: 'refused', count: 1, latest }]
    expect(weighMail({ ...mail, givenUp: lost(ago(7 * DAY)) }, NOW)).toBe('well')
    expect(weighMail({ ...mail, givenUp: lost(ago(7 * DAY - 1)) }, NOW)).toBe('not-well')
  })
})

test('status lists are not well while one lacks a revocation, and unknown where there is none', () => {
  expect(weighLists({ lists: 2, behind: 0 })).toBe('well')
  expect(weighLists({ lists: 2, behind: 1 })).toBe('not-well')
  expect(weighLists({ lists: 0, behind: 0 })).toBe('unknown')
})

test('a disk is well with a gigabyte and a twentieth of it free', () => {
  expect(weighDisk(GIGABYTE, 20 * GIGABYTE)).toBe('well')
  expect(weighDisk(GIGABYTE - 1, 2 * GIGABYTE)).toBe('not-well')
  expect(weighDisk(GIGABYTE, 20 * GIGABYTE + 1)).toBe('not-well')
  expect(weighDisk(0, 0)).toBe('unknown')
})

test('a backup is well for two days, and unknown where none was noted', () => {
  expect(weighBackup(ago(2 * DAY), NOW, 2)).toBe('well')
  expect(weighBackup(ago(2 * DAY + 1), NOW, 2)).toBe('not-well')
  expect(weighBackup(null, NOW, 2)).toBe('unknown')
})

test('MT-05 a store whose role bypasses the second wall is well, and says what to do', () => {
  const saying = (wall: string) =>
    sayPart({ name: 'store', state: 'well', found: { wall } }, sayIn('en'))
  expect(saying('bypassed')).toMatch(/Warning: .* ordinary one: docs\/operating\.md/)
  expect(saying('stands')).not.toContain('Warning')
  expect(saying('none')).toContain('sceau check')
})
