import type { Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { appendAudit } from '../../store/audit.js'
import { forgetAttempts, savePassword } from '../access-store.js'
import { today } from '../days.js'
import { lockPerson } from '../passkeys/store.js'
import { assertStrongPassword, hashPassword } from '../passwords.js'
import { rightsOf } from '../rights-of.js'
import { endSessionsOf } from '../session-store.js'
import type { Device } from '../sessions.js'
import { countTry, enter } from '../sign-in.js'
import { findPerson, type Person } from '../store.js'
import { fingerprintOf } from './make-code.js'
import { readPrinted } from './rules.js'
import { takeTry, useCode, type SchoolIdentifier } from './store.js'

type Input = Readonly<{
  identifier: string
  code: string
  password: string
  oldToken?: string | undefined
  device?: Device | undefined
}>

/**
 * Lets somebody in by the identifier and the code that were printed for them, who chooses the password that lets them in
 * from then on; the code is used up, and their other sessions end.
 *
 * @returns the value of the new session's cookie
 * @throws {DomainError} invalid-request, wrong-credentials or too-many-requests
 */
export async function enterByCode(ctx: Context, input: Input): Promise<string> {
  assertStrongPassword(input.password)
  const [identifier, code] = [readPrinted(input.identifier), readPrinted(input.code)]
  if (identifier === undefined || code === undefined) throw wrongCode()
  const fingerprint = fingerprintOf(ctx, identifier, code)
  const { kept, person } = await theirs(ctx, identifier, fingerprint)
  const hash = await hashPassword(input.password)
  return ctx.db.transaction().execute(async (trx) => {
    await lockPerson(trx, person.id)
    if (!(await isLetIn({ ...ctx, db: trx }, await findPerson(trx, person.id)))) throw wrongCode()
    if (!(await useCode(trx, kept.id, fingerprint))) throw wrongCode()
    const at = ctx.now()
    await savePassword(trx, person.id, hash)
    await endSessionsOf(trx, person.id, at.toISOString())
    await forgetAttempts(trx, ctx.vault.fingerprint(identifier))
    const { id, publicId } = person
    await appendAudit(trx, { at, actor: publicId, action: 'password.chosen', subject: publicId })
    return enter(ctx, trx, { id, public_id: publicId }, { ...input, proof: 'password' })
  })
}

async function theirs(ctx: Context, identifier: string, fingerprint: string) {
  await countTry(ctx, ctx.vault.fingerprint(identifier))
  const kept = await takeTry(ctx.db, identifier, ctx.now().toISOString())
  const person = kept && (await findPerson(ctx.db, kept.person_id))
  const isRight = kept?.code_fingerprint === fingerprint
  if (kept && person && isRight && (await isLetIn(ctx, person))) return { kept, person }
  await tell(ctx, kept, person?.publicId)
  throw wrongCode()
}

/** Paper opens no more than what it was made for: who has got another role since is let in by a link. */
async function isLetIn(ctx: Context, person: Person | undefined): Promise<boolean> {
  if (!person || person.disabledAt !== null) return false
  const roles = await rightsOf(ctx.db, person.id, today(ctx))
  return roles.length > 0 && roles.every(({ role }) => role === 'student')
}

async function tell(ctx: Context, kept: SchoolIdentifier | undefined, subject = 'nobody') {
  const details = { tries: kept?.tries ?? 0 }
  const line = { at: ctx.now(), actor: 'visitor', action: 'code.refused', subject, details }
  await ctx.db.transaction().execute((trx) => appendAudit(trx, line))
}

function wrongCode(): DomainError {
  return new DomainError('wrong-credentials', {
    fr: 'Cet identifiant et ce code ne vont pas ensemble, ou le code ne sert plus : il sert une fois, 14 jours, et meurt après cinq essais. Vérifiez les deux, ou demandez un nouveau code à votre établissement.',
    en: 'This identifier and this code do not go together, or the code serves no more: it serves once, for 14 days, and dies after five tries. Check both, or ask your school for a new code.',
  })
}
