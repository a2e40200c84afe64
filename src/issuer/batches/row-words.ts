import { z } from 'zod'
import type { Words } from '../../words.js'
import type { BatchRow } from './store.js'

const Refusal = z.object({ fr: z.string(), en: z.string() })

/** Why a row was refused; undefined where it was not. */
export function wordsIn({ refusal }: Pick<BatchRow, 'refusal'>): Words | undefined {
  return refusal === null ? undefined : Refusal.parse(JSON.parse(refusal))
}
