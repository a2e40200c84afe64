import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { startServer } from '../../src/serve.js'
import { openWorld } from '../support/world.js'

let server: Awaited<ReturnType<typeof startServer>>
let origin: string
beforeAll(async () => {
  server = await startServer(createApp(await openWorld()), 0)
  origin = `http://127.0.0.1:${server.port}`
})
afterAll(() => server.stop())

/** Sends bytes as no client would write them. @returns all that came back, once the server has closed */
function send(...lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(lines.join('\r\n')))
    let answer = ''
    socket.setEncoding('latin1').on('data', (part: string) => (answer += part))
    socket.on('close', () => resolve(answer)).on('error', reject)
  })
}

const post = (...headers: string[]) => [
  'POST /verifications HTTP/1.1',
  'Host: sceau.example',
  'Content-Type: application/json',
  ...headers,
]
const isAlive = async () => expect((await fetch(`${origin}/healthz`)).status).toBe(200)

describe('requests whose length is in doubt', () => {
  test('IN-12 a length and chunks: refused, connection closed, nothing of it is taken for a second request', async () => {
    const answer = await send(
      ...post('Content-Length: 4', 'Transfer-Encoding: chunked', '', '0', '', ''),
      'GET /healthz HTTP/1.1',
      'Host: sceau.example',
      '',
      '',
    )
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer.match(/^HTTP\/1\.1/gm)).toHaveLength(1)
  })

  test('IN-12 two lengths that differ, or one that is none', async () => {
    for (const lengths of [
      ['Content-Length: 2', 'Content-Length: 3'],
      ['Content-Length: -1'],
      ['Content-Length: 2, 3'],
    ])
      expect(await send(...post(...lengths, '', '{}'))).toMatch(/^HTTP\/1\.1 400 /)
  })

  test('IN-12 a body that is longer than said: the rest is no request', async () => {
    const answer = await send(...post('Content-Length: 2', '', '{}{"url":"https://lycee.example"}'))
    const answers = answer.match(/^HTTP\/1\.1 \d+/gm) ?? []
    expect(answers.length).toBeGreaterThan(0)
    expect(new Set(answers)).toEqual(new Set(['HTTP/1.1 400']))
  })

  test('IN-12 a body that is shorter than said, and then nothing: no answer, and no process lost', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => {
        socket.end(post('Content-Length: 100', '', '{"url":').join('\r\n'))
      })
      socket.on('close', () => resolve()).resume()
    })
    await isAlive()
  })
})

describe('questions of another form', () => {
  const ask = (path: string, type: string, body: string | Buffer<ArrayBuffer>) =>
    fetch(`${origin}${path}`, { method: 'POST', headers: { 'content-type': type }, body })

  test.each(['?url[]=a&url[x]=b', '?url=a&url=b', '?credential=x', '?__proto__[x]=y'])(
    'IN-13 nothing is asked in the address: %s',
    async (query) => {
      const answer = await ask(`/verifications${query}`, 'application/json', '{"credential":{}}')
      expect(answer.status).toBe(400)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
    },
  )

  test('IN-13 a form of the page with a field twice is no other question', async () => {
    const answer = await ask('/verify', 'application/x-www-form-urlencoded', 'badge=a&badge[x]=b')
    expect(answer.status).toBeLessThan(500)
    const twice = await ask('/verify', 'application/x-www-form-urlencoded', 'badge=a&badge=b')
    expect(twice.status).toBe(400)
  })

  test.each([
    'application/json; charset=utf-16',
    'application/vc; charset="utf-16"',
    'application/json; charset=x',
  ])('IN-11 %s is refused', async (type) => {
    const body = Buffer.from('{"credential":{}}', 'utf16le')
    expect((await ask('/verifications', type, body)).status).toBe(415)
    expect((await ask('/verifications', type, '{"credential":{}}')).status).toBe(415)
  })

  test('IN-11 the charset that JSON has is no other type', async () => {
    const type = 'application/json; charset=UTF-8'
    expect((await ask('/verifications', type, '{"credential":{}}')).status).toBe(200)
  })

  test('IN-11 no type at all', async () => {
    const answer = await send(
      ...post('Content-Length: 2', 'Connection: close').filter(
        (line) => !/^Content-Type/.test(line),
      ),
      '',
      '{}',
    )
    expect(answer).toMatch(/^HTTP\/1\.1 415 /)
  })

  test.each([
    ['3 MiB of text', 'application/vc', 'x'.repeat(3 << 20)],
    ['3 MiB of JSON', 'application/json', `{"credential":"${'x'.repeat(3 << 20)}"}`],
    ['900,000 brackets', 'application/json', `{"credential":${'['.repeat(900_000)}`],
  ])('IN-02 %s are too large, before anything is parsed', async (_, type, body) => {
    expect((await ask('/verifications', type, body)).status).toBe(413)
  })

  test('IN-02 a million names are too many, and that is an answer', async () => {
    const names = Array.from({ length: 100_000 }, (_, n) => `"${n.toString(36)}":1`).join(',')
    const answer = await ask('/verifications', 'application/vc', `{${names}}`)
    const { verdict, checks } = await answer.json()
    expect(verdict).toBe('invalid')
    expect(checks[0]).toMatchObject({ name: 'format', code: 'too_large' })
  })
})

describe('IN-10 forms that are broken', () => {
  const BOUNDARY = 'sceau-boundary'
  const type = `multipart/form-data; boundary=${BOUNDARY}`
  const part = (name: string, value: string, file = '') =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data${name}${file}\r\n\r\n${value}\r\n`
  const END = `--${BOUNDARY}--\r\n`

  test.each<[string, string, string]>([
    ['without a boundary', 'multipart/form-data', part('; name="file"', '{}') + END],
    ['of 5,000 parts', type, part('; name="a"', 'x').repeat(5_000) + END],
    ['with a part that has no name', type, part('', 'x') + END],
    ['without an end', type, part('; name="file"', '{}', '; filename="b.json"')],
    ['with two files', type, part('; name="file"', '{}', '; filename="b"').repeat(2) + END],
    ['of nothing', type, ''],
  ])('%s: refused', async (_, contentType, body) => {
    const answer = await fetch(`${origin}/verifications`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    })
    expect(answer.status).toBe(400)
    await isAlive()
  })

  test('whose sender goes away half-way: no answer, and no process lost', async () => {
    const body = part('; name="file"', 'x'.repeat(1_000), '; filename="b"')
    await new Promise<void>((resolve) => {
      const head = ['POST /verifications HTTP/1.1', 'Host: x', `Content-Type: ${type}`]
      const socket = connect(server.port, '127.0.0.1', () => {
        socket.write([...head, 'Content-Length: 100000', '', body].join('\r\n'))
        socket.destroySoon()
      })
      socket.on('close', () => resolve())
    })
    await isAlive()
  })

  test('with a field after the file, which could be a second question: refused', async () => {
    const body = part('; name="file"', '{}', '; filename="b"') + part('; name="a"', 'x') + END
    const answer = await fetch(`${origin}/verifications`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    })
    expect(answer.status).toBe(400)
  })
})
