import { sha256 } from './digest.js'
import { toJcs } from './jcs.js'
import { toBase58 } from './multibase.js'
import type { Signer } from './sign-credential.js'

/**
 * Signs a record of ours, which is no credential: JSON without contexts, by eddsa-jcs-2022. The same record,
 * key and instant give the same signature.
 *
 * @param created whole seconds are kept
 * @returns the record with its proof
 * @see https://www.w3.org/TR/vc-di-eddsa/#create-proof-eddsa-jcs-2022
 */
export async function signRecord<Value extends Readonly<Record<string, unknown>>>(
  record: Value,
  signer: Signer,
  created: Date,
): Promise<Value & { proof: Record<string, string> }> {
  const options = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    created: `${created.toISOString().slice(0, 19)}Z`,
    verificationMethod: signer.id,
    proofPurpose: 'assertionMethod',
  }
  const hashes = [options, record].map((value) => sha256(toJcs(value)))
  const signature = await signer.sign(Buffer.concat(hashes))
  return { ...record, proof: { ...options, proofValue: `z${toBase58(signature)}` } }
}
