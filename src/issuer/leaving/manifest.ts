import { sha256 } from '../../credential/digest.js'
import type { BadgeState } from '../badge-shown.js'

/** How a badge of a portfolio may be verified without its files, while its student lets people. */
export type LiveLink = Readonly<{ url: string; code: string | null; untilDay: string | null }>

/** One badge in a portfolio: what it is, how it stood, and where its files are. */
export type Kept = Readonly<{
  name: string
  /** Id of the signed credential. */
  credential: string
  school: string
  companies: readonly string[]
  /** YYYY-MM-DD */
  validFrom: string
  state: BadgeState
  /** Ends in a slash. */
  folder: string
  /** Of its texts. */
  language: string
  link: LiveLink | undefined
}>

export type KeptFile = Readonly<{ path: string; type: string; size: number; sha256: string }>

/** In a portfolio, at its root; what `verifier/archive/` reads. */
export const MANIFEST = 'manifest.json'
export const INDEX = 'index.html'

export function fileLine(path: string, type: string, bytes: Uint8Array): KeptFile {
  return { path, type, size: bytes.length, sha256: sha256(bytes).toString('hex') }
}

/**
 * What a portfolio says of itself, to be signed by the service: each file with its digest, each badge, and nothing of whom
 * they were issued to.
 *
 * @param madeAt whole seconds, UTC
 */
export function manifestOf(
  of: Readonly<{ issuer: string; madeAt: string }>,
  badges: readonly Kept[],
  files: readonly KeptFile[],
): Record<string, unknown> {
  return {
    type: 'SceauPortfolio',
    version: 1,
    ...of,
    badges: badges.map(({ name, credential, state, folder, link }) => ({
      ...{ name, credential, state, folder },
      ...(link && {
        verifyAt: link.url,
        ...(link.code !== null && { code: link.code }),
        ...(link.untilDay !== null && { untilDay: link.untilDay }),
      }),
    })),
    files,
  }
}
