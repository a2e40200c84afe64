import type { Actor, Context, Curve } from '../../context.js'
import type { Signer } from '../../credential/sign-credential.js'
import { DomainError } from '../../errors.js'
import { findOrganisation, type Organisation } from '../../people/store.js'
import { columnsOf, handleOf } from '../../people/key-store.js'
import { appendAudit } from '../../store/audit.js'
import { getIssuer, insertIssuer, listIssuers, type VcIssuer } from './store.js'

export const CURVES = ['Ed25519', 'P-256', 'P-384'] as const satisfies readonly Curve[]

/**
 * For which organisation a token signs: the one that it is tied to.
 *
 * @throws {DomainError} forbidden for a token that is tied to none
 */
export async function organisationOf(ctx: Context, actor: Actor): Promise<Organisation> {
  const id = actor.organisationId ?? null
  const organisation = id === null ? undefined : await findOrganisation(ctx.db, id)
  if (actor.via === 'token' && organisation) return organisation
  throw new DomainError('forbidden', {
    fr: 'Ce jeton n’est lié à aucune organisation : on ne sait pas au nom de qui signer. Demandez un jeton lié à une organisation.',
    en: 'This token is tied to no organisation: nobody knows for whom to sign. Ask for a token that is tied to one.',
  })
}

/**
 * The did:keys that an organisation signs with here, one of each curve; made when they are first needed. They are
 * not in its DID document: nothing that is signed here is a word of the organisation to others.
 */
export async function ensureIssuers(
  ctx: Context,
  organisation: Organisation,
): Promise<readonly VcIssuer[]> {
  const found = await listIssuers(ctx.db, organisation.id)
  const missing = CURVES.filter((curve) => found.every((one) => one.curve !== curve))
  if (missing.length === 0) return found
  for (const curve of missing) await makeIssuer(ctx, organisation, curve)
  return listIssuers(ctx.db, organisation.id)
}

async function makeIssuer(ctx: Context, { id, publicId }: Organisation, curve: Curve) {
  // Before the transaction: a key that ends up without a row harms nobody.
  const made = await ctx.keys.create(curve)
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const row = { organisation_id: id, curve, ...columnsOf(made) }
    if (!(await insertIssuer(trx, { ...row, created_at: at.toISOString() }))) return
    await appendAudit(trx, {
      at,
      actor: 'vc-api',
      action: 'vc-key.created',
      subject: publicId,
      details: { key: made.name, curve },
    })
  })
}

export const didOfIssuer = ({ public_key_multibase: key }: VcIssuer): string => `did:key:${key}`

export type VcSigner = Signer & Readonly<{ curve: Curve }>

export async function vcSigner(ctx: Context, issuerId: number): Promise<VcSigner> {
  const issuer = await getIssuer(ctx.db, issuerId)
  const publicKeyMultibase = issuer.public_key_multibase
  const controller = didOfIssuer(issuer)
  return {
    id: `${controller}#${publicKeyMultibase}`,
    controller,
    publicKeyMultibase,
    curve: CURVES.find((curve) => curve === issuer.curve) ?? 'Ed25519',
    sign: (bytes) => ctx.keys.sign(handleOf(issuer), bytes),
  }
}
