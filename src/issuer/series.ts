import { fromByteText } from '../credential/byte-text.js'
import { hashCanonical } from '../credential/canonical.js'
import type { Know } from '../credential/prepare-credential.js'
import { BadgeStencil } from '../credential/stencil/badge-stencil.js'
import type { Question } from './apart/asked.js'

/** From how many badges of a ground on a stencil is worth cutting: it costs as much as signing some tens. */
const WORTH_A_STENCIL = 20

/** What some badges of a batch teach about the next. It depends on what is signed, not on who signs. */
export type Series = Readonly<{
  /**
   * How credentials that have much in common are hashed and linted.
   *
   * @param key of what they have in common
   * @param count how many there are
   */
  knowing(key: string, part: 'badge' | 'endorsement', count: number): Know
  /** What our verifier has asked about badges, each once: the questions, not their answers. It grows. */
  questions: Question[]
}>

/** For as long as a batch lasts. */
export function openSeries(): Series {
  const cut = new Map<string, Promise<BadgeStencil | undefined>>()
  return {
    questions: [],
    knowing: (alike, part, count) => async (json) => {
      const key = `${part} ${alike}`
      // Of the first of them.
      if (count >= WORTH_A_STENCIL && !cut.has(key))
        cut.set(key, BadgeStencil.cut({ text: fromByteText(json) }, part))
      return (await cut.get(key))?.know(json) ?? { canonical: await hashCanonical(json) }
    },
  }
}
