import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto'
import { encode } from 'cborg'
import { canonize } from '../../src/credential/canonical.js'
import { sha256 } from '../../src/credential/digest.js'
import { toBase58 } from '../../src/credential/multibase.js'

type Json = Record<string, any>

/** The five parts of a derived proof, before they are CBOR. */
export type Parts = [
  baseSignature: Uint8Array,
  publicKey: Uint8Array,
  signatures: Uint8Array[],
  labels: Map<number, Uint8Array>,
  mandatory: number[],
]

export type P256Key = Readonly<{ privateKey: KeyObject; multikey: Uint8Array; did: string }>

/** A P-256 key, always the same for one name; a new one without. */
export function p256Key(name?: string): P256Key {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = name === undefined ? privateKey : namedKey(name)
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const odd = Buffer.from(y, 'base64url').at(-1)! & 1
  const multikey = Uint8Array.from([0x80, 0x24, 2 + odd, ...Buffer.from(x, 'base64url')])
  return { privateKey: key, multikey, did: `did:key:z${toBase58(multikey)}` }
}

function namedKey(name: string): KeyObject {
  // SEC 1 inside PKCS #8: OpenSSL computes the public half.
  const header = '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420'
  const der = Buffer.from(`${header}${sha256(`test key of ${name}`).toString('hex')}`, 'hex')
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}

export const methodOf = ({ did }: P256Key) => `${did}#${did.slice('did:key:'.length)}`
export const signP256 = (bytes: Uint8Array | string, { privateKey }: P256Key) =>
  new Uint8Array(sign('sha256', Buffer.from(bytes), { key: privateKey, dsaEncoding: 'ieee-p1363' }))

/** The value of a derived proof. */
export const toProofValue = (parts: unknown, header = 'd95d01') =>
  `u${Buffer.concat([Buffer.from(header, 'hex'), encode(parts)]).toString('base64url')}`

/**
 * Shows a whole document as a holder would, with what a test changes in the parts: an issuer may
 * sign what nobody should believe. Written apart from the code that it tests.
 */
export async function signSelectively(
  document: Json,
  issuer: P256Key,
  choices: {
    isMandatory?: (quad: string) => boolean
    label?: (index: number) => Uint8Array
    /** @param others the statements that had not to be shown, as they were signed */
    change?: (parts: Parts, others: string[]) => unknown
  } = {},
): Promise<Json> {
  const { proof: _proof, ...unsecured } = document
  const options = {
    type: 'DataIntegrityProof',
    created: '2026-06-15T09:00:00Z',
    verificationMethod: methodOf(issuer),
    cryptosuite: 'ecdsa-sd-2023',
    proofPurpose: 'assertionMethod',
  }
  const labels = new Map<number, Uint8Array>()
  const nameOf = (index: number) => {
    const label = choices.label?.(index) ?? sha256(`label ${index}`)
    labels.set(index, Uint8Array.from(label))
    return `_:u${Buffer.from(label).toString('base64url')}`
  }
  const quads = (await canonize(unsecured)).match(/.+\n/g)!.map((quad) =>
    quad
      .split(/("(?:[^"\\]|\\.)*")/)
      .map((piece) =>
        piece.startsWith('"')
          ? piece
          : piece.replace(/_:c14n(\d+)/g, (_, index) => nameOf(Number(index))),
      )
      .join(''),
  )
  quads.sort()
  const isMandatory = choices.isMandatory ?? ((quad) => quad.includes('#issuer>'))
  const ephemeral = p256Key()
  const others = quads.filter((quad) => !isMandatory(quad))
  const hash = (text: string) => createHash('sha256').update(text).digest()
  const base = Buffer.concat([
    hash(await canonize({ ...options, '@context': document['@context'] })),
    ephemeral.multikey,
    hash(quads.filter(isMandatory).join('')),
  ])
  const parts: Parts = [
    signP256(base, issuer),
    ephemeral.multikey,
    others.map((quad) => signP256(quad, ephemeral)),
    labels,
    quads.flatMap((quad, at) => (isMandatory(quad) ? [at] : [])),
  ]
  const changed = choices.change?.(parts, others) ?? parts
  const proofValue = typeof changed === 'string' ? changed : toProofValue(changed)
  return { ...unsecured, proof: [{ ...options, proofValue }] }
}
