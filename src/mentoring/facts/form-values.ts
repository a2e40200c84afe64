import { z } from 'zod'
import { DomainError } from '../../errors.js'

/** A part of an address: longer than any id of ours. */
export const Id = z.string().max(64)
/** A field that may come empty: the act says what is wrong with it. */
export const Text = z.string().max(1000).default('')
/** Check boxes: none, one or several of a name. */
export const Ticked = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  z.array(Id).max(200),
)

/** What was typed in a field of a form that came back, as long as it is text. */
export function typedIn(
  problem: Readonly<{ values: Readonly<Record<string, unknown>> }> | undefined,
  name: string,
): string | undefined {
  const value = problem?.values[name]
  return typeof value === 'string' ? value : undefined
}

/** A form that asks for two things in one field: what is said of `/from` stands beside `to`. */
export async function saidBeside<Value>(from: string, to: string, act: Promise<Value>) {
  try {
    return await act
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { code, words, rule, cause } = error
    const fields = error.fields.map((field) =>
      field.pointer === from ? { ...field, pointer: to } : field,
    )
    throw new DomainError(code, words, { cause, fields, ...(rule === undefined ? {} : { rule }) })
  }
}
