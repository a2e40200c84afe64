import { toByteText } from './byte-text.js'
import { hashCanonical } from './canonical.js'
import { Lately } from './lately.js'
import { toBase58 } from './multibase.js'
import { PreparedCredential } from './prepare-credential.js'
import type { BadgeStencil } from './stencil/badge-stencil.js'

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
 * @param stencil what badges like this one have in common, for speed; what is signed is the same without
 * @returns the JSON text of the signed credential, its proof in an array as the strict schema wants
 * @see https://www.w3.org/TR/vc-di-eddsa/#create-proof-eddsa-rdfc-2022
 */
export async function signCredential(
  prepared: PreparedCredential,
  signer: Signer,
  created: Date,
  stencil?: BadgeStencil,
): Promise<string> {
  if (!PreparedCredential.isOne(prepared)) throw new TypeError('Only what was prepared is signed.')
  const options = {
    type: 'DataIntegrityProof',
    created: `${created.toISOString().slice(0, 19)}Z`,
    verificationMethod: signer.id,
    cryptosuite: 'eddsa-rdfc-2022',
    proofPurpose: 'assertionMethod',
  }
  const ofOptions = await hashOfOptions(prepared, options)
  const ofBadge =
    prepared.canonical ?? stencil?.hashOf(prepared.bytes) ?? (await hashCanonical(prepared.bytes))
  const signature = await signer.sign(Buffer.concat([ofOptions, ofBadge]))
  const proof = { ...options, proofValue: `z${toBase58(signature)}` }
  // What was prepared is a JSON object without a proof: its text goes on where it ends.
  return `${prepared.text.slice(0, -1)},"proof":[${JSON.stringify(proof)}]}`
}

const optionsLately = new Lately<Buffer>(64)

/** Badges that one key signs in one second have the same options. */
async function hashOfOptions({ contexts }: PreparedCredential, options: object): Promise<Buffer> {
  const said = `{"@context":${contexts},${JSON.stringify(options).slice(1)}`
  const known = optionsLately.get(said)
  if (known) return known
  const hash = await hashCanonical(toByteText(said))
  optionsLately.set(said, hash)
  return hash
}
