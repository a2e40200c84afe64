import { z } from 'zod'
import type { Context } from '../context.js'
import type { Expected } from '../credential/lint.js'
import { prepareCredential, restorePrepared } from '../credential/prepare-credential.js'
import { signCredential, type Signer } from '../credential/sign-credential.js'
import { activeSigner, isOfRevokedKey, whileItSigns } from '../people/keys.js'
import { findOrganisation } from '../people/store.js'
import { appendAudit } from '../store/audit.js'
import { achievementUrl } from '../templates/achievement-values.js'
import { digestOfDefinition } from '../templates/definition.js'
import { findVersion, type Version } from '../templates/store.js'
import { assertClock } from './assert-clock.js'
import { composeDefinitionEndorsement } from './badge-content.js'
import { preparationOf, untouched } from './frozen.js'
import { openListOf, reservePlace, statusUrl, wholeSeconds } from './status.js'
import { toUuidUrn } from './steps.js'
import {
  dropSignature,
  findDefinitionEndorsement,
  freezeDefinitionEndorsement,
  insertDefinitionEndorsement,
  saveDefinitionEndorsement,
  type DefinitionEndorsement,
} from './store/definition-endorsements.js'
import { getEntry, getList, type Entry } from './store/status-lists.js'

const Payload = z.object({ versionId: z.number() })

/** Signs the company's endorsement of a badge definition that it has published. */
export async function endorseDefinition(ctx: Context, payload: unknown): Promise<void> {
  const { versionId } = Payload.parse(payload)
  await assertClock(ctx)
  await endorsedDefinition(ctx, versionId)
}

/**
 * The company's signed endorsement of a published version. What is not signed yet is signed now,
 * from frozen bytes, so that every run gives the same one; what a revoked key signed is signed anew.
 *
 * @returns the JSON text of the EndorsementCredential
 * @throws {Error} for a version that nobody has published
 */
export async function endorsedDefinition(ctx: Context, versionId: number): Promise<string> {
  const version = await findVersion(ctx.db, versionId)
  if (!version) throw new Error(`There is no template version ${versionId}.`)
  const found = await findDefinitionEndorsement(ctx.db, versionId)
  if (found?.document) {
    if (!(await isOfRevokedKey(ctx.db, found.document))) return found.document
    await dropSignature(ctx.db, found.id, found.document)
  }
  const endorsement = found ?? (await reserve(ctx, version))
  const document = await sign(ctx, version, endorsement)
  await keep(ctx, version, { id: endorsement.id, document })
  return document
}

/** The id of the endorsement and its place in the company's list. Of two runs at once, one fails and is tried again. */
async function reserve(ctx: Context, version: Version): Promise<DefinitionEndorsement> {
  publicationOf(version)
  const list = await openListOf(ctx, version.creatorId)
  const credentialId = toUuidUrn(ctx.randomBytes(16))
  await ctx.db.transaction().execute(async (trx) => {
    const { entryId } = await reservePlace(ctx, trx, list, credentialId)
    await insertDefinitionEndorsement(trx, {
      template_version_id: version.id,
      credential_id: credentialId,
      status_entry_id: entryId,
      reserved_at: ctx.now().toISOString(),
    })
  })
  const reserved = await findDefinitionEndorsement(ctx.db, version.id)
  if (!reserved) throw new Error(`The endorsement of the version ${version.id} has vanished.`)
  return reserved
}

async function sign(
  ctx: Context,
  version: Version,
  endorsement: DefinitionEndorsement,
): Promise<string> {
  const company = await findOrganisation(ctx.db, version.creatorId)
  if (!company) throw new Error(`The company of the version ${version.id} is gone.`)
  const entry = await getEntry(ctx.db, endorsement.status_entry_id)
  const signer = await activeSigner(ctx, version.creatorId)
  const expected = await expectedOf(ctx, { version, endorsement, signer, entry })
  const { at } = publicationOf(version)
  if (endorsement.preparation === null) {
    const values = { id: endorsement.credential_id, version, company, entry, validFrom: dayOf(at) }
    await freeze(ctx, { version, values, expected, id: endorsement.id })
  }
  const frozen = await findDefinitionEndorsement(ctx.db, version.id)
  const text = untouched({ text: frozen?.prepared ?? '', preparation: frozen?.preparation ?? '' })
  return signCredential(await restorePrepared(text, expected), signer, at)
}

type ToFreeze = Readonly<{
  id: number
  version: Version
  values: Parameters<typeof composeDefinitionEndorsement>[1]
  expected: Expected
}>

/** Bytes, their digest and the line of audit in one commit, before any signature of them. */
async function freeze(ctx: Context, { id, version, values, expected }: ToFreeze): Promise<void> {
  const made = await prepareCredential(composeDefinitionEndorsement(ctx, values), expected)
  const frozen = { text: made.text, preparation: preparationOf(made, expected) }
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await freezeDefinitionEndorsement(trx, id, frozen))) return
    await appendAudit(trx, {
      at: ctx.now(),
      actor: 'issuer',
      action: 'template.endorsing',
      subject: version.templatePublicId,
      details: { version: version.number, digest: made.digest },
    })
  })
}

type Held = Readonly<{
  version: Version
  endorsement: DefinitionEndorsement
  signer: Signer
  entry: Entry
}>

/** What the endorsement is held against before it is signed. */
async function expectedOf(
  ctx: Context,
  { version, endorsement, signer, entry }: Held,
): Promise<Expected> {
  const list = await getList(ctx.db, entry.list_id)
  const { at, by } = publicationOf(version)
  const definition = achievementUrl(ctx.config.publicUrl, version)
  return {
    kind: 'EndorsementCredential',
    definition,
    issuer: signer.controller,
    service: ctx.config.publicUrl,
    reserved: {
      id: endorsement.credential_id,
      subject: definition,
      position: entry.position,
    },
    // A job that had to wait still signs what was published, as of then.
    now: at,
    // It is about no student.
    forbidden: [],
    statusList: statusUrl(ctx, list.public_id),
    statusEntries: list.entries,
    approvals: approvalsOf(version, by),
    // Of the content as it is now: a row that was touched since is not signed.
    digest: digestOfDefinition(version.definition),
  }
}

async function keep(
  ctx: Context,
  version: Version,
  { id, document }: Readonly<{ id: number; document: string }>,
): Promise<void> {
  const at = ctx.now()
  await whileItSigns(ctx, document, async (trx) => {
    if (!(await saveDefinitionEndorsement(trx, { id, document, at }))) return
    await appendAudit(trx, {
      at,
      actor: 'issuer',
      action: 'template.endorsed',
      subject: version.templatePublicId,
      details: { version: version.number, digest: version.digest },
    })
  })
}

/** Who published a version, and when (whole seconds). */
function publicationOf({ id, publishedAt, publishedById }: Version): { at: Date; by: number } {
  if (publishedAt === null || publishedById === null)
    throw new Error(`The version ${id} was published by nobody.`)
  return { at: new Date(wholeSeconds(new Date(publishedAt))), by: publishedById }
}

/** Who committed to what. One that was published before it took two persons has one. */
function approvalsOf({ proposal, digest }: Version, by: number) {
  const published = { by: String(by), digest }
  return proposal === null
    ? [published]
    : [{ by: String(proposal.byId), digest: proposal.digest }, published]
}

function dayOf(at: Date): string {
  return `${at.toISOString().slice(0, 10)}T00:00:00Z`
}
