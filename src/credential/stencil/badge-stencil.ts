import { canonize } from '../canonical.js'
import { toUtf8 } from '../digest.js'
import type { PreparedCredential } from '../prepare-credential.js'
import type { Json } from '../values.js'
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
   * What is hashed for a badge: the canonical forms of the options of its proof and of the badge.
   *
   * @returns undefined for a badge that it does not fit
   */
  async bytesOf(badge: PreparedCredential, options: Json): Promise<Uint8Array[] | undefined> {
    const document = this.#badge.fill(badge.text)
    if (!document) return undefined
    const said = { '@context': this.#contexts, ...options }
    this.#options ??= Stencil.cut(said, OPTIONS_HOLES)
    const ofOptions = (await this.#options)?.fill(JSON.stringify(said))
    return [ofOptions ?? toUtf8(await canonize(said)), document]
  }
}
