import { createPublicKey, verify } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { thumbprintOf } from '../../src/credential/jwk.js'
import { multikeyToX } from '../../src/credential/multikey.js'
import { TOKEN_LIMITS } from '../../src/pkcs11/ask-token.js'
import { openPkcs11, type Pkcs11Provider } from '../../src/pkcs11/provider.js'
import {
  commandOf,
  environmentOf,
  makeSoftToken,
  PIN,
  pkcs11Tool,
  tokenProcesses,
  type SoftToken,
} from './soft-token.js'

const REST_MS = 300
const LIMITS = { ...TOKEN_LIMITS, answerMs: 1_500, restMs: REST_MS }
const TEXT = Buffer.from('what is signed')

let token: SoftToken
let opened: Pkcs11Provider[]
beforeEach(() => {
  token = makeSoftToken()
  opened = []
  return () => token.remove()
})
afterEach(() => {
  for (const one of opened) one.close()
})

function open(limits = TOKEN_LIMITS, changes = {}): Pkcs11Provider {
  const provider = openPkcs11({ ...token.settings, ...changes }, limits)
  opened.push(provider)
  return provider
}

function isSignedBy(publicKeyMultibase: string, signature: Uint8Array, bytes = TEXT): boolean {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: multikeyToX(publicKeyMultibase) }
  return verify(null, bytes, createPublicKey({ key: jwk, format: 'jwk' }), signature)
}

describe('a key in a token', () => {
  test('signs as RFC 8032 says: the same bytes twice the same, and each library finds it good', async () => {
    const keys = open()
    const { publicKeyMultibase } = await keys.create()
    const first = await keys.sign(publicKeyMultibase, TEXT)
    expect(first).toHaveLength(64)
    expect(await keys.sign(publicKeyMultibase, TEXT)).toEqual(first)
    expect(isSignedBy(publicKeyMultibase, first)).toBe(true)
    expect(isSignedBy(publicKeyMultibase, first, Buffer.from('another text'))).toBe(false)
    const other = await keys.create()
    expect(await keys.sign(other.publicKeyMultibase, TEXT)).not.toEqual(first)
  })

  test('signs the same after a restart, and as Debian’s own tool does', async () => {
    const { publicKeyMultibase } = await open().create()
    const again = open()
    expect(await again.has(publicKeyMultibase)).toBe(true)
    const signature = await again.sign(publicKeyMultibase, TEXT)
    const [text, made] = ['text', 'signature'].map((name) => join(token.folder, name))
    writeFileSync(text!, TEXT)
    const id = Buffer.from(multikeyToX(publicKeyMultibase), 'base64url').toString('hex')
    pkcs11Tool(token, '--sign', '--mechanism', 'EDDSA', '--id', id, '-i', text!, '-o', made!)
    expect(new Uint8Array(readFileSync(made!))).toEqual(signature)
  })

  test('of RSA signs RS256, after a restart too, bears its thumbprint and can’t be taken out', async () => {
    const keys = open()
    const { thumbprint, publicKeyJwk } = await keys.createRsa()
    expect(thumbprint).toBe(thumbprintOf(publicKeyJwk))
    const key = createPublicKey({ key: publicKeyJwk, format: 'jwk' })
    expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: 3072, publicExponent: 65537n })
    const first = await keys.sign(thumbprint, TEXT)
    expect(verify('sha256', TEXT, key, first)).toBe(true)
    expect(verify('sha256', Buffer.from('another text'), key, first)).toBe(false)
    const again = open()
    expect(await again.has(thumbprint)).toBe(true)
    expect(await again.sign(thumbprint, TEXT)).toEqual(first)
    const seen = pkcs11Tool(token, '--list-objects', '--type', 'privkey')
    expect(seen).toContain(`sceau ${thumbprint}`)
    expect(seen).toMatch(/sensitive.*never extractable/)
    // The other kind is beside it, and stays.
    const { publicKeyMultibase } = await again.create()
    await again.destroy(thumbprint)
    expect(await again.has(thumbprint)).toBe(false)
    await expect(again.sign(thumbprint, TEXT)).rejects.toThrow('is not in the token')
    expect(isSignedBy(publicKeyMultibase, await again.sign(publicKeyMultibase, TEXT))).toBe(true)
  })

  test('can’t be taken out, and bears its name', async () => {
    const { publicKeyMultibase } = await open().create()
    const seen = pkcs11Tool(token, '--list-objects', '--type', 'privkey')
    expect(seen).toContain(`sceau ${publicKeyMultibase}`)
    expect(seen).toMatch(/sensitive.*never extractable/)
  })

  test('is destroyed for ever, the second time too, and alone', async () => {
    const keys = open()
    const [one, other] = [await keys.create(), await keys.create()]
    await keys.sign(one.publicKeyMultibase, TEXT)
    await keys.destroy(one.publicKeyMultibase)
    await keys.destroy(one.publicKeyMultibase)
    expect(await keys.has(one.publicKeyMultibase)).toBe(false)
    await expect(keys.sign(one.publicKeyMultibase, TEXT)).rejects.toThrow('not in the token')
    expect(await keys.sign(other.publicKeyMultibase, TEXT)).toHaveLength(64)
    expect(pkcs11Tool(token, '--list-objects')).not.toContain(one.publicKeyMultibase)
  })

  test('signs for many at once, one after the other, up to a limit that says so', async () => {
    const keys = open({ ...TOKEN_LIMITS, waiting: 50 })
    const { publicKeyMultibase } = await keys.create()
    const all = await Promise.allSettled(
      Array.from({ length: 80 }, (_, at) => keys.sign(publicKeyMultibase, Buffer.from(`${at}`))),
    )
    const done = all.filter(({ status }) => status === 'fulfilled')
    const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(done).toHaveLength(51)
    expect(new Set(refused)).toEqual(new Set(['overloaded']))
    expect(tokenProcesses()).toHaveLength(1)
  })
})

