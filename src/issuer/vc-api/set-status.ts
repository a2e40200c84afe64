import type { Actor, Context } from '../../context.js'
import type { Json } from '../../credential/values.js'
import { DomainError } from '../../errors.js'
import { appendAudit } from '../../store/audit.js'
import { publishOnceCommitted } from '../status.js'
import { assertRevocation } from './issue-credential.js'
import { organisationOf } from './keys.js'
import { currentVcList, entryAt } from './status-list.js'
import { listPlaced, revokeVcCredential, type Placed } from './store.js'
import { wrong } from './wanted.js'

export type StatusInput = Readonly<{
  credentialId: string
  credentialStatus?:
    | Readonly<{
        statusPurpose?: string | undefined
        statusListIndex?: string | undefined
        statusListCredential?: string | undefined
      }>
    | undefined
  status: boolean
}>

/**
 * Revokes a credential that was issued here, for good, and publishes its list with the bit set. Who asks
 * twice gets the same answer, and changes nothing.
 *
 * @returns its entry
 * @throws {DomainError} forbidden, not-found (another organisation’s too), invalid-request (several have this id),
 *   rule-refused (suspension, or a revocation taken back)
 */
export async function setStatus(ctx: Context, actor: Actor, input: StatusInput): Promise<Json> {
  const organisation = await organisationOf(ctx, actor)
  assertRevocation(input.credentialStatus?.statusPurpose, '/credentialStatus/statusPurpose')
  if (!input.status) throw takenBack()
  const placed = await listPlaced(ctx.db, organisation.id, input.credentialId)
  const meant = placed.filter((one) => isMeant(ctx, one, input.credentialStatus))
  const [credential] = meant
  if (!credential) throw noSuch()
  if (meant.length > 1) throw severalMeant()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    const { id, list_id: listId, public_id: subject } = credential
    if (!(await revokeVcCredential(trx, { id, listId }, at))) return
    await appendAudit(trx, { at, actor: actor.publicId, action: 'vc.revoked', subject })
  })
  // Also where nobody reads it: a store that is restored takes revocations from what was published.
  await publishOnceCommitted(ctx, credential.list_public_id, currentVcList)
  return entryAt(ctx, credential.list_public_id, credential.position)
}

function isMeant(ctx: Context, one: Placed, asked: StatusInput['credentialStatus']): boolean {
  const entry = entryAt(ctx, one.list_public_id, one.position)
  return (['statusListIndex', 'statusListCredential'] as const).every(
    (name) => asked?.[name] === undefined || asked[name] === entry[name],
  )
}

function takenBack(): DomainError {
  const words = {
    fr: 'Une révocation est définitive : elle ne se retire pas. Délivrez une nouvelle attestation.',
    en: 'A revocation is for good: it can’t be taken back. Issue a new credential.',
  }
  return new DomainError('rule-refused', words, { fields: [{ pointer: '/status', words }] })
}

function noSuch(): DomainError {
  return new DomainError('not-found', {
    fr: 'Votre organisation n’a délivré ici aucune attestation avec ce « credentialId » et ce statut. Reprenez son « id » et son « credentialStatus ».',
    en: 'Your organisation has issued no credential here with this “credentialId” and status. Take its “id” and its “credentialStatus”.',
  })
}

function severalMeant(): DomainError {
  return wrong('/credentialStatus', {
    fr: 'Plusieurs attestations ont ce « credentialId » : donnez aussi le « credentialStatus » de celle que vous voulez révoquer.',
    en: 'Several credentials have this “credentialId”: give the “credentialStatus” of the one that you want to revoke, too.',
  })
}
