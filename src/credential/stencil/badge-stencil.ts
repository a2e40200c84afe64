import { canonize } from '../canonical.js'
import { sha256, toUtf8 } from '../digest.js'
import type { PreparedCredential } from '../prepare-credential.js'
import type { Json } from '../values.js'
import { sha256OfBytes, toByteText } from '../byte-text.js'
import { BADGE_HOLES, OPTIONS_HOLES } from './holes.js'
import { Stencil } from './stencil.js'

/**
 * What the badges of one version of a template, from one school, have in common, learned from one of
 * them. Given to `signCredential`, it makes signing several times faster and changes nothing else: for
 * whatever it does not fit, the canonical form is computed as for any credential.
 */
export class BadgeStencil {
  readonly #badge: Stencil
  readonly #contexts: unknown
  #options: Promise<Stencil | undefined> | undefined
  #last: Readonly<{ text: string; hash: Uint8Array }> | undefined

  /** @returns undefined for a credential that can't be a stencil for others */
  static async cut(first: PreparedCredential): Promise<BadgeStencil | undefined> {
    const credential = JSON.parse(first.text) as Json
    const badge = await Stencil.cut(credential, BADGE_HOLES)
    return badge && new BadgeStencil(badge, credential['@context'])
  }

  private constructor(badge: Stencil, contexts: unknown) {
    this.#badge = badge
    this.#contexts = contexts
  }

  /**
   * SHA-256 of the canonical forms of the options of a badge's proof and of the badge.
   *
   * @returns undefined for a badge that it does not fit
   */
  async hashesOf(badge: PreparedCredential, options: Json): Promise<Uint8Array[] | undefined> {
    const document = this.#badge.fill(badge.bytes)
    if (document === undefined) return undefined
    return [await this.#hashOfOptions(options), sha256OfBytes(document, 'buffer')]
  }

  /** Badges that are signed in one second have the same options. */
  async #hashOfOptions(options: Json): Promise<Uint8Array> {
    const said = { '@context': this.#contexts, ...options }
    const text = JSON.stringify(said)
    if (this.#last?.text !== text) this.#last = { text, hash: await this.#hashed(said, text) }
    return this.#last.hash
  }

  async #hashed(said: Json, text: string): Promise<Uint8Array> {
    this.#options ??= Stencil.cut(said, OPTIONS_HOLES)
    const filled = (await this.#options)?.fill(toByteText(text))
    return filled === undefined
      ? sha256(toUtf8(await canonize(said)))
      : sha256OfBytes(filled, 'buffer')
  }
}