describe('the PIN', () => {
  test('stands in no argument and in no environment', async () => {
    await open().create()
    const [pid] = tokenProcesses()
    expect(commandOf(pid!)).toContain('token-process')
    expect(commandOf(pid!)).not.toContain(PIN)
    expect(environmentOf(pid!)).toContain('SOFTHSM2_CONF')
    expect(environmentOf(pid!)).not.toContain(PIN)
  })

  test('that is wrong is tried once: the token is not locked by us, and nobody is told the PIN', async () => {
    writeFileSync(token.settings.pinFile, '000000')
    const keys = open(LIMITS)
    for (let tries = 0; tries < 5; tries++) {
      const error: unknown = await keys.create().catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'keys-away' })
      expect(String(error)).toContain('PIN is refused')
      expect(String(error)).not.toContain('000000')
      await sleep(REST_MS / 2)
    }
    expect(tokenProcesses()).toEqual([])
    writeFileSync(token.settings.pinFile, PIN)
    await open().create()
  })

  test('that can’t be read is told', async () => {
    await expect(open(LIMITS, { pinFile: '/nowhere' }).create()).rejects.toThrow('file of the PIN')
  })
})

describe('a token that is away', () => {
  test('is told from one that hangs, from a module that is none, and from a wrong label', async () => {
    await expect(open(LIMITS, { token: 'another' }).create()).rejects.toThrow('no token has this')
    await expect(open(LIMITS, { module: '/etc/hostname' }).create()).rejects.toThrow(
      'does not load',
    )
  })

  test('that hangs gives up in time, fails all who wait, and signs again later', async () => {
    const keys = open(LIMITS)
    const { publicKeyMultibase } = await keys.create()
    const signature = await keys.sign(publicKeyMultibase, TEXT)
    const [pid] = tokenProcesses()
    process.kill(pid!, 'SIGSTOP')
    const began = performance.now()
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, () => keys.sign(publicKeyMultibase, TEXT)),
    )
    expect(performance.now() - began).toBeLessThan(2 * LIMITS.answerMs)
    for (const one of all)
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'keys-away' } })
    expect((await keys.away())?.en).toContain('does not answer in time')
    expect((await keys.away())?.fr).toContain('ne répond pas')
    await sleep(2 * REST_MS)
    expect(tokenProcesses()).not.toContain(pid)
    expect(await keys.sign(publicKeyMultibase, TEXT)).toEqual(signature)
    expect(await keys.away()).toBeUndefined()
  })

  test('that hangs is told to who watches within seconds', async () => {
    const keys = open()
    await keys.create()
    process.kill(tokenProcesses()[0]!, 'SIGSTOP')
    const began = performance.now()
    expect((await keys.away())?.en).toContain('does not answer in time')
    expect(performance.now() - began).toBeLessThan(TOKEN_LIMITS.answerMs / 2)
  })

  test('whose module breaks down in the middle fails that signature only', async () => {
    const keys = open(LIMITS)
    const { publicKeyMultibase } = await keys.create()
    const [pid] = tokenProcesses()
    process.kill(pid!, 'SIGSTOP')
    const waits = keys.sign(publicKeyMultibase, TEXT)
    process.kill(pid!, 'SIGKILL')
    await expect(waits).rejects.toThrow('broke down')
    await sleep(2 * REST_MS)
    expect(isSignedBy(publicKeyMultibase, await keys.sign(publicKeyMultibase, TEXT))).toBe(true)
  })
})

test('a thousand signatures take seconds, not minutes', async () => {
  const keys = open()
  const { publicKeyMultibase } = await keys.create()
  const began = performance.now()
  for (let at = 0; at < 1_000; at++) await keys.sign(publicKeyMultibase, Buffer.from(`${at}`))
  const seconds = (performance.now() - began) / 1_000
  expect(seconds).toBeLessThan(20)
})
