import type { Context } from '../context.js'
import { DomainError } from '../errors.js'
import { appendAudit } from '../store/audit.js'
import type { Db } from '../store/schema.js'
import {
  findCredentials,
  findCredentialsOf,
  forgetAttempts,
  forgetOldAttempts,
  insertAttempt,
  listAttempts,
} from './access-store.js'
import { readPrinted } from './codes/rules.js'
import { lockPerson } from './passkeys/store.js'
import { isPassword } from './passwords.js'
import { findByPrivateAddress } from './private-contact/find-by-address.js'
import { hashOf } from './secrets.js'
import { endSession } from './session-store.js'
import { openSession, type Device, type Proof } from './sessions.js'

const WINDOW_MS = 15 * 60_000
/** After so many wrong passwords within the window, an address gets one try per pause. */
const FREE_TRIES = 10
const PAUSE_MS = 30_000

/**
 * Signs a person in, by address, or the identifier that their school gave them, and password. Whether an address has an account shows neither in
 * the answer nor in its time.
 *
 * @returns the value of the new session's cookie; the session of `oldToken` has ended
 * @throws {DomainError} wrong-credentials or too-many-requests
 */
export async function signIn(
  ctx: Context,
  input: Credentials & { oldToken?: string | undefined; device?: Device | undefined },
): Promise<string> {
  const person = await provePassword(ctx, input)
  const token = await ctx.db.transaction().execute(async (trx) => {
    if (!(await isStillTheirs(ctx, trx, input, person))) return undefined
    await forgetAttempts(trx, emailHashOf(ctx, input.email))
    return enter(ctx, trx, person, { ...input, proof: 'password' })
  })
  if (token === undefined) throw await refused(ctx, person)
  return token
}

/** Opens the session of a sign-in, whatever was shown there, within its transaction. */
export async function enter(
  ctx: Context,
  trx: Db,
  person: Pick<Known, 'id' | 'public_id'>,
  by: { proof: Proof; oldToken?: string | undefined; device?: Device | undefined },
): Promise<string> {
  const at = ctx.now()
  if (by.oldToken) await endSession(trx, hashOf(by.oldToken), at.toISOString())
  const { public_id: actor } = person
  const details = { by: by.proof }
  await appendAudit(trx, { at, actor, action: 'sign-in.done', subject: actor, details })
  return openSession(ctx, trx, person.id, by)
}

type Credentials = Readonly<{ email: string; password: string }>
type Known = NonNullable<Awaited<ReturnType<typeof findCredentials>>>

/**
 * Whose address and password these are. Counted, and told in the audit when they are not right.
 *
 * @throws {DomainError} wrong-credentials or too-many-requests
 */
export async function provePassword(
  ctx: Context,
  { email, password }: Credentials,
): Promise<Known> {
  await countTry(ctx, emailHashOf(ctx, email))
  const person = await findKnown(ctx, ctx.db, email)
  const right = await isPassword(person?.password_hash, password)
  if (person && right) return person
  throw await refused(ctx, person)
}

/**
 * Whether what a password was held to is so still, within the transaction of what it lets do: hashing takes its time,
 * in which an account may be closed, a password changed, or an address taken away.
 */
export async function isStillTheirs(
  ctx: Context,
  trx: Db,
  { email }: Pick<Credentials, 'email'>,
  proved: Known,
): Promise<boolean> {
  await lockPerson(trx, proved.id)
  const now = await findKnown(ctx, trx, email)
  return now?.id === proved.id && now.password_hash === proved.password_hash
}

async function refused(ctx: Context, person: Known | undefined): Promise<DomainError> {
  await ctx.db.transaction().execute((trx) =>
    appendAudit(trx, {
      at: ctx.now(),
      actor: 'visitor',
      action: 'sign-in.refused',
      subject: person?.public_id ?? 'nobody',
    }),
  )
  return wrongCredentials()
}

/** Whom an address, or the identifier that their school gave them, signs in. */
function findKnown(ctx: Context, db: Db, email: string): Promise<Known | undefined> {
  const identifier = readPrinted(email)
  return identifier === undefined
    ? findByAddress(ctx, db, toAddress(email))
    : findCredentialsOf(db, identifier)
}

/** By the address of an account; of who has left school, by their private one. */
async function findByAddress(ctx: Context, db: Db, address: string): Promise<Known | undefined> {
  const known = await findCredentials(db, address)
  return known ?? findByPrivateAddress(ctx, db, address)
}

/** An address, or an identifier as it was printed. */
const toAddress = (email: string) =>
  readPrinted(email) ?? email.normalize('NFC').trim().toLowerCase()
const emailHashOf = (ctx: Context, email: string) => ctx.vault.fingerprint(toAddress(email))

/**
 * How long an address must wait before its next try, given when it tried before (newest first). It
 * never locks: its owner gets a turn like anybody who guesses.
 */
export function pauseBefore(triedAt: readonly string[], now: Date): number {
  const [last] = triedAt
  if (triedAt.length < FREE_TRIES || last === undefined) return 0
  return Math.max(0, Date.parse(last) + PAUSE_MS - now.getTime())
}

/** Counts before the password is looked at, so that tries sent at once count too. @throws {DomainError} too-many-requests */
export async function countTry(ctx: Context, emailHash: string): Promise<void> {
  const seconds = await pauseOf(ctx, emailHash)
  if (seconds === 0) return
  throw new DomainError('too-many-requests', {
    fr: `Trop d’essais pour cette adresse. Réessayez dans ${seconds} secondes.`,
    en: `Too many tries for this address. Try again in ${seconds} seconds.`,
  })
}

/**
 * Counts a try of anything that is slowed down like a password, by the fingerprint of who or what tries.
 *
 * @returns the seconds that it must wait: it does not count then
 */
export async function pauseOf(ctx: Context, hash: string): Promise<number> {
  const now = ctx.now()
  const since = new Date(now.getTime() - WINDOW_MS).toISOString()
  const pauseMs = await ctx.db.transaction().execute(async (trx) => {
    await forgetOldAttempts(trx, since)
    const pause = pauseBefore(await listAttempts(trx, hash, since), now)
    if (pause === 0) await insertAttempt(trx, hash, now.toISOString())
    return pause
  })
  return Math.ceil(pauseMs / 1000)
}

export function wrongCredentials(): DomainError {
  return new DomainError('wrong-credentials', {
    fr: 'Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux et réessayez.',
    en: 'This address and this password do not go together. Check both and try again.',
  })
}
