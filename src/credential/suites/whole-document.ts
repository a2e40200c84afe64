import { hash } from 'node:crypto'
import type { Digest } from '../canonical.js'
import { toUtf8 } from '../digest.js'
import { toJcs } from '../jcs.js'
import { fromBase58 } from '../multibase.js'
import type { KeyType } from '../multikey.js'
import { digestFor, isSignedBy, quadsOf, type Signed, type Suite } from './suite.js'
import { listOf, type Json } from '../values.js'

const SIGNATURE_BYTES: Readonly<Record<KeyType, number>> = {
  Ed25519: 64,
  'P-256': 64,
  'P-384': 96,
}
/** 96 bytes are at most 132 letters. */
const MAX_SIGNATURE_CHARS = 136

type Texts = Readonly<{ options: string; document: string }>
/** The two texts that are hashed; or the code of what is wrong. */
type Form = (signed: Signed, digest: Digest) => Promise<Texts | string>

/** A suite with one signature over two hashes: of the proof's options, then of the whole document. */
export function signsWhole(keys: readonly KeyType[], form: Form): Suite {
  return {
    keys,
    faultOf: async (signed) => {
      const { key, proofValue } = signed
      const signature = readSignature(proofValue)
      if (signature?.length !== SIGNATURE_BYTES[key.type]) return 'proof'
      const digest = digestFor(key.type)
      const texts = await form(signed, digest)
      if (typeof texts === 'string') return texts
      const hashes = [texts.options, texts.document].map((text) =>
        hash(digest, toUtf8(text), 'buffer'),
      )
      return isSignedBy(key, Buffer.concat(hashes), signature) ? undefined : 'proof'
    },
  }
}

/** The graph that a document describes: its canonical N-Quads. */
export const asGraph: Form = async (signed, digest) => {
  const document = await quadsOf(signed, signed.document, digest)
  if (document === undefined) return 'undefined_term'
  const asked = { ...signed.options, '@context': signed.document['@context'] }
  const options = await quadsOf(signed, asked, digest)
  return options === undefined ? 'proof' : { options, document }
}

/**
 * The document as JSON text (RFC 8785). A proof that names contexts signs those: the document must
 * begin with them, and what it names further is not signed.
 *
 * @see https://www.w3.org/TR/vc-di-eddsa/#verify-proof-eddsa-jcs-2022
 */
export const asJson: Form = async ({ document, options }) => {
  const ofProof = options['@context']
  if (!startsWith(document['@context'], ofProof)) return 'proof'
  const signed: Json = ofProof === undefined ? document : { ...document, '@context': ofProof }
  try {
    return { options: toJcs(options), document: toJcs(signed) }
  } catch {
    return 'proof'
  }
}

function startsWith(whole: unknown, beginning: unknown): boolean {
  const texts = listOf(whole).map(toJcs)
  return listOf(beginning).every((one, at) => toJcs(one) === texts[at])
}

function readSignature(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string' || !value.startsWith('z')) return undefined
  return fromBase58(value.slice(1), MAX_SIGNATURE_CHARS)
}
