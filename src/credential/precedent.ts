import { kindAt, isOfKind } from './model.js'
import type { Placed } from './parts.js'
import { readText, type ReadText } from './read-text.js'

/** U+FFFD may have been half a letter, which only a text that is at hand itself can say. */
const UNKNOWN = '\ufffd'

/** Of what a precedent is one: of credentials that have all but some texts in common. */
export type Alike = Readonly<{
  /** The class of the standard that they are of: `AchievementCredential` … */
  root: string
  /** Where each of the texts stands in which they differ; `*` is any place in a list. */
  places: readonly (readonly string[])[]
  /** The texts that all of them have. */
  common: readonly Placed[]
}>

/**
 * One credential that has passed the lint, for others that differ from it in some texts alone, and have ids that
 * are the same where it has ids that are the same. Of them it need not be asked again what no such text can
 * change: the lints of form say of them what they said of it, as long as each text is of the kind that its place
 * wants. Every other lint looks at each.
 */
export class Precedent {
  readonly #kinds: readonly (string | undefined)[]
  readonly #terms: readonly string[]
  readonly #common: ReadText
  #hasPassed = false

  constructor({ root, places, common }: Alike) {
    this.#kinds = places.map((place) => kindAt(root, place))
    this.#terms = places.map((place) => place.findLast((term) => term !== '*') ?? '')
    const read = common.map(readText)
    this.#common = {
      isUnseen: read.some(({ isUnseen }) => isUnseen),
      isPersonal: read.some(({ isPersonal }) => isPersonal),
      // A line end stands in no folded word: nothing is found across two texts.
      folded: read.map(({ folded }) => folded).join('\n'),
    }
  }

  /** One of these credentials has passed all lints. */
  pass(): void {
    this.#hasPassed = true
  }

  /**
   * @param texts in the order of `places`
   * @returns all texts of the credential that has these, for the lints that look at texts; undefined where it must be
   *   looked at whole
   */
  read(texts: readonly string[]): readonly ReadText[] | undefined {
    if (!this.#hasPassed || texts.length !== this.#kinds.length) return undefined
    const fits = texts.every(
      (text, at) => isOfKind(this.#kinds[at] ?? '', text) && !text.includes(UNKNOWN),
    )
    const read = (text: string, at: number) => readText({ term: this.#terms[at] ?? '', text })
    return fits ? [this.#common, ...texts.map(read)] : undefined
  }
}

/** What a credential has of its own, and the precedent for the rest. */
export type Likeness = Readonly<{ precedent: Precedent; texts: readonly string[] }>
