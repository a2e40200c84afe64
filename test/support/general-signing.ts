import { sha256 } from '../../src/credential/digest.js'
import { toBase58 } from '../../src/credential/multibase.js'
import type { Signer } from '../../src/credential/sign-credential.js'
import { canonizeGeneral } from '../../src/verifier/vc-api/canonize.js'

type Json = Record<string, any>

/** Signs any document with eddsa-rdfc-2022, however wrong it is, as long as it means something. */
export async function signGeneral(
  document: Json,
  signer: Signer,
  options: Json = {},
): Promise<Json> {
  const { proof: _proof, ...unsecured } = document
  const proof: Json = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: '2026-11-24T10:00:00Z',
    verificationMethod: signer.id,
    proofPurpose: 'assertionMethod',
    ...options,
  }
  const signed = proof['@context'] ?? document['@context']
  const hashes = [{ ...proof, '@context': signed }, unsecured].map(async (one) =>
    // What has no meaning is signed as nothing: a verifier must refuse it for its form.
    sha256(await canonizeGeneral(one, 'sha256').catch(() => '')),
  )
  const signature = await signer.sign(Buffer.concat(await Promise.all(hashes)))
  return { ...unsecured, proof: { ...proof, proofValue: `z${toBase58(signature)}` } }
}
