import type { Actor, Context } from '../context.js'
import { valueOf } from '../settings/read.js'
import { appendAudit } from '../store/audit.js'
import type { Db } from '../store/schema.js'
import {
  findInvitation,
  hasWayIn,
  insertInvitation,
  savePassword,
  useInvitation,
  withdrawInvitations,
} from './access-store.js'
import { resourceOf } from './assign-role.js'
import { authorize, may, type Resource } from './authorize.js'
import { today } from './days.js'
import { lockPerson } from './passkeys/store.js'
import { assertStrongPassword, hashPassword } from './passwords.js'
import { rightsOf } from './rights-of.js'
import { hashOf, newSecret } from './secrets.js'
import { endSessionsOf } from './session-store.js'
import { linkIsGone } from './set-up.js'
import { findOrganisation, findPerson, type Person } from './store.js'

const DAY_MS = 24 * 60 * 60 * 1000

/** What an open link is for: the first administrator, or a person who chooses a password. */
export type Invitation = Readonly<{ id: number; person: Person | undefined }>

/** Looking at a link does not use it. @throws {DomainError} gone */
export async function readInvitation(ctx: Context, token: string): Promise<Invitation> {
  const row = await findInvitation(ctx.db, hashOf(token), ctx.now().toISOString())
  if (!row) throw linkIsGone()
  if (row.person_id === null) return { id: row.id, person: undefined }
  const person = await findPerson(ctx.db, row.person_id)
  if (!person || person.disabledAt !== null) throw linkIsGone()
  return { id: row.id, person }
}

/**
 * Chooses a person's password by the link that they were given, once; their open sessions end.
 *
 * @throws {DomainError} gone or invalid-request
 */
export async function acceptInvitation(
  ctx: Context,
  token: string,
  password: string,
): Promise<void> {
  const { person: invited } = await readInvitation(ctx, token)
  if (!invited) throw linkIsGone()
  assertStrongPassword(password)
  const hash = await hashPassword(password)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await lockPerson(trx, invited.id)
    // Hashing takes its time: the account may be closed meanwhile.
    const { id, person } = await readInvitation({ ...ctx, db: trx }, token)
    if (!person) throw linkIsGone()
    if (!(await useInvitation(trx, id, at.toISOString()))) throw linkIsGone()
    await savePassword(trx, person.id, hash)
    await endSessionsOf(trx, person.id, at.toISOString())
    const { publicId } = person
    await appendAudit(trx, { at, actor: publicId, action: 'password.chosen', subject: publicId })
  })
}

/**
 * Makes the link by which a person chooses their password.
 *
 * @returns the address, to be handed to that person only
 * @throws {DomainError} forbidden or not-found
 */
export async function invite(ctx: Context, actor: Actor, personId: number): Promise<string> {
  await assertMayInvite(ctx, actor, personId)
  const person = await findPerson(ctx.db, personId)
  if (!person) throw linkIsGone()
  return ctx.db.transaction().execute(async (trx) => {
    await lockPerson(trx, personId)
    // Their roles may have changed meanwhile: a student may have gone to another school.
    await assertMayInvite({ ...ctx, db: trx }, actor, personId)
    return makeInvitation(ctx, trx, actor, person)
  })
}

/** Whether somebody may hand out a link for a person. @throws {DomainError} forbidden or not-found */
export async function assertMayInvite(ctx: Context, actor: Actor, personId: number): Promise<void> {
  for (const resource of await reachOf(ctx, personId)) authorize(actor, 'manage-people', resource)
}

/** The same, as a question. */
export async function mayInvite(ctx: Context, actor: Actor, personId: number): Promise<boolean> {
  const reach = await reachOf(ctx, personId)
  return reach.every((resource) => may(actor, 'manage-people', resource))
}

/**
 * Makes the link within the transaction of whoever has authorised it.
 *
 * @param person.days for which it opens; as the setting says, if nothing is said
 */
export async function makeInvitation(
  ctx: Context,
  trx: Db,
  actor: Pick<Actor, 'publicId'>,
  person: Pick<Person, 'id' | 'publicId'> & Readonly<{ days?: number }>,
): Promise<string> {
  const token = newSecret(ctx)
  const at = ctx.now()
  const open = person.days ?? (await valueOf({ ...ctx, db: trx }, 'invitation-days'))
  await withdrawInvitations(trx, { purpose: 'invite', personId: person.id }, at.toISOString())
  await insertInvitation(trx, {
    token_hash: hashOf(token),
    person_id: person.id,
    purpose: 'invite',
    created_at: at.toISOString(),
    expires_at: new Date(at.getTime() + open * DAY_MS).toISOString(),
  })
  await appendAudit(trx, {
    at,
    actor: actor.publicId,
    action: 'person.invited',
    subject: person.publicId,
  })
  return `${ctx.config.publicUrl}/set-up/${token}`
}

/**
 * All that the password of a person opens: a link for it takes the right to manage each. Who has a
 * way in already, whichever, gets another only from the platform's administrator, else an approver could
 * become a colleague and approve twice; so does who was a student, whose own record it opens.
 */
async function reachOf(ctx: Context, personId: number): Promise<Resource[]> {
  const assignments = await rightsOf(ctx.db, personId, today(ctx))
  if (assignments.length === 0 || (await hasWayIn(ctx.db, personId))) return [{}]
  return Promise.all(
    assignments.map(async ({ organisationId }) =>
      organisationId === null ? {} : resourceOf(await findOrganisation(ctx.db, organisationId)),
    ),
  )
}
