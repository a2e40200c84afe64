import { DomainError } from '../errors.js'

/** How long a client waits before it asks again, in seconds. */
export const RETRY_AFTER: Readonly<Partial<Record<DomainError['code'], string>>> = {
  // What waits for a thread of the verifier is done by then, one way or the other.
  overloaded: '12',
  'store-busy': '2',
  'store-full': '60',
  'store-failed': '10',
}

/** Of SQLite (extended result codes begin with the plain one) and of PostgreSQL (SQLSTATE). */
const FULL = /^(?:SQLITE_FULL|53100|ENOSPC)/
/** Of two that wait for each other one is undone (40P01): its turn comes again. */
const BUSY = /^(?:SQLITE_BUSY|SQLITE_LOCKED|55P03|53300|40001|40P01)/
const FAILED =
  /^(?:SQLITE_IOERR|SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_CORRUPT|SQLITE_NOTADB|08|57P0|25P03|58|25006|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT)/
/** The driver of PostgreSQL gives the loss of a connection no code. */
const LOST = /^(?:Connection terminated|Client (?:has encountered a connection error|was closed))/

/**
 * What the store could not do, as a refusal that says when to ask again. A commit that failed may have been
 * made all the same: who asks again with the same key learns it, and does nothing twice.
 */
export function storeFailure(error: Error): DomainError | undefined {
  const code = 'code' in error ? String(error.code) : ''
  if (FULL.test(code)) {
    const words = {
      fr: 'La plateforme n’a plus de place pour écrire. Rien n’a été fait à moitié ; la lecture et la vérification continuent. Réessayez dans une minute.',
      en: 'The platform has no room left to write. Nothing was half done; reading and verifying go on. Try again in a minute.',
    }
    return new DomainError('store-full', words, { cause: error })
  }
  if (BUSY.test(code)) {
    const words = {
      fr: 'La base de données est occupée. Rien n’a été fait : réessayez dans un instant.',
      en: 'The database is busy. Nothing was done: try again in a moment.',
    }
    return new DomainError('store-busy', words, { cause: error })
  }
  if (FAILED.test(code) || LOST.test(error.message)) {
    const words = {
      fr: 'L’écriture n’a pas pu être confirmée : on ne sait pas si elle est faite. Réessayez avec la même clé « Idempotency-Key », ou rouvrez la page pour le voir.',
      en: 'The write could not be confirmed: it is not known whether it was made. Try again with the same “Idempotency-Key”, or open the page again to see.',
    }
    return new DomainError('store-failed', words, { cause: error })
  }
  return undefined
}
