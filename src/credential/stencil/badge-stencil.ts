import { sha256OfBytes } from '../byte-text.js'
import type { PreparedCredential } from '../prepare-credential.js'
import { BADGE_HOLES } from './holes.js'
import { Stencil } from './stencil.js'

/**
 * What the badges of one version of a template, from one school, have in common, learned from one of
 * them. Given to `signCredential`, it makes signing several times faster and changes nothing else: for
 * whatever it does not fit, the canonical form is computed as for any credential.
 */
export class BadgeStencil {
  readonly #badge: Stencil

  /** @returns undefined for a credential that can't be a stencil for others */
  static async cut(first: PreparedCredential): Promise<BadgeStencil | undefined> {
    const badge = await Stencil.cut(JSON.parse(first.text) as object, BADGE_HOLES)
    return badge && new BadgeStencil(badge)
  }

  private constructor(badge: Stencil) {
    this.#badge = badge
  }

  /** @returns SHA-256 of the canonical form; undefined for a badge that it does not fit */
  hashOf(badge: PreparedCredential): Buffer | undefined {
    const filled = this.#badge.fill(badge.bytes)
    return filled === undefined ? undefined : sha256OfBytes(filled, 'buffer')
  }
}
