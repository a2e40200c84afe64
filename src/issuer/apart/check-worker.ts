import { doubtOf, type Doubt } from '../check-signed.js'
import { lookupsIn, type Answer, type Question } from './asked.js'

/** What a thread is given: badges that we have signed, and all that is known so far of what the verifier asks. */
export type CheckTask = Readonly<{
  documents: readonly string[]
  now: Date
  answers: readonly Answer[]
}>
/** What it finds of each badge; or first, which questions it has no answer to. */
export type Checked =
  Readonly<{ doubts: readonly (Doubt | undefined)[] }> | Readonly<{ open: readonly Question[] }>

/** Our own verifier, in a thread of its own: what it would look up in the store is in its task. */
export default async function check({ documents, now, answers }: CheckTask): Promise<Checked> {
  const { lookups, open } = lookupsIn(answers)
  const doubts: (Doubt | undefined)[] = []
  for (const document of documents) {
    doubts.push(await doubtOf(document, { lookups, now }))
    // A look that was cut short by an open question says nothing.
    if (open.length > 0) return { open }
  }
  return { doubts }
}
