import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { holderOf, takeLock, type Lock } from '../../src/store/lock.js'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-lock-'))
  file = join(folder, 'sceau.sqlite.lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('RL-07 the lock of a SQLite file', () => {
  test('is had by one, and told to the next with its pid', () => {
    const lock = takeLock(file) as Lock
    expect(takeLock(file)).toBe(process.pid)
    expect(holderOf(file)).toBe(process.pid)
    lock.release()
    expect(holderOf(file)).toBeUndefined()
    expect(typeof takeLock(file)).toBe('object')
  })

  test.each([
    ['a process that is gone', () => String(spawnSync('true').pid)],
    ['a process whose pid another one has now', () => `${process.ppid} other-boot.1`],
    ['our own pid in an earlier container', () => `${process.pid} other-boot.1`],
    ['nobody that can be read', () => 'x'],
  ])('is taken over from %s', (_, text) => {
    writeFileSync(file, text())
    expect(holderOf(file)).toBeUndefined()
    expect(typeof takeLock(file)).toBe('object')
    expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^${process.pid}\\b`))
  })

  test('is left to a living process of which only the pid is known', () => {
    writeFileSync(file, String(process.ppid))
    expect(takeLock(file)).toBe(process.ppid)
  })

  test('is taken over although somebody died while it was their turn to take it over', () => {
    writeFileSync(file, `${process.pid} other-boot.1`)
    writeFileSync(`${file}.turn`, '')
    expect(typeof takeLock(file)).toBe('object')
    expect(readdirSync(folder)).toEqual(['sceau.sqlite.lock'])
  })

  test('is not released by whoever lost it', () => {
    const lock = takeLock(file) as Lock
    writeFileSync(file, String(process.ppid))
    lock.release()
    expect(holderOf(file)).toBe(process.ppid)
  })
})
