import { z } from 'zod'
import { DomainError } from '../errors.js'
import { validate } from '../web/validate.js'

const Asked = z.union([
  z.strictObject({ credential: z.union([z.string(), z.record(z.string(), z.unknown())]) }),
  z.strictObject({ url: z.string().max(2_000) }),
  z.strictObject({ code: z.string().max(40) }),
])

/** What is to be verified: a credential, as it is written, or what is behind a link or a short code. */
export type Asked =
  Readonly<{ badge: Uint8Array }> | Readonly<{ url: string }> | Readonly<{ code: string }>

/**
 * Takes apart the body of a request without rewriting the credential in it: what a reader of JSON
 * would drop (a name twice) or change (a large number) is still there for the strict reader.
 *
 * @throws {DomainError} invalid-request
 */
export function readAsked(body: Uint8Array): Asked {
  const text = decode(body)
  const asked = validate(Asked, parse(text))
  const members = membersOf(text)
  // Both readers would be right, each about another one.
  if (members.length > 1) throw malformed()
  if (!('credential' in asked)) return asked
  const written = typeof asked.credential === 'string' ? asked.credential : members[0]
  return { badge: Buffer.from(written ?? '') }
}

/**
 * The values of the outermost object, each as it is written.
 *
 * @param text JSON that a parser has accepted
 */
export function membersOf(text: string): string[] {
  const members: string[] = []
  let depth = 0
  let start: number | undefined
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (letter === '"') at = endOfString(text, at)
    else if (letter === '{' || letter === '[') depth += 1
    else if (letter === '}' || letter === ']') depth -= 1
    else if (letter === ':' && depth === 1) start ??= at + 1
    const ends = (letter === ',' && depth === 1) || (letter === '}' && depth === 0)
    if (ends && start !== undefined) {
      members.push(text.slice(start, at).trim())
      start = undefined
    }
  }
  return members
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

function decode(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch (error) {
    throw malformed(error)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw malformed(error)
  }
}

function malformed(cause?: unknown): DomainError {
  return new DomainError(
    'invalid-request',
    {
      fr: 'La demande ne peut pas être lue : envoyez du JSON bien formé avec un seul champ, « credential », « url » ou « code ».',
      en: 'The request can’t be read: send well-formed JSON with one field, “credential”, “url” or “code”.',
    },
    { cause },
  )
}
