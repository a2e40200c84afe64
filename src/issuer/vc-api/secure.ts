import { hash } from 'node:crypto'
import type { Curve } from '../../context.js'
import { toUtf8 } from '../../credential/digest.js'
import { toJcs } from '../../credential/jcs.js'
import { toBase58 } from '../../credential/multibase.js'
import { digestFor, type Canonize } from '../../credential/suites/suite.js'
import type { SuiteName } from '../../credential/suites/table.js'
import type { Json } from '../../credential/values.js'
import { wholeSeconds } from '../status.js'
import type { VcSigner } from './keys.js'

/** What we can sign with, and with which keys; the first is taken where nothing is said. */
export const SIGNING_SUITES = {
  'eddsa-rdfc-2022': ['Ed25519'],
  'ecdsa-rdfc-2019': ['P-256', 'P-384'],
  'eddsa-jcs-2022': ['Ed25519'],
  'ecdsa-jcs-2019': ['P-256', 'P-384'],
  Ed25519Signature2020: ['Ed25519'],
} as const satisfies Partial<Record<SuiteName, readonly Curve[]>>
export type SigningSuite = keyof typeof SIGNING_SUITES

export function suiteFor(curve: Curve): SigningSuite {
  return curve === 'Ed25519' ? 'eddsa-rdfc-2022' : 'ecdsa-rdfc-2019'
}

/** A proof without its value. @param created whole seconds are kept */
export function proofOptions(suite: SigningSuite, signer: VcSigner, created: Date): Json {
  return {
    ...(suite === 'Ed25519Signature2020'
      ? { type: suite }
      : { type: 'DataIntegrityProof', cryptosuite: suite }),
    created: wholeSeconds(created),
    verificationMethod: signer.id,
    proofPurpose: 'assertionMethod',
  }
}

/**
 * A credential of any kind with its proof; never a badge of ours, which `signCredential` signs.
 *
 * @throws {Error} of `canonize`, for a document without a meaning
 * @see https://www.w3.org/TR/vc-data-integrity/#add-proof
 */
export async function secure(
  document: Json,
  suite: SigningSuite,
  { signer, created, canonize }: Readonly<{ signer: VcSigner; created: Date; canonize: Canonize }>,
): Promise<Json> {
  const digest = digestFor(signer.curve)
  const isJson = suite.includes('-jcs-')
  const options = {
    ...(isJson && { '@context': document['@context'] }),
    ...proofOptions(suite, signer, created),
  }
  const texts = isJson
    ? [toJcs(options), toJcs(document)]
    : [
        await canonize({ ...options, '@context': document['@context'] }, digest),
        await canonize(document, digest),
      ]
  const signature = await signer.sign(
    Buffer.concat(texts.map((text) => hash(digest, toUtf8(text), 'buffer'))),
  )
  return { ...document, proof: { ...options, proofValue: `z${toBase58(signature)}` } }
}
