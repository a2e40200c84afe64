import { fromByteText, sha256OfBytes, type ByteText } from '../byte-text.js'
import { textsOf } from '../parts.js'
import { Precedent } from '../precedent.js'
import type { Known } from '../prepare-credential.js'
import { BADGE_HOLES, ENDORSEMENT_HOLES, isMark } from './holes.js'
import { Stencil } from './stencil.js'

/**
 * What the badges of one version of a template, from one school, have in common, learned from one of
 * them; or what the endorsements of such badges have. Given to `prepareCredential` or `signCredential`, it makes them several
 * times faster and changes nothing else: for whatever it does not fit, the canonical form is computed as for any
 * credential, and the lint looks at it whole.
 */
export class BadgeStencil {
  readonly #stencil: Stencil
  readonly #precedent: Precedent

  /** @returns undefined for a credential that can't be a stencil for others */
  static async cut(
    first: Readonly<{ text: string }>,
    of: 'badge' | 'endorsement' = 'badge',
  ): Promise<BadgeStencil | undefined> {
    const { holes, root } = OF[of]
    const stencil = await Stencil.cut(JSON.parse(first.text) as object, holes)
    return stencil && new BadgeStencil(stencil, root)
  }

  private constructor(stencil: Stencil, root: string) {
    this.#stencil = stencil
    const { document, places } = stencil.marked
    const common = textsOf(document).filter(({ text }) => !isMark(text))
    this.#precedent = new Precedent({ root, places, common })
  }

  /**
   * @param json of a credential, as `JSON.stringify` writes it
   * @returns SHA-256 of the canonical form; undefined for a credential that it does not fit
   */
  hashOf(json: ByteText): Buffer | undefined {
    return this.know(json)?.canonical
  }

  /** The same, with the credential's likeness to those that it fitted before. */
  know(json: ByteText): Required<Known> | undefined {
    const fit = this.#stencil.fit(json)
    if (!fit) return undefined
    const likeness = { precedent: this.#precedent, texts: fit.values.map(fromByteText) }
    return { canonical: sha256OfBytes(fit.form, 'buffer'), likeness }
  }
}

const OF = {
  badge: { holes: BADGE_HOLES, root: 'AchievementCredential' },
  endorsement: { holes: ENDORSEMENT_HOLES, root: 'EndorsementCredential' },
} as const
