import { decode } from 'cborg'
import { LIMITS } from '../limits.js'

/** What a holder who shows parts of a document proves them with. */
export type DerivedProof = Readonly<{
  /** The issuer's, over the parts that must be shown. */
  baseSignature: Uint8Array
  /** Multikey bytes of the key that was made for this document alone. */
  publicKey: Uint8Array
  /** One for each statement that need not be shown and is. */
  signatures: readonly Uint8Array[]
  /** The signed names of nodes without an id, by their names here: `_:c14n0` to `_:u…` */
  labels: ReadonlyMap<string, string>
  /** Places of the statements that must be shown, ascending. */
  mandatory: readonly number[]
}>

const BASE = Buffer.from('d95d00', 'hex')
const DERIVED = Buffer.from('d95d01', 'hex')
const SIZES = { signature: 64, publicKey: 35, label: 32 } as const

/**
 * Reads `u…` (base64url of CBOR) in its one accepted spelling: shortest numbers, no tags inside, no
 * further bytes.
 *
 * @returns `base_proof` for what an issuer gives to a holder alone; undefined for anything else
 * @see https://www.w3.org/TR/vc-di-ecdsa/#parsederivedproofvalue
 */
export function readDerivedProof(proofValue: unknown): DerivedProof | 'base_proof' | undefined {
  const bytes = fromBase64url(proofValue)
  if (!bytes) return undefined
  const header = bytes.subarray(0, DERIVED.length)
  if (header.equals(BASE)) return 'base_proof'
  if (!header.equals(DERIVED)) return undefined
  const parts = decodeStrictly(bytes.subarray(DERIVED.length))
  if (!Array.isArray(parts) || parts.length !== 5) return undefined
  const [baseSignature, publicKey, signatures, labelMap, mandatory] = parts as unknown[]
  const labels = readLabels(labelMap)
  if (
    !isBytes(baseSignature, SIZES.signature) ||
    !isBytes(publicKey, SIZES.publicKey) ||
    !isListOf(signatures, (one): one is Uint8Array => isBytes(one, SIZES.signature)) ||
    !labels ||
    !isListOf(mandatory, isIndex) ||
    !mandatory.every((index, at) => at === 0 || index > (mandatory[at - 1] ?? index))
  )
    return undefined
  return { baseSignature, publicKey, signatures, labels, mandatory }
}

function fromBase64url(value: unknown): Buffer | undefined {
  if (typeof value !== 'string' || value.length > LIMITS.stringChars) return undefined
  const bytes = Buffer.from(value.slice(1), 'base64url')
  // Node overlooks foreign letters and spare bits.
  return `u${bytes.toString('base64url')}` === value ? bytes : undefined
}

function decodeStrictly(bytes: Uint8Array): unknown {
  try {
    return decode(bytes, {
      strict: true,
      useMaps: true,
      rejectDuplicateMapKeys: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowInfinity: false,
      allowNaN: false,
      allowBigInt: false,
    }) as unknown
  } catch {
    return undefined
  }
}

/** Two nodes of one name would be one node to the signatures, and two to a reader. */
function readLabels(value: unknown): ReadonlyMap<string, string> | undefined {
  if (!(value instanceof Map)) return undefined
  const labels = new Map<string, string>()
  for (const [index, label] of value as Map<unknown, unknown>) {
    if (!isIndex(index) || !isBytes(label, SIZES.label)) return undefined
    labels.set(`_:c14n${index}`, `_:u${Buffer.from(label).toString('base64url')}`)
  }
  return new Set(labels.values()).size === labels.size ? labels : undefined
}

function isBytes(value: unknown, size: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length === size
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isListOf<One>(value: unknown, isOne: (one: unknown) => one is One): value is One[] {
  return Array.isArray(value) && value.every(isOne)
}
