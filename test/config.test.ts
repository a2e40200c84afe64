import { describe, expect, test } from 'vitest'
import { demoConfig } from '../src/cli/demo.js'
import { loadConfig } from '../src/config.js'

const TOKEN = { PKCS11_MODULE: '/lib/hsm.so', PKCS11_TOKEN: 'sceau', PKCS11_PIN_FILE: '/run/pin' }

describe('the settings of keys', () => {
  test('make new keys as files where nothing is said', () => {
    expect(loadConfig({})).toMatchObject({ keyProvider: 'files', pkcs11: undefined })
  })

  test('name a token whose keys sign, whoever makes the new ones', () => {
    const pkcs11 = { module: '/lib/hsm.so', token: 'sceau', pinFile: '/run/pin' }
    expect(loadConfig(TOKEN)).toMatchObject({ keyProvider: 'files', pkcs11 })
    const made = loadConfig({ ...TOKEN, KEY_PROVIDER: 'pkcs11' })
    expect(made).toMatchObject({ keyProvider: 'pkcs11', pkcs11 })
  })

  test.each([
    [{ KEY_PROVIDER: 'pkcs11' }, ['PKCS11_MODULE', 'PKCS11_TOKEN', 'PKCS11_PIN_FILE']],
    [{ ...TOKEN, PKCS11_PIN_FILE: '' }, ['PKCS11_PIN_FILE']],
    [{ KEY_PROVIDER: 'paper' }, ['KEY_PROVIDER']],
  ])('%o is refused with the names of what is wrong', (env, names) => {
    for (const name of names) expect(() => loadConfig(env)).toThrow(`- ${name}: `)
  })

  test('of a real service are not those of a demo', () => {
    const env = { ...TOKEN, KEY_PROVIDER: 'pkcs11', KEYS_PASSPHRASE_BEFORE_FILE: '/run/old' }
    expect(demoConfig(env, { dataDir: 'data/demo' }, '3000')).toMatchObject({
      keyProvider: 'files',
      pkcs11: undefined,
      keysPassphraseBeforeFile: undefined,
    })
  })
})

describe('the settings of providers', () => {
  const provider = { id: 'pro', name: 'ProConnect', issuer: 'https://idp.example', clientId: 'c' }
  const load = (providers: unknown, more = {}) =>
    loadConfig({ OIDC_PROVIDERS: JSON.stringify(providers), ...more })

  test('are none where nothing is said, and none in a demo', () => {
    expect(loadConfig({}).signInProviders).toEqual([])
    const env = { OIDC_PROVIDERS: JSON.stringify([provider]) }
    expect(loadConfig(env, true).signInProviders).toEqual([])
  })

  test('take the secret from the environment, or name its file', () => {
    const [one, other] = load(
      [
        { ...provider, kind: 'proconnect', secretEnv: 'PRO_SECRET' },
        { ...provider, id: 'other', secretFile: '/run/secret' },
      ],
      { PRO_SECRET: 'of tests' },
    ).signInProviders
    expect(one).toMatchObject({ kind: 'proconnect', secret: 'of tests', scopes: ['openid'] })
    expect(one).not.toHaveProperty('secretEnv')
    expect(other).toMatchObject({ kind: 'generic', secret: undefined, secretFile: '/run/secret' })
  })

  test.each([
    ['not JSON', 'x', 'OIDC_PROVIDERS'],
    ['http', [{ ...provider, issuer: 'http://127.0.0.1:1' }], 'OIDC_PROVIDERS'],
    ['a secret in clear', [{ ...provider, secret: 'hush' }], 'OIDC_PROVIDERS'],
    ['an id twice', [provider, provider], 'OIDC_PROVIDERS'],
    ['no openid', [{ ...provider, scopes: ['email'] }], 'OIDC_PROVIDERS'],
    ['an id that is no address', [{ ...provider, id: '../x' }], 'OIDC_PROVIDERS'],
    ['a secret that is not there', [{ ...provider, secretEnv: 'PRO_SECRET' }], 'PRO_SECRET'],
  ])('%s is refused by the name of the setting', (_, providers, name) => {
    const env = {
      OIDC_PROVIDERS: typeof providers === 'string' ? providers : JSON.stringify(providers),
    }
    expect(() => loadConfig(env)).toThrow(`- ${name}: `)
    expect(() => loadConfig(env)).not.toThrow('hush')
  })
})
