import { canonize } from '../../src/credential/canonical.js'
import { sha256 } from '../../src/credential/digest.js'
import { toBase58 } from '../../src/credential/multibase.js'
import type { Signer } from '../../src/credential/sign-credential.js'

type Json = Record<string, any>

/** Signs what our own signer would refuse, as somebody with a key of their own can. */
export async function signAnything(
  document: Json,
  signer: Signer,
  options: Json = {},
  /** What the signature covers beside the document: earlier proofs of a chain. */
  previous: readonly Json[] = [],
): Promise<Json> {
  const { proof: _proof, ...unsecured } = document
  const proof: Json = {
    type: 'DataIntegrityProof',
    created: '2026-06-15T09:00:00Z',
    verificationMethod: signer.id,
    cryptosuite: 'eddsa-rdfc-2022',
    proofPurpose: 'assertionMethod',
    ...options,
  }
  const covered = previous.length === 0 ? unsecured : { ...unsecured, proof: previous }
  const hashes = [{ ...proof, '@context': document['@context'] }, covered].map(async (one) =>
    sha256(await canonize(one)),
  )
  const signature = await signer.sign(Buffer.concat(await Promise.all(hashes)))
  return {
    ...unsecured,
    proof: [...previous, { ...proof, proofValue: `z${toBase58(signature)}` }],
  }
}
