import { buildStatusList } from '../../src/credential/build-credential.js'
import { sha256 } from '../../src/credential/digest.js'
import { toBase58 } from '../../src/credential/multibase.js'
import type { BadgeWork } from '../../src/verifier/apart/badge-work.js'
import { OFFLINE, type IssuerKey, type Looked, type Lookups } from '../../src/verifier/lookups.js'
import { signerOf } from './signers.js'

type Json = Record<string, any>
export const LIST = 'https://lycee.example/status/1'
export const WEB = 'did:web:lycee.example'
export const signer = signerOf('lists', WEB)
export const stranger = signerOf('a stranger', WEB)
export const KEY: IssuerKey = {
  id: signer.id,
  controller: WEB,
  publicKeyMultibase: signer.publicKeyMultibase,
}
export const NOW = new Date('2026-06-15T09:00:00Z')

/** A form of our own: here it is no matter what was signed, but who signed it. */
export const canonize = async (one: object) => JSON.stringify(one)
export function unsigned(changes: Json = {}, subject: Json = {}): Json {
  const list = buildStatusList({
    id: LIST,
    issuer: WEB,
    entries: 131_072,
    revoked: [7],
    validFrom: '2026-06-15T00:00:00Z',
    validUntil: '2026-06-22T00:00:00Z',
  }) as Json
  Object.assign(list.credentialSubject, subject)
  return { ...list, ...changes }
}
export async function proofOf(list: Json, options: Json = {}, by = signer): Promise<Json> {
  const proof = {
    type: 'DataIntegrityProof',
    created: '2026-06-15T08:00:00Z',
    verificationMethod: signer.id,
    cryptosuite: 'eddsa-rdfc-2022',
    proofPurpose: 'assertionMethod',
    ...options,
  }
  const texts = [{ ...proof, '@context': list['@context'] }, list].map((one) => JSON.stringify(one))
  const signature = await by.sign(Buffer.concat(texts.map(sha256)))
  // Without what is undefined, as it comes over the network.
  return JSON.parse(JSON.stringify({ ...proof, proofValue: `z${toBase58(signature)}` })) as Json
}
export const signed = async (
  list = unsigned(),
  ...how: [Json?, typeof signer?]
): Promise<Json> => ({
  ...list,
  proof: [await proofOf(list, ...how)],
})

/** Work that is done with this form, and how often it was made. */
export function quickWork(): { work: BadgeWork; made: () => number } {
  let made = 0
  const work: BadgeWork = {
    canonize: async (one) => (made++, canonize(one)),
    unbakeSvg: async () => ({ kind: 'none' }),
  }
  return { work, made: () => made }
}

/** An issuer that lists one key, and what stands at addresses of lists. */
export const lookupsWith = (lists: Json, changes: Partial<Lookups> = {}): Lookups => ({
  ...OFFLINE,
  work: quickWork().work,
  issuerKeys: async () => ({ outcome: 'found', value: [KEY] }),
  statusList: async (url): Promise<Looked<unknown>> =>
    url in lists ? { outcome: 'found', value: lists[url] } : { outcome: 'unreachable' },
  ...changes,
})
