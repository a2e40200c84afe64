import { describe, expect, test } from 'vitest'
import { openLog } from '../src/open-context.js'

/** What one call of the service's own log writes. */
function written(call: (log: ReturnType<typeof openLog>) => void): string {
  let text = ''
  call(openLog({ logLevel: 'info' }, { write: (line) => void (text += line) }))
  return text
}

function oneLine(text: string): Record<string, unknown> {
  expect(text.endsWith('\n')).toBe(true)
  expect(text.slice(0, -1)).not.toMatch(/[\n\r\u2028\u2029\u001b\u0007\u009b\u202e]/)
  return JSON.parse(text) as Record<string, unknown>
}

const FORGED = 'x\n{"level":"info","event":"badge.released"}\r\n'
const ANSI = '\u001b[2J\u001b]0;titre\u0007\u009b31m rouge \u202egnissap'

describe('MT-06 a stranger’s value in a line of the log', () => {
  test.each([FORGED, ANSI])('%j is escaped: one line, of one object', (value) => {
    const line = oneLine(written((log) => log.info({ event: 'request', route: value }, value)))
    expect(line).toMatchObject({ level: 30, event: 'request' })
    expect(String(line.route)).toContain(value.slice(0, 1))
  })

  test('so is one in the message of an error, its cause and its name', () => {
    const error = Object.assign(new Error(FORGED, { cause: new Error(ANSI) }), { detail: ANSI })
    const line = oneLine(written((log) => log.error({ err: error, event: 'failed' })))
    expect(line).toMatchObject({ level: 50, event: 'failed' })
    expect(line.err).toMatchObject({ message: expect.stringContaining(FORGED.trim()) })
  })

  test.each([
    ['a value', (value: string) => ({ route: value })],
    ['a value within', (value: string) => ({ request: { query: [value] } })],
    ['an error', (value: string) => ({ err: new Error(value) })],
    [
      'an error’s own field',
      (value: string) => ({ err: Object.assign(new Error('x'), { detail: value }) }),
    ],
    ['an error under another name', (value: string) => ({ reason: new Error(value) })],
  ])('of 1 MB as %s is cut', (_, made) => {
    const text = written((log) => log.error(made('a'.repeat(1 << 20))))
    oneLine(text)
    expect(text.length).toBeLessThan(20_000)
  })

  test('as the message is cut; what is short is whole', () => {
    expect(written((log) => log.info('a'.repeat(1 << 20))).length).toBeLessThan(5_000)
    const line = oneLine(
      written((log) => log.info({ event: 'x', at: new Date(0), n: [1, null] }, 'é')),
    )
    expect(line).toMatchObject({
      event: 'x',
      at: '1970-01-01T00:00:00.000Z',
      n: [1, null],
      msg: 'é',
    })
  })

  test('under a name that is secret is not written at all', () => {
    expect(written((log) => log.info({ email: 'zoe@example.org', token: 'secret' }))).not.toMatch(
      /zoe|secret/,
    )
  })
})
