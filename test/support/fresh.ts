import { generateKeyPairSync, sign } from 'node:crypto'
import { buildBadge } from '../../src/credential/build-credential.js'
import { toMultikey } from '../../src/credential/multikey.js'
import type { Signer } from '../../src/credential/sign-credential.js'
import type { Lookups } from '../../src/verifier/lookups.js'
import type { CheckName, Report } from '../../src/verifier/report.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { AWARDED, badgeValues } from './badges.js'
import { lookupsOf, signedList } from './lookups.js'
import { signAnything } from './raw-signature.js'

type Json = Record<string, any>
export type Fresh = Signer & { did: string }

/** A signer with a key that nobody had before. */
export function freshSigner(did?: string): Fresh {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const publicKeyMultibase = toMultikey(
    publicKey.export({ format: 'der', type: 'spki' }).subarray(-32),
  )
  const controller = did ?? `did:key:${publicKeyMultibase}`
  return {
    did: controller,
    id: `${controller}#${publicKeyMultibase}`,
    controller,
    publicKeyMultibase,
    sign: async (bytes) => sign(null, bytes, privateKey),
  }
}

/** The unsigned badge that the cases of the catalogue start from, of this issuer. */
export function unsignedOf(issuer: string, change: (badge: Json) => void = () => undefined): Json {
  const made = structuredClone(
    buildBadge(
      badgeValues({ issuer: { id: issuer, name: 'Lycée DÉMO', url: 'https://lycee.example' } }),
    ),
  ) as Json
  change(made)
  return made
}

/** The list that the badge of `unsignedOf` names, of whoever signs it, with these bits set. */
export const listOf = (signer: Signer, revoked: number[] = []) =>
  signedList(signer, LIST, { revoked })
export const LIST = 'https://sceau.example/status/school-1'
export const POSITION = 94_567

/** A genuine badge from a fresh key, changed before it is signed, with its list that says "not revoked". */
export async function freshBadge(
  change: (badge: Json) => void = () => undefined,
  options: Json = {},
): Promise<{ badge: Json; signer: Fresh; lists: Json }> {
  const signer = freshSigner()
  const badge = await signAnything(unsignedOf(signer.did, change), signer, options)
  return { badge, signer, lists: { [LIST]: await listOf(signer) } }
}

/** The report on a document, a text or bytes. */
export function reportOn(
  input: unknown,
  lookups: Lookups = lookupsOf({}),
  now = AWARDED,
): Promise<Report> {
  const bytes =
    input instanceof Uint8Array
      ? input
      : Buffer.from(typeof input === 'string' ? input : JSON.stringify(input))
  return verifyBadge(bytes, { lookups, now, language: 'en' })
}

export const checkOf = ({ checks }: Report, name: CheckName) =>
  checks.find((one) => one.name === name)

/** All that failed or stayed open among the checks that decide, as `name:code`. */
export const faultsOf = ({ checks }: Report, result: 'fail' | 'unknown' = 'fail') =>
  checks
    .slice(0, 8)
    .filter((one) => one.result === result)
    .map(({ name, code }) => `${name}:${code}`)

/** Bytes by which the process has grown while something ran. */
export async function growth(work: () => unknown): Promise<number> {
  const before = process.memoryUsage.rss()
  await work()
  return process.memoryUsage.rss() - before
}
