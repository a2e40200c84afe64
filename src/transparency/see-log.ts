import type { Context } from '../context.js'
import { DomainError } from '../errors.js'
import { consistencyRanges, inclusionRanges } from './proofs.js'
import { readRoots } from './read-roots.js'
import { findLeaf, lastCheckpoint, toBase64 } from './store.js'

/** The newest checkpoint: a signed note. @throws {DomainError} not-found before the first */
export async function seeCheckpoint(ctx: Context): Promise<string> {
  return (await published(ctx)).note
}

/**
 * What proves that a leaf is in the log of a size. Nothing is told of leaves that no checkpoint has yet.
 *
 * @returns hashes in base64, from the leaf upwards
 * @throws {DomainError} not-found for a position or a size that is not published
 */
export async function seeInclusion(
  ctx: Context,
  { position, size }: Readonly<{ position: number; size: number }>,
): Promise<{ leaf: string; proof: string[] }> {
  const { size: last } = await published(ctx)
  if (size > last || position >= size) throw notPublished(last)
  const leaf = await findLeaf(ctx.db, position)
  if (!leaf) throw new Error(`The log lacks its leaf ${position}.`)
  const roots = await readRoots(ctx.db, inclusionRanges(position, size))
  return { leaf: leaf.hash, proof: roots.map(toBase64) }
}

/**
 * What proves that the log of one size is the beginning of that of another.
 *
 * @returns hashes in base64
 * @throws {DomainError} not-found for a size that is not published
 */
export async function seeConsistency(
  ctx: Context,
  { from, to }: Readonly<{ from: number; to: number }>,
): Promise<string[]> {
  const { size: last } = await published(ctx)
  if (to > last || from > to) throw notPublished(last)
  return (await readRoots(ctx.db, consistencyRanges(from, to))).map(toBase64)
}

async function published(ctx: Context) {
  const checkpoint = await lastCheckpoint(ctx.db)
  if (checkpoint) return checkpoint
  throw new DomainError('not-found', {
    fr: 'Le journal n’a encore rien publié. Réessayez dans quelques minutes.',
    en: 'The log has published nothing yet. Try again in some minutes.',
  })
}

function notPublished(last: number): DomainError {
  return new DomainError('not-found', {
    fr: `Le journal publié compte ${last} entrées : demandez une taille jusque-là, et une position avant cette taille.`,
    en: `The log as published has ${last} entries: ask for a size up to that, and a position before that size.`,
  })
}
