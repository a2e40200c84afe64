import type { Config } from './config.js'
import type { KeyHandle, KeyProvider, KeyRing } from './context.js'
import { openKeys } from './key-files.js'
import { openPkcs11 } from './pkcs11/provider.js'

/** The keys of all providers, side by side: the settings say who makes new ones, a key says who keeps it. */
export async function openKeyRing(config: Config): Promise<KeyRing & { close(): void }> {
  const pkcs11 = config.pkcs11 && openPkcs11(config.pkcs11)
  const providers: Record<string, KeyProvider | undefined> = {
    files: await openKeys(config),
    pkcs11,
  }
  const of = ({ provider, publicKeyMultibase }: KeyHandle): KeyProvider => {
    const found = providers[provider]
    if (found) return found
    throw new Error(
      `The key ${publicKeyMultibase} is kept by ${provider}, which the settings do not name: set PKCS11_MODULE, PKCS11_TOKEN and PKCS11_PIN_FILE.`,
    )
  }
  return {
    async create() {
      const provider = config.keyProvider
      const maker = of({ provider, publicKeyMultibase: 'that is to be made' })
      return { ...(await maker.create()), provider }
    },
    sign: async (key, bytes) => of(key).sign(key.publicKeyMultibase, bytes),
    has: async (key) => of(key).has(key.publicKeyMultibase),
    destroy: async (key) => of(key).destroy(key.publicKeyMultibase),
    away: async () => pkcs11?.away(),
    close: () => pkcs11?.close(),
  }
}
