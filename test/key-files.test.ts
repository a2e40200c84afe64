import { createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { calculateJwkThumbprint } from 'jose'
import { expect, test } from 'vitest'
import { loadConfig } from '../src/config.js'
import { readMultikey } from '../src/credential/multikey.js'
import { makeSigningKey, openKeys, signWith } from '../src/key-files.js'
import { beginMasterKey, forgetMasters, rewrapFiles } from '../src/key-files/rewrap.js'
import { openVault } from '../src/key-files/vault.js'
import { openKeyRing } from '../src/key-ring.js'

const settings = (changes = {}) => ({
  keysDir: mkdtempSync(join(tmpdir(), 'keys-')),
  keysPassphrase: undefined,
  keysPassphraseFile: undefined,
  keysPassphraseBeforeFile: undefined,
  ...changes,
})

test('a key made before a restart signs after it', async () => {
  const place = settings()
  const { publicKeyMultibase } = await (await openKeys(place)).create()
  const again = await openKeys(place)
  expect(await again.has(publicKeyMultibase)).toBe(true)
  expect(await again.sign(publicKeyMultibase, Buffer.from('text'))).toHaveLength(64)
})

test('a signature is one that any Ed25519 library accepts', () => {
  const { jwk, publicKey } = makeSigningKey()
  const signature = signWith(jwk, Buffer.from('text'))
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: jwk.x! }, format: 'jwk' })
  expect(verify(null, Buffer.from('text'), key, signature)).toBe(true)
  expect(verify(null, Buffer.from('other'), key, signature)).toBe(false)
  expect(publicKey.publicKeyMultibase).toMatch(/^z6Mk.{44}$/)
})

test('an RSA key is kept like the other, and signs RS256, the same each time, after a restart too', async () => {
  const place = settings()
  const { thumbprint, publicKeyJwk } = await (await openKeys(place)).createRsa()
  expect(await calculateJwkThumbprint(publicKeyJwk)).toBe(thumbprint)
  const key = createPublicKey({ key: publicKeyJwk, format: 'jwk' })
  expect(key.asymmetricKeyDetails?.modulusLength).toBe(3072)
  const again = await openKeys(place)
  expect(await again.has(thumbprint)).toBe(true)
  const signature = await again.sign(thumbprint, Buffer.from('text'))
  expect(await again.sign(thumbprint, Buffer.from('text'))).toEqual(signature)
  expect(verify('sha256', Buffer.from('text'), key, signature)).toBe(true)
  const file = readFileSync(join(place.keysDir, `${thumbprint}.jwe`), 'utf8')
  expect(file).not.toContain(publicKeyJwk.n)
  expect(statSync(join(place.keysDir, `${thumbprint}.jwe`)).mode & 0o777).toBe(0o600)
})

test('keys of all kinds sign as before once they are sealed under a new master key', async () => {
  const place = settings()
  const keys = await openKeys(place)
  const { thumbprint } = await keys.createRsa()
  const { publicKeyMultibase: ec } = await keys.create('P-384')
  const signature = await keys.sign(thumbprint, Buffer.from('text'))
  await beginMasterKey(place)
  expect(await rewrapFiles(place)).toBe(2)
  await forgetMasters(place)
  const again = await openKeys(place)
  expect(await again.sign(thumbprint, Buffer.from('text'))).toEqual(signature)
  expect(await again.sign(ec, Buffer.from('text'))).toHaveLength(96)
})

test('EC keys are kept in files, although new Ed25519 and RSA keys are made in a token', async () => {
  const token = { PKCS11_MODULE: '/nowhere.so', PKCS11_TOKEN: 't', PKCS11_PIN_FILE: '/nowhere' }
  const { keysDir } = settings()
  const config = loadConfig({ ...token, KEY_PROVIDER: 'pkcs11', KEYS_DIR: keysDir })
  const ring = await openKeyRing(config)
  for (const key of [await ring.create('P-384'), await ring.create('P-256')]) {
    expect(key.provider).toBe('files')
    expect(await ring.has(key)).toBe(true)
    expect((await ring.sign(key, Buffer.from('text'))).length).toBeGreaterThan(0)
  }
  expect(readdirSync(keysDir)).toHaveLength(3)
  ring.close()
})

