import type { Config } from './config.js'
import type { KeyHandle, KeyProvider, KeyRing } from './context.js'
import { openKeys } from './key-files.js'
import { openPkcs11 } from './pkcs11/provider.js'

/** EC keys, of the VC-API alone, are always kept here. */
const FILES = 'files'

/** The keys of all providers, side by side: the settings say who makes new ones, a key says who keeps it. */
export async function openKeyRing(config: Config): Promise<KeyRing & { close(): void }> {
  const pkcs11 = config.pkcs11 && openPkcs11(config.pkcs11)
  const files = await openKeys(config)
  const providers: Record<string, KeyProvider | undefined> = { files, pkcs11 }
  const of = ({ provider, name }: KeyHandle): KeyProvider => {
    const found = providers[provider]
    if (found) return found
    throw new Error(
      `The key ${name} is kept by ${provider}, which the settings do not name: set PKCS11_MODULE, PKCS11_TOKEN and PKCS11_PIN_FILE.`,
    )
  }
  return {
    async create(curve = 'Ed25519') {
      const isEd25519 = curve === 'Ed25519'
      const provider = isEd25519 ? config.keyProvider : FILES
      const { publicKeyMultibase } = await (isEd25519
        ? of({ provider, name: 'that is to be made' }).create()
        : files.create(curve))
      return { name: publicKeyMultibase, provider }
    },
    async createRsa() {
      const inToken = config.keyProvider === FILES ? undefined : pkcs11
      const { thumbprint, publicKeyJwk } = await (inToken ?? files).createRsa()
      const provider = inToken ? config.keyProvider : FILES
      return { name: thumbprint, publicKeyJwk, provider }
    },
    sign: async (key, bytes) => of(key).sign(key.name, bytes),
    has: async (key) => of(key).has(key.name),
    destroy: async (key) => of(key).destroy(key.name),
    away: async () => pkcs11?.away(),
    close: () => pkcs11?.close(),
  }
}
