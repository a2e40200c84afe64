import type { Actor, Context } from '../context.js'
import { skeleton } from '../credential/skeleton.js'
import { appendAudit } from '../store/audit.js'
import type { Db } from '../store/schema.js'
import { authorize } from './authorize.js'
import { columnsOf } from './key-store.js'
import {
  assertNew,
  toSoundOrganisation,
  type OrganisationInput,
  type SoundOrganisation,
} from './organisation-rules.js'
import {
  findOrganisationByNumber,
  findOrganisationBySlug,
  insertKey,
  insertOrganisation,
  listOrganisations,
  type Organisation,
} from './store.js'

/**
 * Admits a lycée or a company, with the key that it will sign with.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request, keys-away or conflict
 */
export async function createOrganisation(
  ctx: Context,
  actor: Actor,
  input: OrganisationInput,
): Promise<Organisation> {
  authorize(actor, 'manage-organisations', {})
  const sound = toSoundOrganisation(input)
  await assertNobodyHas(ctx.db, sound)

  // Before the transaction: a key that ends up without an organisation harms nobody.
  const key = await ctx.keys.create()
  const publicId = ctx.newId()
  const at = ctx.now()
  const created_at = at.toISOString()
  const { academyCode: academy_code, ...said } = sound
  return ctx.db.transaction().execute(async (trx) => {
    // First: who admits another at the same time waits here, and then finds this one.
    await appendAudit(trx, {
      at,
      actor: actor.publicId,
      action: 'organisation.created',
      subject: publicId,
      details: { kind: sound.kind, key: key.name },
    })
    await assertNobodyHas(trx, sound)
    const row = { ...said, academy_code, public_id: publicId, created_at }
    const id = await insertOrganisation(trx, row)
    if (id === undefined) throw new Error('An organisation conflicts with one that is not there.')
    await insertKey(trx, {
      organisation_id: id,
      ...columnsOf(key),
      created_at,
      activated_at: created_at,
    })
    return { ...sound, id, publicId }
  })
}

async function assertNobodyHas(db: Db, sound: SoundOrganisation): Promise<void> {
  const look = skeleton(sound.name)
  const alike = async () =>
    (await listOrganisations(db)).find(({ name }) => skeleton(name) === look)
  assertNew(sound, {
    byName: (await findOrganisationBySlug(db, sound.slug)) ?? (await alike()),
    byNumber: await findOrganisationByNumber(db, sound.uai ?? sound.siret ?? ''),
  })
}
