import { hash, verify } from '@node-rs/argon2'
import { DomainError } from '../errors.js'

/** Argon2id (the library's default), OWASP's least: 19 MiB, two passes, one lane. */
const ARGON2 = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }
/** Each takes 19 MiB and a core for some 30 ms: a flood of sign-ins must not take them all. */
const AT_MOST = 2
/** Three seconds of work: who waits longer has gone, and tries again. */
const WAITING_AT_MOST = 200
const MAX_CHARS = 256

/**
 * The CNIL's three ways (deliberation 2022-100): 12 characters of four kinds, 14 of three, or a
 * sentence of seven words. A password that passes never has to be changed for its age.
 *
 * @throws {DomainError} invalid-request
 */
export function assertStrongPassword(password: string): void {
  const chars = [...password].length
  const letters = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u].filter((kind) => kind.test(password)).length
  const kinds = letters + (/[^\p{L}\p{N}]/u.test(password) ? 1 : 0)
  const words = password.trim().split(/\s+/).length
  if (chars > MAX_CHARS) {
    throw weak({
      fr: `Le maximum est ${MAX_CHARS} caractères.`,
      en: `The most is ${MAX_CHARS} characters.`,
    })
  }
  if ((chars >= 12 && kinds === 4) || (chars >= 14 && letters === 3)) return
  if (words >= 7 && chars >= 20) return
  throw weak({
    fr: `Ce mot de passe est trop facile à deviner (${chars} caractères). Prenez-en 14 avec majuscules, minuscules et chiffres, ou 12 avec aussi un signe, ou une phrase de sept mots.`,
    en: `This password is too easy to guess (${chars} characters). Take 14 with capitals, small letters and digits, or 12 with a sign as well, or a sentence of seven words.`,
  })
}

export function hashPassword(password: string): Promise<string> {
  return oneOfTwo(() => hash(password.normalize('NFC'), ARGON2))
}

/** With no hash to compare to, takes as long and answers false: an unknown address does not show. */
export async function isPassword(
  stored: string | null | undefined,
  password: string,
): Promise<boolean> {
  const decoy = await nobodysHash()
  const same = await oneOfTwo(() => verify(stored ?? decoy, password.normalize('NFC')))
  return same && typeof stored === 'string'
}

let nobodys: Promise<string> | undefined

function nobodysHash(): Promise<string> {
  // Once, and never sent away: with no decoy it would show who has an account.
  nobodys ??= hash('the password of nobody', ARGON2)
  return nobodys
}

let running = 0
const waiting: (() => void)[] = []

/** @throws {DomainError} overloaded */
async function oneOfTwo<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_MOST && waiting.length >= WAITING_AT_MOST) throw overloaded()
  if (running >= AT_MOST) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  try {
    return await work()
  } finally {
    // The place goes straight to whoever waits longest.
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

function overloaded(): DomainError {
  return new DomainError('overloaded', {
    fr: 'Beaucoup de gens se connectent en ce moment. Attendez une minute, puis recommencez.',
    en: 'Many people are signing in just now. Wait a minute, then try again.',
  })
}

function weak(words: { fr: string; en: string }): DomainError {
  return new DomainError('invalid-request', words, { fields: [{ pointer: '/password', words }] })
}
