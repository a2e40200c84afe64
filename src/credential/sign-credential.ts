import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { issue } from '@digitalbazaar/vc'
import { loadContext } from './contexts.js'
import { PreparedCredential } from './prepare-credential.js'

/** A key that can sign, without showing its private half. */
export type Signer = Readonly<{
  /** The verification method: `did:web:…#z6Mk…` */
  id: string
  /** Whose key it is: the issuer. */
  controller: string
  publicKeyMultibase: string
  sign(bytes: Uint8Array): Promise<Uint8Array>
}>

/**
 * Signs frozen bytes with eddsa-rdfc-2022. Ed25519 is deterministic: the same bytes, key and
 * instant give the same signed credential, however often it is done.
 *
 * @param created the instant that the proof names; whole seconds are kept
 * @returns the JSON text of the signed credential, its proof in an array as the strict schema wants
 */
export async function signCredential(
  prepared: PreparedCredential,
  signer: Signer,
  created: Date,
): Promise<string> {
  if (!PreparedCredential.isOne(prepared)) throw new TypeError('Only what was prepared is signed.')
  const suite = new DataIntegrityProof({
    signer: {
      id: signer.id,
      algorithm: 'Ed25519',
      sign: ({ data }: { data: Uint8Array }) => signer.sign(data),
    },
    date: `${created.toISOString().slice(0, 19)}Z`,
    cryptosuite,
  })
  const credential = JSON.parse(prepared.text) as Record<string, unknown>
  // The library checks validity against `now`; the lint has done so, as of the right instant.
  const { proof, ...unsigned } = await issue({
    credential,
    suite,
    documentLoader: loadContext,
    now: new Date(String(credential.validFrom)),
  })
  return JSON.stringify({ ...unsigned, proof: Array.isArray(proof) ? proof : [proof] })
}
