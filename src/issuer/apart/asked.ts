import type { Lookups } from '../../verifier/lookups.js'

/** What our verifier may ask of the world that a thread can't see. */
type Name = 'issuerKeys' | 'statusList' | 'document' | 'logged' | 'knows' | 'resembles'

/** One call of a lookup. */
export type Question = Readonly<{ name: Name; args: readonly unknown[] }>
export type Answer = Readonly<{ question: Question; answer: unknown }>

/**
 * Lookups that know some answers by heart. What they have no answer to is noted in `open`, and whatever
 * asked it is told that there is none: its result says nothing.
 */
export function lookupsIn(answers: readonly Answer[]): Readonly<{
  lookups: Lookups
  open: readonly Question[]
}> {
  const known = new Map(answers.map(({ question, answer }) => [keyOf(question), answer]))
  const open: Question[] = []
  const ask =
    (name: Name) =>
    async (...args: unknown[]): Promise<never> => {
      const question = { name, args }
      const key = keyOf(question)
      // What was answered to this question, by the lookup of this name.
      if (known.has(key)) return known.get(key) as never
      if (!open.some((one) => keyOf(one) === key)) open.push(question)
      throw new Error(`Nobody has answered ${key} yet.`)
    }
  const lookups = {
    issuerKeys: ask('issuerKeys'),
    statusList: ask('statusList'),
    document: ask('document'),
    logged: ask('logged'),
    knows: ask('knows'),
    resembles: ask('resembles'),
  }
  return { lookups, open }
}

/** Asks a question where the world can be seen. */
export async function answerTo({ name, args }: Question, lookups: Lookups): Promise<unknown> {
  const ask = lookups[name] as ((...of: readonly unknown[]) => Promise<unknown>) | undefined
  return ask?.(...args)
}

function keyOf({ name, args }: Question): string {
  return JSON.stringify([name, ...args])
}
