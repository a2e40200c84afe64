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
