import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { sha256 } from '../../src/credential/digest.js'
import { toMultikey } from '../../src/credential/multikey.js'
import type { Signer } from '../../src/credential/sign-credential.js'

/** A test key, always the same for one name. */
export function signerOf(name: string, did?: string): Signer & { did: string } {
  const seed = sha256(`test key of ${name}`).toString('hex')
  const privateKey = createPrivateKey({
    key: Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex'),
    format: 'der',
    type: 'pkcs8',
  })
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const publicKeyMultibase = toMultikey(spki.subarray(-32))
  const controller = did ?? `did:key:${publicKeyMultibase}`
  return {
    did: controller,
    id: `${controller}#${publicKeyMultibase}`,
    controller,
    publicKeyMultibase,
    sign: async (bytes) => sign(null, bytes, privateKey),
  }
}