test.each([
  ['P-256', 'sha256', /^zDn/],
  ['P-384', 'sha384', /^z82/],
] as const)('a key of %s is kept too, and signs with %s', async (curve, digest, name) => {
  const place = settings()
  const { publicKeyMultibase } = await (await openKeys(place)).create(curve)
  expect(publicKeyMultibase).toMatch(name)
  const again = await openKeys(place)
  expect(await again.has(publicKeyMultibase)).toBe(true)
  const read = readMultikey(publicKeyMultibase)
  if (typeof read === 'string') throw new Error(read)
  const signature = await again.sign(publicKeyMultibase, Buffer.from('text'))
  const key = { key: read.key, dsaEncoding: 'ieee-p1363' } as const
  expect(verify(digest, Buffer.from('text'), key, signature)).toBe(true)
})

test('keys lie on disk encrypted, each in a file only its owner reads', async () => {
  const place = settings()
  const { publicKeyMultibase } = await (await openKeys(place)).create()
  expect(readdirSync(place.keysDir).sort()).toEqual(['master.key', `${publicKeyMultibase}.jwe`])
  for (const name of readdirSync(place.keysDir)) {
    expect(statSync(join(place.keysDir, name)).mode & 0o777).toBe(0o600)
  }
  const file = readFileSync(join(place.keysDir, `${publicKeyMultibase}.jwe`), 'utf8')
  expect(JSON.parse(Buffer.from(file.split('.')[0]!, 'base64url').toString())).toEqual({
    alg: 'dir',
    enc: 'A256GCM',
  })
})

test('another passphrase opens neither keys nor vault, and says so', async () => {
  const place = settings({ keysPassphrase: 'correct horse battery' })
  const { publicKeyMultibase } = await (await openKeys(place)).create()
  await openVault(place)
  const wrong = { ...place, keysPassphrase: 'another horse entirely' }
  await expect(openVault(wrong)).rejects.toThrow(/passphrase/)
  const keys = await openKeys(wrong)
  await expect(keys.sign(publicKeyMultibase, Buffer.from('x'))).rejects.toThrow(/passphrase/)
})

test('a key signs the same the second time, and each key its own', async () => {
  const keys = await openKeys(settings())
  const [one, other] = [await keys.create(), await keys.create()]
  const signed = (key: typeof one) => keys.sign(key.publicKeyMultibase, Buffer.from('text'))
  const first = await signed(one)
  expect(await signed(one)).toEqual(first)
  expect(await signed(other)).not.toEqual(first)
})

test('a key whose file is gone is missed by name, and one that is destroyed has none', async () => {
  const keys = await openKeys(settings())
  const { publicKeyMultibase } = await keys.create()
  await keys.sign(publicKeyMultibase, Buffer.from('x'))
  await keys.destroy(publicKeyMultibase)
  await keys.destroy(publicKeyMultibase)
  expect(await keys.has(publicKeyMultibase)).toBe(false)
  await expect(keys.sign(publicKeyMultibase, Buffer.from('x'))).rejects.toThrow(
    `The key ${publicKeyMultibase} is not in the key ring: restore its file.`,
  )
})

test('IS-09 a name that is a path is no key', async () => {
  const keys = await openKeys(settings())
  expect(await keys.has('../master.key')).toBe(false)
  await expect(keys.sign('../../x', Buffer.from('x'))).rejects.toThrow(/not the name/)
})

test('the vault opens after a restart what it sealed, never twice the same, and knows a changed one', async () => {
  const place = settings()
  const vault = await openVault(place)
  const sealed = vault.seal('2010-03-04')
  expect(vault.seal('2010-03-04')).not.toBe(sealed)
  expect((await openVault(place)).open(sealed)).toBe('2010-03-04')
  const [nonce, tag, text] = sealed.split('.')
  expect(() =>
    vault.open([nonce, tag, `${text!.startsWith('A') ? 'B' : 'A'}${text!.slice(1)}`].join('.')),
  ).toThrow()
  expect((await openVault(place)).fingerprint('INE')).toBe(vault.fingerprint('INE'))
  expect((await openVault(settings())).fingerprint('INE')).not.toBe(vault.fingerprint('INE'))
})
