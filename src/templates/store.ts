import type { Db, NewRow, Row } from '../store/schema.js'
import type { Definition } from './definition.js'

export type Proposal = Readonly<{ at: string; byId: number; digest: string; function: string }>

export type Version = Readonly<{
  id: number
  templateId: number
  templatePublicId: string
  creatorId: number
  number: number
  definition: Definition
  digest: string
  publishedAt: string | null
  publishedById: number | null
  publishedFunction: string | null
  /** One of WAYS. */
  publishedWay: string | null
  /** Who wants it published as it is. */
  proposal: Proposal | null
  /** The company stands by this definition no more. */
  withdrawal: Readonly<{ at: string; reason: string }> | null
  archivedAt: string | null
}>

export async function insertTemplate(db: Db, row: NewRow<'templates'>): Promise<number> {
  const { id } = await db
    .insertInto('templates')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function insertVersion(db: Db, row: NewRow<'template_versions'>): Promise<number> {
  const { id } = await db
    .insertInto('template_versions')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Says that somebody wants a draft published as it is. @returns false when it was published or changed since */
export async function markProposed(
  db: Db,
  proposal: Proposal & Readonly<{ id: number }>,
): Promise<boolean> {
  const result = await db
    .updateTable('template_versions')
    .set({
      proposed_at: proposal.at,
      proposed_by_id: proposal.byId,
      proposed_digest: proposal.digest,
      proposed_function: proposal.function,
    })
    .where('id', '=', proposal.id)
    .where('digest', '=', proposal.digest)
    .where('published_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Publishes a draft that is as it was proposed. @returns false when it was published, changed or proposed anew since */
export async function markPublished(
  db: Db,
  publication: Proposal & Readonly<{ id: number; way: string; proposedById: number }>,
): Promise<boolean> {
  const result = await db
    .updateTable('template_versions')
    .set({
      published_at: publication.at,
      published_by_id: publication.byId,
      published_function: publication.function,
      published_way: publication.way,
    })
    .where('id', '=', publication.id)
    .where('digest', '=', publication.digest)
    .where('proposed_digest', '=', publication.digest)
    .where('proposed_by_id', '=', publication.proposedById)
    .where('published_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false when it was withdrawn already */
export async function markWithdrawn(
  db: Db,
  withdrawal: Readonly<{ id: number; at: string; reason: string }>,
): Promise<boolean> {
  const result = await db
    .updateTable('template_versions')
    .set({
      endorsement_withdrawn_at: withdrawal.at,
      endorsement_withdrawn_reason: withdrawal.reason,
    })
    .where('id', '=', withdrawal.id)
    .where('published_at', 'is not', null)
    .where('endorsement_withdrawn_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function findVersion(db: Db, id: number): Promise<Version | undefined> {
  const row = await versions(db).where('template_versions.id', '=', id).executeTakeFirst()
  return row && toVersion(row)
}

export async function findVersionByNumber(
  db: Db,
  publicId: string,
  number: number,
): Promise<Version | undefined> {
  const row = await versions(db)
    .where('templates.public_id', '=', publicId)
    .where('template_versions.number', '=', number)
    .executeTakeFirst()
  return row && toVersion(row)
}

/** All versions of one template, newest first. */
export async function listVersionsOfTemplate(db: Db, publicId: string): Promise<Version[]> {
  const rows = await versions(db)
    .where('templates.public_id', '=', publicId)
    .orderBy('template_versions.number', 'desc')
    .execute()
  return rows.map(toVersion)
}

/** All versions of a company's templates, newest first. */
export async function listVersionsOf(db: Db, creatorId: number): Promise<Version[]> {
  const rows = await versions(db)
    .where('templates.creator_id', '=', creatorId)
    .orderBy('template_versions.id', 'desc')
    .execute()
  return rows.map(toVersion)
}

function versions(db: Db) {
  return db
    .selectFrom('template_versions')
    .innerJoin('templates', 'templates.id', 'template_versions.template_id')
    .selectAll('template_versions')
    .select(['templates.public_id', 'templates.creator_id', 'templates.archived_at'])
}

type Found = Row<'template_versions'> &
  Pick<Row<'templates'>, 'public_id' | 'creator_id' | 'archived_at'>

function toVersion(row: Found): Version {
  return {
    id: row.id,
    templateId: row.template_id,
    templatePublicId: row.public_id,
    creatorId: row.creator_id,
    number: row.number,
    // Written by our own acts only, after validation.
    definition: JSON.parse(row.definition) as Definition,
    digest: row.digest,
    publishedAt: row.published_at,
    publishedById: row.published_by_id,
    publishedFunction: row.published_function,
    publishedWay: row.published_way,
    proposal: proposalOf(row),
    withdrawal:
      row.endorsement_withdrawn_at === null
        ? null
        : { at: row.endorsement_withdrawn_at, reason: row.endorsement_withdrawn_reason ?? '' },
    archivedAt: row.archived_at,
  }
}

function proposalOf(row: Found): Proposal | null {
  const { proposed_at: at, proposed_by_id: byId, proposed_digest: digest } = row
  if (at === null || byId === null || digest === null) return null
  return { at, byId, digest, function: row.proposed_function ?? '' }
}
