import type { Context } from '../context.js'
import { DomainError } from '../errors.js'
import {
  findInvitation,
  insertInvitation,
  savePassword,
  useInvitation,
  withdrawInvitations,
} from './access-store.js'
import { giveRole } from './assign-role.js'
import { addPerson, type PersonInput } from './create-person.js'
import { today } from './days.js'
import { OPERATOR } from './operator.js'
import { assertStrongPassword, hashPassword } from './passwords.js'
import { hashOf, newSecret } from './secrets.js'
import { countHolders } from './store.js'

const SET_UP_HOURS = 24

/**
 * As long as the service has no administrator, makes the link by which the first one is made; the
 * links of earlier starts are then worthless.
 *
 * @returns the address to open within a day, or undefined when there is an administrator
 */
export async function offerSetUp(ctx: Context): Promise<string | undefined> {
  if ((await countHolders(ctx.db, 'platform-admin', today(ctx))) > 0) return undefined
  const token = newSecret(ctx)
  const now = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await withdrawInvitations(trx, { purpose: 'set-up', personId: null }, now.toISOString())
    await insertInvitation(trx, {
      token_hash: hashOf(token),
      person_id: null,
      purpose: 'set-up',
      created_at: now.toISOString(),
      expires_at: new Date(now.getTime() + SET_UP_HOURS * 3_600_000).toISOString(),
    })
  })
  return `${ctx.config.publicUrl}/set-up/${token}`
}

/**
 * Makes the first platform administrator, by the link of `offerSetUp`, once.
 *
 * @throws {DomainError} gone or invalid-request
 */
export async function setUp(
  ctx: Context,
  token: string,
  input: PersonInput & Readonly<{ email: string; password: string }>,
): Promise<void> {
  assertStrongPassword(input.password)
  const invitation = await findInvitation(ctx.db, hashOf(token), ctx.now().toISOString())
  if (invitation?.purpose !== 'set-up') throw linkIsGone()
  const hash = await hashPassword(input.password)
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await useInvitation(trx, invitation.id, ctx.now().toISOString()))) throw linkIsGone()
    const person = await addPerson(ctx, trx, OPERATOR, input)
    await giveRole(ctx, trx, OPERATOR, { person, role: 'platform-admin', organisation: undefined })
    await savePassword(trx, person.id, hash)
  })
}

/** Unknown, used and expired links are told alike. */
export function linkIsGone(): DomainError {
  return new DomainError('gone', {
    fr: 'Ce lien ne sert plus : il a été utilisé, remplacé ou il a expiré. Demandez-en un nouveau.',
    en: 'This link is spent: it was used, replaced or has expired. Ask for a new one.',
  })
}
